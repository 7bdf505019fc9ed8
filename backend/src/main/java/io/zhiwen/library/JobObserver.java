package io.zhiwen.library;

import io.zhiwen.ingest.store.Attempt;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears how each piece of work on a file ended, on the thread that did it.
@FunctionalInterface
public interface JobObserver {

    /// How it ended.
    enum End {
        READY,
        /// Kept from readers until somebody has looked at it.
        HELD,
        FAILED,
        /// Failed in a way that may pass; it stays in the queue.
        RETRIED,
        /// Cancelled, taken by another worker, or the server stops.
        ABANDONED
    }

    /// @param reason a name of `UnreadableDocument.Reason`, or `INTERNAL`; null where it did not
    /// fail
    /// @param took from the taking of the job
    void ended(Attempt attempt, End end, @Nullable String reason, Duration took);

    static JobObserver all(List<JobObserver> observers) {
        return (attempt, end, reason, took) ->
                observers.forEach(observer -> observer.ended(attempt, end, reason, took));
    }
}
