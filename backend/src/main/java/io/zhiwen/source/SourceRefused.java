package io.zhiwen.source;

import java.util.Locale;

/// A source that cannot be as somebody wants it.
public final class SourceRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why. Pages say it under the key `source.refused.<code>`.
    public enum Reason {
        NAMELESS,
        NAME_TAKEN,
        NO_SUCH_KIND,
        FIELD_MISSING,
        FIELD_LONG,
        /// The place is another, and the secret that was kept is not for it.
        SECRET_AGAIN,
        ODD_SCHEDULE,
        RUNNING,
        PAUSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final String field;

    SourceRefused(Reason reason) {
        this(reason, "");
    }

    /// @param field of the form; empty for none in particular
    SourceRefused(Reason reason, String field) {
        super(reason + (field.isEmpty() ? "" : " " + field));
        this.reason = reason;
        this.field = field;
    }

    public Reason reason() {
        return reason;
    }

    public String field() {
        return field;
    }
}
