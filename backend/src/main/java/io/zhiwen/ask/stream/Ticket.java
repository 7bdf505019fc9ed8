package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One that came for a place at a model server. Safe for concurrent use.
final class Ticket {

    /// Nobody has said yet where it stands.
    static final int UNKNOWN = -1;

    private static final int SERVED = 0;

    private final UUID id = UUID.randomUUID();
    private final String asker;
    private final long came = System.nanoTime();
    private final Semaphore moved = new Semaphore(0);
    private int place = UNKNOWN;

    /// @param asker whose share counts; empty for one that shares with nobody
    Ticket(String asker) {
        this.asker = asker;
    }

    UUID id() {
        return id;
    }

    String asker() {
        return asker;
    }

    Duration waited() {
        return Duration.ofNanos(System.nanoTime() - came);
    }

    synchronized boolean isServed() {
        return place == SERVED;
    }

    /// In line, the next one to be served is 1.
    synchronized int place() {
        return place;
    }

    /// A place once taken is not lost by what somebody read before.
    ///
    /// @param now 0 when it is served
    synchronized void stands(int now) {
        if (place != SERVED && place != now) {
            place = now;
            moved.release();
        }
    }

    Turns.Standing standing() {
        return new Turns.Standing(id, asker, isServed());
    }

    /// Until it stands elsewhere, or the time is over.
    void await(long millis) throws InterruptedException {
        if (moved.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            moved.drainPermits();
        }
    }
}
