package io.zhiwen.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.index.FollowingIndex;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.Changes;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FreshnessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong stored = new AtomicLong(7);

    @Test
    void whatIsStoredIsWaitedFor() throws Exception {
        try (var follower = following()) {
            assertThat(follower.awaitCaughtUp(PATIENCE)).isTrue();
            var grown = Freshness.of(follower, PATIENCE).mark();
            stored.incrementAndGet();
            assertThat(grown.getAsBoolean()).isTrue();
            assertThat(follower.position()).isEqualTo(8);
        }
    }

    @Test
    void anIndexThatHoldsAllHasNotGrown() throws Exception {
        try (var follower = following()) {
            assertThat(follower.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(Freshness.of(follower, PATIENCE).mark().getAsBoolean()).isFalse();
        }
    }

    @Test
    void anIndexThatCannotFollowIsNotWaitedForWithoutEnd() {
        var follower = following();
        follower.close();
        assertThat(Freshness.of(follower, PATIENCE).mark().getAsBoolean()).isFalse();
    }

    private IndexFollower following() {
        return IndexFollower.start(
                (_, _) -> new Changes(List.of(), Map.of(), stored.get()), new Index());
    }

    private static final class Index implements FollowingIndex {

        private volatile long position;

        @Override
        public long position() {
            return position;
        }

        @Override
        public void apply(
                List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position) {
            this.position = position;
        }

        @Override
        public boolean isDamaged() {
            return false;
        }

        @Override
        public void recover() {}

        @Override
        public void rebuild() {}

        @Override
        public boolean settle() {
            return true;
        }
    }
}
