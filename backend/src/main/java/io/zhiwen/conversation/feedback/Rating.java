package io.zhiwen.conversation.feedback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is known of a rated answer.
public enum Rating {
    GOOD,
    /// Somebody wrote what it should have said.
    CORRECTED,
    /// And nobody wrote a better one.
    BAD;

    /// As pages and the API write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The rating of this name, if it is one.
    public static Optional<Rating> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
