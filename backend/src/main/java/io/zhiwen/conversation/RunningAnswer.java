package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer being written here: all its events so far, and whoever reads them. A slow reader holds
/// up neither the answer nor the other readers, and needs no buffer of its own.
final class RunningAnswer {

    /// Why it should end before its time.
    enum Stop {
        ASKED,
        /// Another node has ended it, or it was deleted.
        LOST,
        /// This node stops.
        RESTART,
        /// Nobody reads it any more.
        UNREAD
    }

    private static final Logger log = LoggerFactory.getLogger(RunningAnswer.class);

    private final UUID conversation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<AnswerEvent> events = new ArrayList<>();
    private boolean ended;
    private int readers;
    private volatile @Nullable Stop stop;
    private volatile @Nullable UUID message;

    RunningAnswer(UUID conversation) {
        this.conversation = conversation;
    }

    UUID conversation() {
        return conversation;
    }

    /// Where it will be stored; null until its question is.
    @Nullable UUID message() {
        return message;
    }

    void begun(UUID id) {
        message = id;
    }

    /// The first reason stays.
    void stop(Stop why) {
        lock.lock();
        try {
            if (stop == null) {
                stop = why;
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable Stop stopping() {
        return stop;
    }

    /// The last event ends it; what comes after is dropped.
    void emit(AnswerEvent event) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            events.add(event);
            ended = event.isLast();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the last event was given; whether it was.
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a page has it open on this node.
    boolean isRead() {
        lock.lock();
        try {
            return readers > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Gives it event by event, to somebody who reads it.
    Attachment attach(Consumer<AnswerEvent> consumer) {
        return read(
                batch -> {
                    for (AnswerEvent event : batch) {
                        consumer.accept(event);
                    }
                },
                Duration.ZERO,
                true);
    }

    /// Gives it in batches, with a pause before each unless it ends, to be kept.
    Attachment record(Consumer<List<AnswerEvent>> consumer, Duration pause) {
        return read(consumer, pause, false);
    }

    private Attachment read(
            Consumer<List<AnswerEvent>> consumer, Duration pause, boolean somebody) {
        Reader reader = new Reader(consumer, pause, somebody);
        reader.thread = Thread.ofVirtual().name("answer-reader").start(reader);
        return reader;
    }

    private final class Reader implements Attachment, Runnable {

        private final Consumer<List<AnswerEvent>> consumer;
        private final Duration pause;
        private boolean counted;
        private volatile boolean left;
        private int next;
        private Thread thread = Thread.currentThread();

        private Reader(Consumer<List<AnswerEvent>> consumer, Duration pause, boolean somebody) {
            this.consumer = consumer;
            this.pause = pause;
            this.counted = somebody;
            lock.lock();
            try {
                readers += somebody ? 1 : 0;
            } finally {
                lock.unlock();
            }
        }

        private void leave() {
            lock.lock();
            try {
                left = true;
                readers -= counted ? 1 : 0;
                counted = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run() {
            try {
                List<AnswerEvent> batch = nextBatch();
                while (!batch.isEmpty()) {
                    consumer.accept(batch);
                    if (batch.getLast().isLast()) {
                        return;
                    }
                    batch = nextBatch();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // a page that was closed, or a database that is away; the answer goes on
                log.debug("a reader of conversation {} left", conversation, e);
            } finally {
                leave();
            }
        }

        /// What came since the last call, with neighbouring pieces of text joined; empty when this
        /// reader left.
        private List<AnswerEvent> nextBatch() throws InterruptedException {
            if (!pause.isZero()) {
                awaitEnd(pause);
            }
            lock.lock();
            try {
                while (next == events.size() && !left) {
                    changed.await();
                }
                List<AnswerEvent> batch =
                        left ? List.of() : Batches.joined(events.subList(next, events.size()));
                next = events.size();
                return batch;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            leave();
        }

        @Override
        public void await() throws InterruptedException {
            thread.join();
        }
    }
}
