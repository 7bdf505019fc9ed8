package io.zhiwen.outgoing;

import java.time.Duration;

/// How much a request may cost.
///
/// @param whole from the first word to the last byte, redirects included
/// @param bytes of the body, unpacked
/// @param redirects that are followed, each checked like the first address; only for GET and HEAD
public record Limits(Duration whole, long bytes, int redirects) {

    public Limits {
        if (whole.isNegative() || whole.isZero() || bytes < 0 || redirects < 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
