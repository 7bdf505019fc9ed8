package io.zhiwen.ask;

import io.zhiwen.ingest.index.IndexFollower;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Whether the index has taken in more since a question was searched in it. A document is stored a
/// moment before this node's index holds it: a question that would be refused waits for that
// moment.
@FunctionalInterface
interface Freshness {

    /// What an asker waits before a refusal.
    Duration PATIENCE = Duration.ofSeconds(1);

    /// Remembers where the index is now.
    ///
    /// @return says whether there is more by now, after all that was stored has been waited for
    BooleanSupplier mark();

    static Freshness of(IndexFollower follower) {
        return () -> {
            long before = follower.position();
            return () -> {
                try {
                    follower.awaitCaughtUp(PATIENCE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return follower.position() != before;
            };
        };
    }
}
