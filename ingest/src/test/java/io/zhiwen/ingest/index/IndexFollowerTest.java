package io.zhiwen.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.store.Changes;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IndexFollowerTest {

    private final Log log = new Log();
    private final Recorded index = new Recorded();

    @Test
    void takesEverythingInOrderAndKnowsWhenItHas() throws InterruptedException {
        log.grow(250);
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            assertThat(index.applied).isEqualTo(log.ids);
            assertThat(follower.position()).isEqualTo(250);
            assertThat(follower.isCaughtUp()).isTrue();

            log.grow(1);
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            assertThat(index.applied).isEqualTo(log.ids);
        }
    }

    @Test
    void looksAgainByItselfWhenNobodyWakesIt() throws InterruptedException {
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            log.grow(1);
            index.awaitApplied(1, Duration.ofSeconds(10));

            assertThat(index.applied).isEqualTo(log.ids);
        }
    }

    @Test
    void whatAnOlderTransactionHoldsBackIsWaitedForToo() throws InterruptedException {
        log.hold(true);
        log.grow(3);
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofMillis(200))).isFalse();
            assertThat(index.applied).isEmpty();
            log.hold(false);
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            assertThat(index.applied).isEqualTo(log.ids);
        }
    }

    @Test
    void beginsWhereTheIndexIsAndFromZeroWhenItWasWiped() throws InterruptedException {
        log.grow(5);
        index.position = 3;
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(index.applied).isEqualTo(log.ids.subList(3, 5));

        index.rebuild();
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(index.applied).isEqualTo(log.ids);
    }

    @Test
    void aFailureIsTriedAgainAndNothingIsSkipped() throws InterruptedException {
        log.grow(3);
        index.failures.set(1);
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(index.applied).isEqualTo(log.ids);
        assertThat(index.rebuilds).isZero();
    }

    @Test
    void anIndexThatCannotBeWrittenIsMadeAnew() throws InterruptedException {
        log.grow(3);
        index.failures.set(3);
        try (IndexFollower follower = IndexFollower.start(log, index)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(index.rebuilds).isEqualTo(1);
        assertThat(index.applied).isEqualTo(log.ids);
    }

    @Test
    void theIndexSettlesOnceNothingHasComeForAWhile() throws InterruptedException {
        log.grow(150);
        try (IndexFollower follower = IndexFollower.start(log, index, Duration.ofHours(1))) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(index.settledAt).isEmpty();

        try (IndexFollower follower = IndexFollower.start(log, index, Duration.ZERO)) {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(index.settledAt).isNotEmpty().containsOnly(150L);
    }

    /// A log whose position is the number of its changes.
    private static final class Log implements IndexFollower.Feed {

        private final List<DocumentId> ids = new ArrayList<>();
        private boolean holding;

        /// Whether it gives nothing of what it has.
        synchronized void hold(boolean holding) {
            this.holding = holding;
        }

        synchronized void grow(int changes) {
            for (int i = 0; i < changes; i++) {
                ids.add(DocumentId.random());
            }
        }

        @Override
        public synchronized Changes after(long position, int limit) {
            if (holding) {
                return new Changes(List.of(), Map.of(), position, true);
            }
            int from = (int) position;
            int to = Math.min(ids.size(), from + limit);
            return new Changes(
                    ids.subList(from, to).stream().map(IndexedDocument::gone).toList(),
                    Map.of(),
                    to);
        }
    }

    private static final class Recorded implements FollowingIndex {

        private final List<DocumentId> applied = new ArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final List<Long> settledAt = new CopyOnWriteArrayList<>();
        private volatile long position;
        private volatile int rebuilds;

        @Override
        public long position() {
            return position;
        }

        @Override
        public synchronized void apply(
                List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the disk is full");
            }
            documents.forEach(document -> applied.add(document.id()));
            this.position = position;
            notifyAll();
        }

        @Override
        public boolean settle() {
            return settledAt.add(position);
        }

        @Override
        public synchronized void rebuild() {
            applied.clear();
            position = 0;
            rebuilds++;
        }

        synchronized void awaitApplied(int count, Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (applied.size() < count && System.nanoTime() < end) {
                wait(100);
            }
        }
    }
}
