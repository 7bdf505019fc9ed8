package io.zhiwen.account;

import org.jspecify.annotations.Nullable;

/// What one key may use, in place of what the settings say of all.
///
/// @param requestsPerMinute of each kind, 1 or more; null for the settings' numbers
/// @param tokensPerDay of chat models, 1 or more; null for the settings' number
public record KeyLimits(@Nullable Integer requestsPerMinute, @Nullable Long tokensPerDay) {

    /// As the settings say.
    public static final KeyLimits USUAL = new KeyLimits(null, null);

    public KeyLimits {
        if (requestsPerMinute != null && requestsPerMinute < 1) {
            throw new IllegalArgumentException(requestsPerMinute + " requests a minute");
        }
        if (tokensPerDay != null && tokensPerDay < 1) {
            throw new IllegalArgumentException(tokensPerDay + " tokens a day");
        }
    }
}
