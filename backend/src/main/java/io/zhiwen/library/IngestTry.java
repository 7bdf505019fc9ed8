package io.zhiwen.library;

import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.parse.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One worker's piece of work on a version, from its taking to its end.
///
/// @param attempt the fencing token it was done under
/// @param node that did it
/// @param queuedAt since when the version stood in line; null where it was taken over from a node
/// that was lost
/// @param endedAt null while it is worked on; when it was noticed, where it was lost
/// @param outcome null while it is worked on
/// @param reasonCode why it failed: an `UnreadableDocument.Reason`, `CANCELLED`, `OUTAGE` or
/// `INTERNAL`
/// @param reasonDetail what the parse worker or the server said of it, in English
/// @param stages that were passed, and how long each took
/// @param reached the stage that is worked on, or in which it ended; null when all were passed
/// @param findings about how it was read; none before it was
/// @param chunks that were stored
public record IngestTry(
        int attempt,
        String node,
        @Nullable Instant queuedAt,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable String reasonCode,
        @Nullable String reasonDetail,
        Map<Stage, Duration> stages,
        @Nullable Stage reached,
        @Nullable Integer pages,
        List<Finding> findings,
        @Nullable Integer chunks) {

    /// How it ended.
    public enum Outcome {
        READY,
        /// Complete, and held for review.
        HELD,
        FAILED,
        /// Failed for a reason that may pass; tried again after a pause.
        RETRIED,
        /// The database, the disk or the embedding server did not answer; no failure of the file.
        POSTPONED,
        /// The server stopped, or the rules of the base changed; done anew.
        GIVEN_BACK,
        /// Nobody wanted it any more: cancelled, deleted or replaced.
        CANCELLED,
        /// The node ended or gave no sign of life; another took the work over.
        LOST
    }

    public IngestTry {
        stages = Map.copyOf(stages);
        findings = List.copyOf(findings);
    }
}
