package io.zhiwen.ask.cite;

/// Whether passages bear out a sentence, and if not, why.
public enum Verdict {
    SUPPORTED,
    /// It states a number or a date they do not state of this.
    NUMBER,
    /// It names someone or something they do not name.
    NAME,
    /// It denies what they say, or says what they deny.
    NEGATION,
    /// They say something else.
    MEANING;

    public boolean holds() {
        return this == SUPPORTED;
    }
}
