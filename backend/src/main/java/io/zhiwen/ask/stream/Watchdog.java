package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Barks when a stream was silent for too long; not while what came is being handed on. Safe for
/// concurrent use.
final class Watchdog {

    private final ScheduledExecutorService timer;
    private final Executor threads;
    private final Runnable bark;
    private long deadline;
    private long patience;
    private boolean busy;
    private boolean off;
    private @Nullable Future<?> watch;

    /// @param bark runs on one of `threads`, at most once
    Watchdog(ScheduledExecutorService timer, Executor threads, Runnable bark) {
        this.timer = timer;
        this.threads = threads;
        this.bark = bark;
    }

    /// From now on the stream may be silent for so long.
    synchronized void allow(Duration silence) {
        patience = silence.toNanos();
        deadline = System.nanoTime() + patience;
        boolean sooner = watch == null || remaining(watch) > patience;
        if (!off && sooner) {
            schedule();
        }
    }

    /// While busy nobody is late; afterwards the time begins anew.
    synchronized void busy(boolean now) {
        busy = now;
    }

    synchronized void off() {
        off = true;
        if (watch != null) {
            watch.cancel(false);
        }
    }

    private void schedule() {
        if (watch != null) {
            watch.cancel(false);
        }
        long wait = Math.max(1, deadline - System.nanoTime());
        watch = timer.schedule(() -> threads.execute(this::look), wait, TimeUnit.NANOSECONDS);
    }

    private void look() {
        synchronized (this) {
            if (off) {
                return;
            }
            if (busy) {
                deadline = System.nanoTime() + patience;
            }
            if (System.nanoTime() - deadline < 0) {
                schedule();
                return;
            }
            off = true;
        }
        bark.run();
    }

    private static long remaining(Future<?> watch) {
        return watch instanceof java.util.concurrent.Delayed delayed && !watch.isDone()
                ? delayed.getDelay(TimeUnit.NANOSECONDS)
                : Long.MAX_VALUE;
    }
}
