package io.zhiwen.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FreshTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatIsYoungIsNotReadAgain() {
        var reads = new AtomicInteger();
        var fact = new Fresh<>("a fact", LONG, LONG, reads::incrementAndGet);
        assertThat(fact.get()).isEqualTo(1);
        assertThat(fact.get()).isEqualTo(1);
    }

    @Test
    void aReaderThatHangsHoldsNobodyAndIsNotJoinedByASecond() throws InterruptedException {
        var reads = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        var fact =
                new Fresh<>(
                        "a fact",
                        Duration.ZERO,
                        SHORT,
                        () -> {
                            reads.incrementAndGet();
                            begun.countDown();
                            try {
                                open.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return "known";
                        });
        assertThat(fact.get()).isNull();
        begun.await();
        assertThat(fact.get()).isNull();
        assertThat(reads).hasValue(1);
        open.countDown();
    }

    @Test
    void whatFailedIsReadAgain() {
        var reads = new AtomicInteger();
        var fact =
                new Fresh<>(
                        "a fact",
                        LONG,
                        LONG,
                        () -> {
                            if (reads.incrementAndGet() == 1) {
                                throw new IllegalStateException("away");
                            }
                            return "known";
                        });
        assertThat(fact.get()).isNull();
        assertThat(fact.get()).isEqualTo("known");
    }
}
