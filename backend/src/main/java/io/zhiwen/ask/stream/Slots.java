package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The places at a model server as those see it who want one; the line before them decides who is
/// next. Safe for concurrent use.
final class Slots {

    /// A taken place; give it back once.
    final class Slot implements AutoCloseable {

        private final Ticket ticket;
        private final long taken = nanos.getAsLong();
        private final AtomicBoolean given = new AtomicBoolean();

        private Slot(Ticket ticket) {
            this.ticket = ticket;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                learn(nanos.getAsLong() - taken);
                line.leave(ticket);
            }
        }
    }

    private static final long LOOK_MILLIS = 50;

    /// How often one that waits is told how long it will be, when nothing else is new.
    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

    /// What the newest answer weighs among those before it.
    private static final double NEWEST = 0.2;

    private final Line line;
    private final LongSupplier nanos;

    /// How long a place is taken here, on the whole; 0 before the first was given back.
    private double usualNanos;

    Slots(Line line) {
        this(line, System::nanoTime);
    }

    Slots(Line line, LongSupplier nanos) {
        this.line = line;
        this.nanos = nanos;
    }

    /// @param asker whose share counts; empty for one that shares with nobody
    /// @param wait is told the place in line whenever it changes, and now and then how long it will
    /// be; never called without waiting
    /// @return null when `stop` turned true or the time is over
    @Nullable Slot take(
            String asker, Duration atMost, BooleanSupplier stop, Consumer<Part.Waiting> wait)
            throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Ticket ticket = new Ticket(asker);
        Slot slot = null;
        int told = 0;
        long toldAt = 0;
        line.enter(ticket);
        try {
            while (!ticket.isServed()) {
                if (System.nanoTime() - until >= 0 || stop.getAsBoolean()) {
                    return null;
                }
                int now = ticket.place();
                boolean due = now != told || nanos.getAsLong() - toldAt >= TELL_NANOS;
                if (now > 0 && due) {
                    told = now;
                    toldAt = nanos.getAsLong();
                    wait.accept(new Part.Waiting(now, seconds(now)));
                }
                ticket.await(LOOK_MILLIS);
                line.waits(ticket);
            }
            slot = new Slot(ticket);
            return slot;
        } finally {
            if (slot == null) {
                line.leave(ticket);
            }
        }
    }

    int count() {
        return line.count();
    }

    int used() {
        return line.served();
    }

    int waiting() {
        return line.waiting();
    }

    private synchronized void learn(long tookNanos) {
        usualNanos = usualNanos == 0 ? tookNanos : (1 - NEWEST) * usualNanos + NEWEST * tookNanos;
    }

    /// All places are given back once in the usual time, one after the other.
    private synchronized @Nullable Integer seconds(int place) {
        return usualNanos == 0
                ? null
                : Math.max(1, (int) Math.ceil(place * usualNanos / line.count() / 1e9));
    }
}
