package io.zhiwen.library;

import java.util.Locale;

/// The life of a document cannot be what was asked.
public class LifeRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Pages say it under the key `life.wrong.<code>`.
    public enum Reason {
        NAME("name"),
        DAYS("valid_until"),
        SUCCESSOR("superseded_by"),
        OWNER("owner"),
        TAGS("tags");

        private final String field;

        Reason(String field) {
            this.field = field;
        }
    }

    private final Reason reason;

    LifeRefused(Reason reason) {
        super("the life of a document was refused: " + reason);
        this.reason = reason;
    }

    public String code() {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /// As programs name it.
    public String field() {
        return reason.field;
    }
}
