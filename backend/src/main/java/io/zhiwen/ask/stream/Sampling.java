package io.zhiwen.ask.stream;

import org.jspecify.annotations.Nullable;

/// How a model chooses its words; null where nobody set it.
///
/// @param temperature 0 to 2; 0 for the most likely words
/// @param topP above 0 to 1: only the likeliest words that together have this share
/// @param maxTokens of one answer, at least 1
/// @param seed the same words for the same prompt, where the server can
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxTokens,
        @Nullable Long seed) {

    /// Nothing is set.
    public static final Sampling NONE = new Sampling(null, null, null, null);

    public Sampling {
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature is 0 to 2: " + temperature);
        }
        if (topP != null && !(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top_p is above 0 and at most 1: " + topP);
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException("max_tokens is at least 1: " + maxTokens);
        }
    }

    /// What is set here, else what is usual. An answer gets no longer than usual.
    Sampling or(Sampling usual) {
        return new Sampling(
                temperature == null ? usual.temperature : temperature,
                topP == null ? usual.topP : topP,
                least(maxTokens, usual.maxTokens),
                seed == null ? usual.seed : seed);
    }

    private static @Nullable Integer least(@Nullable Integer one, @Nullable Integer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }
}
