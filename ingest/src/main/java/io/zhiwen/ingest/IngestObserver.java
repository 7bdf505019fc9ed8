package io.zhiwen.ingest;

import io.zhiwen.ingest.store.Attempt;
import java.time.Duration;
import java.util.List;

/// Hears how long each stage of a file's ingestion took, on the thread that does the work. A stage
/// that failed is not told.
@FunctionalInterface
public interface IngestObserver {

    /// Nobody listens.
    IngestObserver NONE = (_, _, _) -> {};

    /// The stages, in their order. Passages are stored as they are embedded: that is one stage.
    enum Stage {
        PARSE,
        CLEAN,
        CHUNK,
        EMBED,
        PUBLISH
    }

    void passed(Attempt attempt, Stage stage, Duration took);

    static IngestObserver all(List<IngestObserver> observers) {
        return (attempt, stage, took) ->
                observers.forEach(observer -> observer.passed(attempt, stage, took));
    }
}
