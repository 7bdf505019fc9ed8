package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The places at a model server; who comes first is served first. Safe for concurrent use.
final class Slots {

    /// A taken place; give it back once.
    final class Slot implements AutoCloseable {

        private boolean given;

        private Slot() {}

        @Override
        public void close() {
            lock.lock();
            try {
                if (!given) {
                    given = true;
                    free++;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static final long LOOK_MILLIS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Object> line = new ArrayDeque<>();
    private int free;

    Slots(int count) {
        this.free = count;
    }

    /// @param place is told the place in line whenever it changes; never called without waiting
    /// @return null when `stop` turned true or the time is over
    @Nullable Slot take(Duration atMost, BooleanSupplier stop, IntConsumer place)
            throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Object ticket = new Object();
        int told = 0;
        lock.lock();
        try {
            line.addLast(ticket);
            while (true) {
                int now = placeOf(ticket);
                if (now == 1 && free > 0) {
                    free--;
                    return new Slot();
                }
                if (System.nanoTime() - until >= 0) {
                    return null;
                }
                // neither the reader nor what asks the database is waited for with the lock held
                lock.unlock();
                try {
                    if (stop.getAsBoolean()) {
                        return null;
                    }
                    if (now != told) {
                        told = now;
                        place.accept(now);
                    }
                } finally {
                    lock.lock();
                }
                if (placeOf(ticket) == now && (now > 1 || free == 0)) {
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
            return Math.max(0, line.size() - free);
        } finally {
            lock.unlock();
        }
    }

    private int placeOf(Object ticket) {
        int place = 1;
        for (Object other : line) {
            if (other == ticket) {
                return place;
            }
            place++;
        }
        throw new IllegalStateException("not in line");
    }
}
