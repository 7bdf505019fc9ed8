package io.zhiwen.ingest.priority;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where the work on files lets questions pass. It waits between two of its small steps while any
/// question is worked on, but never longer than a bound; after that it has a turn without waiting.
/// So questions without end slow the work on files and cannot stop it: it keeps
/// `turn / (longest + turn)` of its time. Safe for concurrent use.
public final class QuestionsFirst {

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofMillis(500);

    private final long longest;
    private final long turn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nobodyAsks = lock.newCondition();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean inTurn;
    private long turnEnds;

    public QuestionsFirst() {
        this(LONGEST, TURN);
    }

    /// @param longest wait of the work on files
    /// @param turn how long it then goes on without waiting
    QuestionsFirst(Duration longest, Duration turn) {
        this.longest = longest.toNanos();
        this.turn = turn.toNanos();
    }

    /// A question that is worked on until this is closed.
    public interface Asked extends AutoCloseable {
        @Override
        void close();
    }

    public Asked begin() {
        change(1);
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                change(-1);
            }
        };
    }

    /// Called before each small step of the work on files. Costs nothing while nobody asks.
    public void letPass() throws InterruptedException {
        if (asked.get() == 0) {
            return;
        }
        lock.lockInterruptibly();
        try {
            if (inTurn && System.nanoTime() - turnEnds < 0) {
                return;
            }
            long left = longest;
            while (asked.get() > 0 && left > 0) {
                left = nobodyAsks.awaitNanos(left);
            }
            inTurn = left <= 0;
            turnEnds = System.nanoTime() + turn;
        } finally {
            lock.unlock();
        }
    }

    private void change(int by) {
        lock.lock();
        try {
            if (asked.addAndGet(by) == 0) {
                nobodyAsks.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
