package io.zhiwen.ingest.index;

import io.zhiwen.ingest.priority.LowPriority;
import io.zhiwen.ingest.store.Changes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps an index up with the change log, on a thread of its own: at once when woken, and by
/// itself every second in case nobody does. Killed at any moment it goes on at the index's own
/// position; what was applied twice is applied once.
public final class IndexFollower implements AutoCloseable {

    /// Where changes come from; `ChangeLog::after`.
    @FunctionalInterface
    public interface Feed {
        Changes after(long position, int limit);
    }

    private static final Logger log = LoggerFactory.getLogger(IndexFollower.class);

    private static final int BATCH = 100;
    private static final Duration POLL = Duration.ofSeconds(1);

    /// First pause where an older transaction holds back what is stored; most end at once.
    private static final Duration HELD = Duration.ofMillis(10);

    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// The same failure this many times in a row and the index is made anew: a log that cannot be
    /// read fails elsewhere too, an index that cannot be written does so only here.
    private static final int FAILURES_BEFORE_REBUILD = 3;

    private final Feed feed;
    private final FollowingIndex index;
    private final Duration quiet;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int writeFailures;
    private long wakes;
    private long servedWakes;
    private long lastChange = System.nanoTime();
    private boolean closed;
    private volatile boolean caughtUp;
    private volatile boolean everCaughtUp;

    private IndexFollower(Feed feed, FollowingIndex index, Duration quiet) {
        this.feed = feed;
        this.index = index;
        this.quiet = quiet;
        this.thread =
                Thread.ofPlatform()
                        .name("index-follower")
                        .daemon()
                        .unstarted(LowPriority.of(this::run));
    }

    public static IndexFollower start(Feed feed, FollowingIndex index) {
        return start(feed, index, QUIET);
    }

    /// @param quiet how long nothing must have come before the index may settle
    static IndexFollower start(Feed feed, FollowingIndex index, Duration quiet) {
        IndexFollower follower = new IndexFollower(feed, index, quiet);
        follower.thread.start();
        return follower;
    }

    /// Says that the log has grown; returns at once.
    public void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything that was stored at the call is in the index, also what the log gives
    /// only when older transactions have ended.
    ///
    /// @return false when that took longer than `patience`
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            long mine = ++wakes;
            changed.signalAll();
            while (servedWakes < mine) {
                if (closed || left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the last look at the log found nothing new; false while a rebuild runs.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Whether the index has reached the log's end once since it was opened or made anew: from then
    /// on it holds everything but the newest.
    public boolean hasCaughtUp() {
        return everCaughtUp;
    }

    /// False once nothing follows any more.
    public boolean isAlive() {
        return thread.isAlive();
    }

    /// Up to where the log is applied; the log's end less this is the lag.
    public long position() {
        return index.position();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int failures = 0;
        int held = 0;
        while (!isClosed()) {
            long wake = currentWake();
            Duration pause;
            try {
                if (catchUp()) {
                    held = 0;
                    served(wake);
                    settle();
                    pause = POLL;
                } else {
                    held++;
                    pause = longer(HELD, held, POLL);
                }
                failures = 0;
            } catch (RuntimeException e) {
                caughtUp = false;
                failures++;
                log.warn("the index is behind, try {}: {}", failures, e.toString(), e);
                pause = longer(POLL, failures, LONGEST_PAUSE);
            }
            pause(wake, pause, failures > 0 || held > 0);
        }
    }

    /// @return false when more is stored that an older transaction holds back
    private boolean catchUp() {
        if (index.isDamaged()) {
            log.error("the index is damaged and is made anew");
            caughtUp = false;
            everCaughtUp = false;
            index.rebuild();
        }
        while (!isClosed()) {
            long from = index.position();
            Changes changes = feed.after(from, BATCH);
            if (changes.position() == from) {
                caughtUp = true;
                everCaughtUp = true;
                return !changes.held();
            }
            caughtUp = false;
            lastChange = System.nanoTime();
            write(changes);
        }
        return false;
    }

    private void settle() {
        if (System.nanoTime() - lastChange >= quiet.toNanos()) {
            index.settle();
        }
    }

    private void write(Changes changes) {
        try {
            index.apply(changes.documents(), changes.acls(), changes.position());
            writeFailures = 0;
        } catch (RuntimeException e) {
            writeFailures++;
            if (writeFailures >= FAILURES_BEFORE_REBUILD) {
                log.error("the index cannot be written and is opened anew", e);
                writeFailures = 0;
                index.recover();
                everCaughtUp &= index.position() > 0;
            }
            throw e;
        }
    }

    private static Duration longer(Duration first, int times, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(times - 1, 10));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private long currentWake() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    private void served(long wake) {
        lock.lock();
        try {
            servedWakes = wake;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// @param whole after a failure a wake-up must not turn the pause into a busy loop
    private void pause(long since, Duration pause, boolean whole) {
        long left = TimeUnit.NANOSECONDS.convert(pause);
        lock.lock();
        try {
            while (left > 0 && !closed && (whole || wakes == since)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
