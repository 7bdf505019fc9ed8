package io.zhiwen.source;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How a source is read.
public enum Mode {
    /// Brings, replaces and takes away.
    SYNC,
    /// Says what it would do, and does nothing.
    TRY,
    /// As `SYNC`, and takes away whatever is gone, however much it is.
    ACCEPT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> named(String word) {
        return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
