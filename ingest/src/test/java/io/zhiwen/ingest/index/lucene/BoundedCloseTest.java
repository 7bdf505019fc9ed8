package io.zhiwen.ingest.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedCloseTest {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void waitsForWhatClosesInTime() throws IOException {
        assertThat(BoundedClose.within(Duration.ofMinutes(1), closed::countDown)).isTrue();
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void doesNotWaitForEverAndStillClosesTheRestLater() throws Exception {
        var merged = new CountDownLatch(1);
        Closeable busy =
                () -> {
                    try {
                        merged.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                };

        assertThat(BoundedClose.within(Duration.ofMillis(20), busy, closed::countDown)).isFalse();
        assertThat(closed.getCount()).isEqualTo(1);

        merged.countDown();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhatFailed() {
        Closeable full =
                () -> {
                    throw new IOException("no space left");
                };
        assertThatThrownBy(
                        () -> BoundedClose.within(Duration.ofMinutes(1), full, closed::countDown))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
        assertThat(closed.getCount()).isZero();
    }
}
