package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads an answer that another node writes, from the database, from its first event to its last:
/// at once when woken, and by itself every second.
final class RemoteAnswer implements Attachment, Runnable {

    private static final Logger log = LoggerFactory.getLogger(RemoteAnswer.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long TELL_NANOS = Duration.ofSeconds(3).toNanos();

    private final AnswerLeases leases;
    private final UUID message;
    private final Function<UUID, Optional<AnswerEvent>> ending;
    private final Consumer<AnswerEvent> consumer;
    private final Runnable afterwards;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean left;
    private int next;

    /// @param ending gives the last event once there is one, and makes one of an answer that nobody
    /// writes any more
    RemoteAnswer(
            AnswerLeases leases,
            UUID message,
            Function<UUID, Optional<AnswerEvent>> ending,
            Consumer<AnswerEvent> consumer,
            Runnable afterwards) {
        this.leases = leases;
        this.message = message;
        this.ending = ending;
        this.consumer = consumer;
        this.afterwards = afterwards;
        this.thread = Thread.ofVirtual().name("remote-answer-" + message).unstarted(this);
    }

    RemoteAnswer start() {
        thread.start();
        return this;
    }

    UUID message() {
        return message;
    }

    void wake() {
        woken.release();
    }

    @Override
    public void run() {
        try {
            long told = System.nanoTime() - TELL_NANOS;
            while (!left && !ended()) {
                if (System.nanoTime() - told >= TELL_NANOS) {
                    told = System.nanoTime();
                    leases.reading(message);
                }
                boolean _ = woken.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // a page that was closed, or a database that is away: the page comes again
            log.debug("a reader of answer {} left", message, e);
        } finally {
            left = true;
            afterwards.run();
        }
    }

    private boolean ended() {
        var fresh = leases.since(message, next);
        if (!fresh.isEmpty()) {
            next = fresh.getLast().ordinal() + 1;
            give(fresh.stream().map(AnswerLeases.Recorded::event).toList());
            return false;
        }
        var last = ending.apply(message);
        last.ifPresent(consumer);
        return last.isPresent();
    }

    private void give(List<AnswerEvent> events) {
        for (AnswerEvent event : Batches.joined(events)) {
            if (!left) {
                consumer.accept(event);
            }
        }
    }

    @Override
    public void close() {
        left = true;
        wake();
    }

    @Override
    public void await() throws InterruptedException {
        thread.join();
    }
}
