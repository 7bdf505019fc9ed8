package io.zhiwen.ask.stream;

import io.zhiwen.node.Channel;
import io.zhiwen.node.Node;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// One line before each model server over all nodes of a database. A thread of its own settles what
/// those who come and go leave to it, many of them at once. Safe for concurrent use.
public final class SharedLines implements Lines, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SharedLines.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(3);

    private final SlotLedger ledger;
    private final Duration patience;
    private final Map<UUID, SharedLine> lines = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private final Thread keeper;
    private volatile boolean closed;

    /// @param patience as of [SharedLine]
    SharedLines(SlotLedger ledger, Duration patience) {
        this.ledger = ledger;
        this.patience = patience;
        this.keeper = Thread.ofPlatform().name("model-slots").daemon().unstarted(this::run);
    }

    /// @param db over a pool that nothing slow shares, `tx` over the same
    public static SharedLines start(
            JdbcClient db, TransactionOperations tx, Node node, Notifications notifications) {
        var shared = new SharedLines(new SlotLedger(db, tx, node, SlotLedger.LEASE), PATIENCE);
        shared.start(notifications);
        return shared;
    }

    void start(Notifications notifications) {
        ledger.forget();
        keeper.start();
        notifications.on(Channel.SLOT, this::hear);
    }

    @Override
    public Line of(UUID server, int count) {
        var line =
                lines.computeIfAbsent(
                        server, id -> new SharedLine(id, count, ledger, patience, woken::release));
        line.count(count);
        return line;
    }

    /// What this node still has is free for the others.
    @Override
    public void close() {
        end();
        try {
            ledger.forget();
        } catch (RuntimeException e) {
            log.info(
                    "places at model servers are free when their lease is over: {}",
                    e.getMessage());
        }
    }

    /// As a process that dies.
    void end() {
        closed = true;
        woken.release();
        try {
            keeper.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param server empty when words were lost
    private void hear(String server) {
        lines.forEach(
                (id, line) -> {
                    if (server.isEmpty() || server.equals(id.toString())) {
                        line.hear();
                    }
                });
        woken.release();
    }

    private void run() {
        try {
            while (!closed) {
                boolean _ = woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
                for (SharedLine line : lines.values()) {
                    settle(line);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(SharedLine line) {
        try {
            if (!closed && line.isDue()) {
                line.settle();
            }
        } catch (RuntimeException e) {
            log.error("the line before a model server", e);
        }
    }
}
