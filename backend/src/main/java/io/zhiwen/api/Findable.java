package io.zhiwen.api;

import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// Keeps the promise of `ready`: a document that says so is found by the next search. It becomes
/// ready in the database a moment before the index has it; who asks in that moment waits for it.
@Component
final class Findable {

    private static final Duration JUST_NOW = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IndexFollower follower;

    Findable(IndexFollower follower) {
        this.follower = follower;
    }

    void await(List<DocumentRow> rows) {
        var since = Instant.now().minus(JUST_NOW);
        if (rows.stream()
                .noneMatch(row -> row.status() == Status.READY && row.updatedAt().isAfter(since))) {
            return;
        }
        try {
            var _ = follower.awaitCaughtUp(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
