package io.zhiwen.library;

import java.util.Locale;

/// A change of a passage cannot be made.
public final class PassageRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NO_TEXT("it needs a text with words"),
        TOO_LONG("it is longer than a passage may be"),
        TWICE("another passage of the document says the same"),
        LAST("it is the only passage: take the document out of use instead");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    PassageRefused(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
