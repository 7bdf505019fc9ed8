package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlotsTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final Map<String, Slots.Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final Map<String, Part.Waiting> waits = new ConcurrentHashMap<>();

    @Test
    void whoHoldsFewerPlacesIsServedBeforeWhoCameEarlier() throws Exception {
        var two = new Slots(new NodeLine(2));
        serve(two, "lin", "lin 1");
        serve(two, "mei", "mei 1");
        line(two, "lin", "lin 2", 1);
        line(two, "lin", "lin 3", 2);
        line(two, "wang", "wang 1", 1);
        awaitPlace("lin 2", 2);
        awaitPlace("lin 3", 3);

        slots.get("mei 1").close();
        assertThat(next()).isEqualTo("wang 1");
        slots.get("lin 1").close();
        assertThat(next()).isEqualTo("lin 2");
        slots.get("lin 2").close();
        assertThat(next()).isEqualTo("lin 3");
    }

    @Test
    void nobodyTakesAllPlaces() throws Exception {
        var three = new Slots(new NodeLine(3));
        serve(three, "lin", "lin 1");
        serve(three, "lin", "lin 2");
        line(three, "lin", "lin 3", 1);
        assertThat(three.used()).isEqualTo(2);
        assertThat(three.waiting()).isEqualTo(1);

        serve(three, "mei", "mei 1");
        assertThat(served).isEmpty();
        slots.get("lin 1").close();
        assertThat(next()).isEqualTo("lin 3");
    }

    @Test
    void whatIsNobodysMayTakeAllPlacesInTheOrderItCame() throws Exception {
        var two = new Slots(new NodeLine(2));
        serve(two, "", "a");
        serve(two, "", "b");
        line(two, "", "c", 1);
        line(two, "", "d", 2);
        slots.get("a").close();
        assertThat(next()).isEqualTo("c");
        assertThat(List.copyOf(served)).isEmpty();
    }

    @Test
    void whoWaitsIsToldHowLongItWillBeFromHowLongItUsuallyIs() throws Exception {
        var now = new AtomicLong(1);
        var one = new Slots(new NodeLine(1), now::get);
        serve(one, "lin", "first");
        line(one, "mei", "mei", 1);
        assertThat(waits.get("mei")).isEqualTo(new Part.Waiting(1, null));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        slots.get("first").close();
        assertThat(next()).isEqualTo("mei");

        line(one, "wang", "wang", 1);
        line(one, "an", "an", 2);
        assertThat(waits.get("wang").seconds()).isEqualTo(10);
        assertThat(waits.get("an").seconds()).isEqualTo(20);
    }

    private void serve(Slots of, String asker, String name) throws InterruptedException {
        start(of, asker, name);
        assertThat(next()).isEqualTo(name);
    }

    /// Waits until it stands at this place.
    private void line(Slots of, String asker, String name, int place) throws InterruptedException {
        start(of, asker, name);
        awaitPlace(name, place);
        Thread.sleep(150);
    }

    private void awaitPlace(String name, int place) throws InterruptedException {
        while (places.getOrDefault(name, 0) != place) {
            Thread.sleep(5);
        }
    }

    private void start(Slots of, String asker, String name) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                var slot =
                                        of.take(
                                                asker,
                                                LONG,
                                                () -> false,
                                                wait -> {
                                                    places.put(name, wait.place());
                                                    waits.put(name, wait);
                                                });
                                slots.put(name, slot);
                                served.add(name);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private String next() throws InterruptedException {
        return served.poll(30, TimeUnit.SECONDS);
    }
}
