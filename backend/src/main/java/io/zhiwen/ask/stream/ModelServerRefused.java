package io.zhiwen.ask.stream;

import java.util.Locale;

/// What an admin set cannot be a model server.
public final class ModelServerRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What is wrong; pages say it under the key `models.refused.<code>`.
    public enum Reason {
        NAME,
        NAME_TAKEN,
        /// No http or https address of a host, or one with a user or a query.
        URL,
        /// Where a cloud keeps its machines' credentials.
        URL_FORBIDDEN,
        SLOTS,
        CONTEXT,
        TEMPERATURE,
        TOP_P,
        NO_SUCH_SERVER;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The field of a form or of JSON that is wrong.
        public String field() {
            return switch (this) {
                case NAME, NAME_TAKEN -> "name";
                case URL, URL_FORBIDDEN -> "url";
                case SLOTS -> "slots";
                case CONTEXT -> "context_tokens";
                case TEMPERATURE -> "temperature";
                case TOP_P -> "top_p";
                case NO_SUCH_SERVER -> "id";
            };
        }
    }

    private final Reason reason;

    ModelServerRefused(Reason reason) {
        super("model server refused: " + reason.code());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
