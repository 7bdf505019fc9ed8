package io.zhiwen.conversation.feedback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why an answer is not good.
public enum Reason {
    WRONG,
    INCOMPLETE,
    SOURCES,
    OUTDATED,
    UNCLEAR,
    OTHER;

    /// As the database, pages and the API write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The reason of this code, if it is one.
    public static Optional<Reason> of(String code) {
        return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
    }
}
