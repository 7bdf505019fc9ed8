package io.zhiwen.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.AnswerEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What `/api/v1/ask`, `/v1/chat/completions` and the widget stream with.
class AnswerStreamTest {

    @Test
    @DisplayName("T10: who loses a right reads no further than five seconds")
    void anAnswerStopsAtTheFirstLookThatFindsTheRightGone() throws Exception {
        assertThat(AnswerStream.PULSE).isLessThan(Duration.ofSeconds(5));
        var looks = new AtomicInteger();
        List<String> told = new CopyOnWriteArrayList<>();
        var left = new CountDownLatch(1);
        var stream =
                new AnswerStream(
                        (_, stop) -> {
                            while (!stop.getAsBoolean()) {
                                Thread.onSpinWait();
                            }
                        },
                        new Told(told),
                        Duration.ofMillis(1));
        stream.start(() -> looks.incrementAndGet() < 3, left::countDown);
        left.await();
        assertThat(looks).hasValue(3);
        assertThat(told).containsExactly("forbidden");
    }

    @Test
    void aRightThatCannotBeLookedUpIsNone() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        var left = new CountDownLatch(1);
        new AnswerStream(
                        (events, stop) -> {
                            while (!stop.getAsBoolean()) {
                                Thread.onSpinWait();
                            }
                            events.accept(new AnswerEvent.Token("said too late"));
                        },
                        new Told(told),
                        Duration.ofMillis(1))
                .start(
                        () -> {
                            throw new IllegalStateException("no database");
                        },
                        left::countDown);
        left.await();
        assertThat(told).containsExactly("forbidden");
    }

    private record Told(List<String> told) implements AnswerFormat {

        @Override
        public List<Event> of(AnswerEvent event) {
            told.add(event.toString());
            return List.of();
        }

        @Override
        public Event error(String code, String detail) {
            told.add(code);
            return new Event(null, code);
        }
    }
}
