package io.zhiwen.ingest.clean;

/// What is done with personal numbers and secrets that a document holds.
public enum SensitiveData {
    /// They are counted and said beside the text.
    FLAG,
    /// They are also made illegible in the text that is searched, shown and cited.
    MASK,
    /// A document with an ID card, a bank card, a key or a password is not taken.
    REFUSE
}
