package io.zhiwen.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The database's time, so that nodes whose clocks differ agree on what is due, dead or over. It
/// goes on by this process's monotonic clock between two looks at the database. Safe for concurrent
/// use.
public final class DatabaseClock implements InstantSource {

    private record Reading(Instant at, long nanos) {}

    private volatile Reading last;

    /// @param now the database's `clock_timestamp()`, just read
    public DatabaseClock(Instant now) {
        this.last = new Reading(now, System.nanoTime());
    }

    @Override
    public Instant instant() {
        var reading = last;
        return reading.at().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
    }

    /// @param now the database's `clock_timestamp()`
    /// @param asked `System.nanoTime()` before it was asked: the middle of the way there and back
    /// is when it was true
    void set(Instant now, long asked) {
        long answered = System.nanoTime();
        last = new Reading(now, asked + (answered - asked) / 2);
    }
}
