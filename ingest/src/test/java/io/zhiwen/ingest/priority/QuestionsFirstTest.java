package io.zhiwen.ingest.priority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuestionsFirstTest {

    private static final Duration ENDLESS = Duration.ofHours(1);

    @Test
    void theWorkOnFilesWaitsUntilTheLastQuestionIsAnswered() throws InterruptedException {
        var first = new QuestionsFirst(ENDLESS, ENDLESS);
        var one = first.begin();
        var other = first.begin();
        Thread work = working(first);
        awaitWaiting(work);
        one.close();
        one.close(); // a second time says nothing of the other question
        assertThat(work.join(Duration.ofMillis(50))).isFalse();
        other.close();
        work.join();
    }

    @Test
    void itDoesNotWaitWhileNobodyAsks() throws InterruptedException {
        var first = new QuestionsFirst(ENDLESS, ENDLESS);
        first.letPass();
        first.begin().close();
        first.letPass();
    }

    @Test
    void itGoesOnAfterTheBoundThoughQuestionsNeverEnd() throws InterruptedException {
        var first = new QuestionsFirst(Duration.ofMillis(20), ENDLESS);
        var _ = first.begin();
        first.letPass();
    }

    @Test
    void itThenHasATurnWithoutWaiting() throws InterruptedException {
        var longest = Duration.ofMillis(300);
        var first = new QuestionsFirst(longest, ENDLESS);
        var _ = first.begin();
        first.letPass();
        long since = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            first.letPass();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - since))
                .isLessThan(longest.multipliedBy(100));
    }

    @Test
    void itsTurnEnds() throws InterruptedException {
        var first = new QuestionsFirst(Duration.ofMillis(20), Duration.ZERO);
        var asked = first.begin();
        first.letPass();
        long since = System.nanoTime();
        first.letPass();
        assertThat(Duration.ofNanos(System.nanoTime() - since))
                .isGreaterThanOrEqualTo(Duration.ofMillis(20));
        asked.close();
    }

    private static Thread working(QuestionsFirst first) {
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                first.letPass();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private static void awaitWaiting(Thread work) {
        while (work.getState() != Thread.State.TIMED_WAITING) {
            assertThat(work.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }
}
