package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer being written: all its events so far, and whoever reads them. A slow reader holds up
/// neither the answer nor the other readers, and needs no buffer of its own.
final class RunningAnswer {

    private static final Logger log = LoggerFactory.getLogger(RunningAnswer.class);

    private final UUID conversation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<AnswerEvent> events = new ArrayList<>();
    private boolean ended;
    private volatile boolean stopping;

    RunningAnswer(UUID conversation) {
        this.conversation = conversation;
    }

    UUID conversation() {
        return conversation;
    }

    boolean stop() {
        stopping = true;
        return true;
    }

    boolean isStopping() {
        return stopping;
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

    /// Waits until the last event was given.
    void awaitEnd(java.time.Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    Attachment attach(Consumer<AnswerEvent> consumer) {
        Reader reader = new Reader(consumer);
        reader.thread = Thread.ofVirtual().name("answer-reader").start(reader);
        return reader;
    }

    private final class Reader implements Attachment, Runnable {

        private final Consumer<AnswerEvent> consumer;
        private volatile boolean left;
        private int next;
        private Thread thread = Thread.currentThread();

        private Reader(Consumer<AnswerEvent> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void run() {
            try {
                List<AnswerEvent> batch = nextBatch();
                while (!batch.isEmpty()) {
                    for (AnswerEvent event : batch) {
                        if (left) {
                            return;
                        }
                        consumer.accept(event);
                        if (event.isLast()) {
                            return;
                        }
                    }
                    batch = nextBatch();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // a page that was closed; the answer goes on
                log.debug("a reader of conversation {} left", conversation, e);
            } finally {
                left = true;
            }
        }

        /// What came since the last call, with neighbouring pieces of text joined; empty when this
        /// reader left.
        private List<AnswerEvent> nextBatch() throws InterruptedException {
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
            lock.lock();
            try {
                left = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void await() throws InterruptedException {
            thread.join();
        }
    }
}
