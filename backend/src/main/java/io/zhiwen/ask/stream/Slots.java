package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The places at a model server and the one line before them. Who holds fewer places is served
/// first, and who came first among equals; nobody takes all places, so that the next one need not
/// wait for a whole answer. Safe for concurrent use.
final class Slots {

    /// A taken place; give it back once.
    final class Slot implements AutoCloseable {

        private final Object asker;
        private final long taken = nanos.getAsLong();
        private boolean given;

        private Slot(Object asker) {
            this.asker = asker;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!given) {
                    given = true;
                    free++;
                    learn(nanos.getAsLong() - taken);
                    held.computeIfPresent(asker, (_, now) -> now > 1 ? now - 1 : null);
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static final long LOOK_MILLIS = 50;

    /// How often one that waits is told how long it will be, when nothing else is new.
    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

    /// What the newest answer weighs among those before it.
    private static final double NEWEST = 0.2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Ticket> line = new ArrayList<>();
    private final Map<Object, Integer> held = new HashMap<>();
    private final int count;
    private final int most;
    private final LongSupplier nanos;
    private int free;

    /// How long a place is taken, on the whole; 0 before the first was given back.
    private double usualNanos;

    Slots(int count) {
        this(count, System::nanoTime);
    }

    Slots(int count, LongSupplier nanos) {
        this.count = count;
        this.free = count;
        this.most = Math.max(1, count - 1);
        this.nanos = nanos;
    }

    /// A place in line, told apart from others by identity.
    private static final class Ticket {

        private final Object asker;

        private Ticket(String asker) {
            this.asker = asker.isEmpty() ? this : asker;
        }
    }

    /// A ticket in the order of service.
    ///
    /// @param share how many places its asker will hold with it
    private record Turn(Ticket ticket, int share) {}

    /// @param asker whose share counts; empty for one that shares with nobody
    /// @param wait is told the place in line whenever it changes, and now and then how long it will
    /// be; never called without waiting
    /// @return null when `stop` turned true or the time is over
    @Nullable Slot take(
            String asker, Duration atMost, BooleanSupplier stop, Consumer<Part.Waiting> wait)
            throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Ticket ticket = new Ticket(asker);
        int told = 0;
        long toldAt = 0;
        lock.lock();
        try {
            line.add(ticket);
            while (true) {
                int now = placeOf(ticket);
                if (isNext(ticket)) {
                    free--;
                    held.merge(ticket.asker, 1, Integer::sum);
                    return new Slot(ticket.asker);
                }
                if (System.nanoTime() - until >= 0) {
                    return null;
                }
                var waiting = new Part.Waiting(now, seconds(now));
                // neither the reader nor what asks the database is waited for with the lock held
                lock.unlock();
                try {
                    if (stop.getAsBoolean()) {
                        return null;
                    }
                    if (now != told || nanos.getAsLong() - toldAt >= TELL_NANOS) {
                        told = now;
                        toldAt = nanos.getAsLong();
                        wait.accept(waiting);
                    }
                } finally {
                    lock.lock();
                }
                if (placeOf(ticket) == now && !isNext(ticket)) {
                    var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } finally {
            line.remove(ticket);
            changed.signalAll();
            lock.unlock();
        }
    }

    int free() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private void learn(long tookNanos) {
        usualNanos = usualNanos == 0 ? tookNanos : (1 - NEWEST) * usualNanos + NEWEST * tookNanos;
    }

    /// All places are given back once in the usual time, one after the other.
    private @Nullable Integer seconds(int place) {
        return usualNanos == 0
                ? null
                : Math.max(1, (int) Math.ceil(place * usualNanos / count / 1e9));
    }

    private boolean isNext(Ticket ticket) {
        Turn first = order().getFirst();
        return free > 0 && first.ticket() == ticket && first.share() <= most;
    }

    private int placeOf(Ticket ticket) {
        int place = 1;
        for (Turn turn : order()) {
            if (turn.ticket() == ticket) {
                return place;
            }
            place++;
        }
        throw new IllegalStateException("not in line");
    }

    private List<Turn> order() {
        Map<Object, Integer> shares = new HashMap<>(held);
        List<Turn> order = new ArrayList<>(line.size());
        for (Ticket ticket : line) {
            order.add(new Turn(ticket, shares.merge(ticket.asker, 1, Integer::sum)));
        }
        order.sort(Comparator.comparingInt(Turn::share));
        return order;
    }
}
