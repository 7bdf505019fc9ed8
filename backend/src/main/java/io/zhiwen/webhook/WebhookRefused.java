package io.zhiwen.webhook;

import java.util.Locale;

/// A webhook cannot be as somebody wants it.
public final class WebhookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NO_NAME("it needs a name of 80 characters at most", "name"),
        NO_ADDRESS("it needs an address like https://host/path, without a name in it", "url"),
        NO_EVENT("it needs something to be told of", "events");

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

    WebhookRefused(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
