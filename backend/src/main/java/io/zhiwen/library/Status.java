package io.zhiwen.library;

import java.util.Locale;

/// How far the work on a document's newest version is.
public enum Status {
    QUEUED,
    PARSING,
    EMBEDDING,
    READY,
    FAILED,
    /// Complete, but kept from readers until somebody who manages its base has looked at it.
    HELD;

    static Status of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    /// As the API and the database write it, e.g. `queued`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it may be known how much of it is done.
    public boolean isCounted() {
        return this == PARSING || this == EMBEDDING;
    }

    /// Whether nothing more will happen by itself.
    public boolean isFinal() {
        return this == READY || this == FAILED || this == HELD;
    }
}
