package io.zhiwen.account;

/// What may be done in a base, each granted or not.
public enum Right {
    /// Find, look at and download its documents.
    READ,
    /// Have questions answered from it.
    ASK,
    /// Add documents and new versions of them.
    UPLOAD,
    /// Cancel, retry and delete documents.
    EDIT,
    /// Rename and delete it, and say who may do what in it.
    MANAGE
}
