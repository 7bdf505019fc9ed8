package io.zhiwen.conversation;

import io.zhiwen.node.Channel;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the leases of the answers written here, hears who wants one of them to stop, and ends
/// those that nobody reads any more and those of dead nodes.
final class LeaseKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final AnswerLeases leases;
    private final Supplier<Collection<RunningAnswer>> mine;
    private final Consumer<UUID> interrupt;
    private final Duration unread;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /// @param interrupt ends an answer of a dead node
    /// @param unread for how long nobody may read an answer before it is ended; zero for ever
    LeaseKeeper(
            AnswerLeases leases,
            Notifications notifications,
            Supplier<Collection<RunningAnswer>> mine,
            Consumer<UUID> interrupt,
            Duration unread) {
        this.unread = unread;
        this.leases = leases;
        this.mine = mine;
        this.interrupt = interrupt;
        this.thread = Thread.ofPlatform().name("answer-leases").daemon().unstarted(this::run);
        notifications.on(
                Channel.ANSWER,
                heard -> {
                    if (AnswerLeases.isStop(heard)) {
                        woken.release();
                    }
                });
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        woken.release();
        try {
            thread.join(EVERY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    keep();
                    leases.abandoned().forEach(interrupt);
                } catch (RuntimeException e) {
                    log.warn("the leases of running answers: {}", e.getMessage());
                }
                boolean _ = woken.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        Map<UUID, RunningAnswer> answers =
                mine.get().stream()
                        .filter(answer -> answer.message() != null)
                        .collect(Collectors.toMap(RunningAnswer::message, answer -> answer));
        if (answers.isEmpty()) {
            return;
        }
        var read =
                answers.entrySet().stream()
                        .filter(one -> one.getValue().isRead())
                        .map(Map.Entry::getKey)
                        .toList();
        var kept = leases.renew(answers.keySet(), read);
        answers.forEach(
                (message, answer) -> {
                    var wanted = kept.get(message);
                    if (wanted == null) {
                        answer.stop(RunningAnswer.Stop.LOST);
                    } else if (wanted.stopping()) {
                        answer.stop(RunningAnswer.Stop.ASKED);
                    } else if (unread.isPositive() && wanted.unread().compareTo(unread) > 0) {
                        answer.stop(RunningAnswer.Stop.UNREAD);
                    }
                });
    }
}
