package io.zhiwen.widget;

import java.util.Locale;

/// A widget cannot be as somebody wants it.
public final class WidgetRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NO_ORIGIN("it needs a site whose pages may show it", "origins"),
        NOT_AN_ORIGIN("a site is written https://intranet.example or http://host:8080", "origins"),
        TOO_MANY_ORIGINS("these are too many sites", "origins"),
        NO_READER("there is no such user, or it is an admin", "reader");

        private final String sentence;
        private final String field;

        Reason(String sentence, String field) {
            this.sentence = sentence;
            this.field = field;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String field() {
            return field;
        }
    }

    private final Reason reason;
    private final String value;

    WidgetRefused(Reason reason, String value) {
        super(reason.sentence + (value.isEmpty() ? "" : ": " + value));
        this.reason = reason;
        this.value = value;
    }

    public Reason reason() {
        return reason;
    }

    /// What was wrong; may be empty.
    public String value() {
        return value;
    }
}
