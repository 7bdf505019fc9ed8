package io.zhiwen.ask;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.index.IndexFollower;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Whether the index has taken in more since something was searched in it. A document is stored a
/// moment before this node's index holds it: who would find nothing waits for that moment. Safe for
/// concurrent use.
@FunctionalInterface
public interface Freshness {

    /// Remembers where the index is now.
    ///
    /// @return says whether there is more by now, after all that was stored has been waited for
    BooleanSupplier mark();

    /// What a search finds, searched again where that is not enough and the index has grown.
    default List<Passage> find(Supplier<List<Passage>> search, Predicate<List<Passage>> enough) {
        BooleanSupplier grown = mark();
        List<Passage> found = search.get();
        return enough.test(found) || !grown.getAsBoolean() ? found : search.get();
    }

    /// @param patience how long at most the index is waited for
    static Freshness of(IndexFollower follower, Duration patience) {
        return () -> {
            long before = follower.position();
            return () -> {
                try {
                    follower.awaitCaughtUp(patience);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return follower.position() != before;
            };
        };
    }
}
