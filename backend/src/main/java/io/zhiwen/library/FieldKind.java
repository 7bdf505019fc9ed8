package io.zhiwen.library;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a field takes. It never changes: what is written in documents would mean something else.
public enum FieldKind {
    TEXT,
    NUMBER,
    DATE,
    CHOICE,
    YES_NO;

    /// As the database, programs and the keys of messages write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Empty for a word that is none of ours.
    public static Optional<FieldKind> named(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
