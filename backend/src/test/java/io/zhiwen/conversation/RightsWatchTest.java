package io.zhiwen.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RightsWatchTest {

    private final AtomicLong now = new AtomicLong(-7);
    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final RightsWatch watch =
            new RightsWatch(
                    () -> {
                        asked.incrementAndGet();
                        return allowed.get();
                    },
                    now::get);

    @Test
    @DisplayName("T10: a right that is lost is noticed within five seconds")
    void aLostRightIsNoticedAtTheNextLookAndStaysLost() {
        assertThat(RightsWatch.EVERY).isLessThan(Duration.ofSeconds(5));
        now.addAndGet(RightsWatch.EVERY.toNanos());
        assertThat(watch.lost()).isFalse();
        allowed.set(false);
        now.addAndGet(RightsWatch.EVERY.toNanos() - 1);
        assertThat(watch.lost()).isFalse();
        assertThat(asked).as("the database is asked now and then").hasValue(1);
        now.incrementAndGet();
        assertThat(watch.lost()).isTrue();
        allowed.set(true);
        now.addAndGet(RightsWatch.EVERY.toNanos());
        assertThat(watch.lost()).isTrue();
        assertThat(asked).hasValue(2);
    }
}
