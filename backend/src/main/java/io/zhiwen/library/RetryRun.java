package io.zhiwen.library;

import java.time.Instant;
import java.util.UUID;

/// Documents that were tried again together, and how far they are.
///
/// @param reason for which they had failed
/// @param by the label of who asked
/// @param documents how many it are; none of those that were deleted or replaced since
public record RetryRun(
        UUID id, String reason, String by, Instant at, int documents, int ready, int failed) {

    /// How many are still in work.
    public int working() {
        return documents - ready - failed;
    }
}
