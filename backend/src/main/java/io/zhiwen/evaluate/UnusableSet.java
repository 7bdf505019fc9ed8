package io.zhiwen.evaluate;

import java.nio.file.Path;

/// A set that cannot be evaluated; the message says which file, which line and what is wrong.
public final class UnusableSet extends RuntimeException {

    private UnusableSet(String message) {
        super(message);
    }

    static UnusableSet missing(Path file) {
        return new UnusableSet(file + " is not there");
    }

    static UnusableSet at(Path file, int line, String why) {
        return new UnusableSet("%s, line %d: %s".formatted(file, line, why));
    }

    static UnusableSet because(Path folder, String why) {
        return new UnusableSet(folder + ": " + why);
    }
}
