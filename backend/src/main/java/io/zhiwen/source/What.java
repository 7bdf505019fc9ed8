package io.zhiwen.source;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run did with a thing, or would do.
public enum What {
    ADDED,
    CHANGED,
    DELETED,
    /// There, and not brought.
    LEFT_OUT,
    /// Not there any more, and not taken away all the same.
    MISSING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<What> named(String word) {
        return Stream.of(values()).filter(what -> what.word().equals(word)).findFirst();
    }
}
