package io.zhiwen.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what other nodes commit, on a connection and a thread of its own. It only saves time:
/// words are lost while the connection is down, so whoever listens also looks by itself now and
/// then. After each new connection everybody is woken, for nobody knows what was missed.
public final class Notifications implements AutoCloseable {

    /// Makes the connection to listen on, outside the pools.
    @FunctionalInterface
    public interface Line {
        Connection open() throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    /// Between two signs of life; a line that does not answer one is given up.
    private static final Duration PULSE = Duration.ofSeconds(5);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Line line;
    private final Map<Channel, List<Consumer<String>>> listeners = new EnumMap<>(Channel.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean listening;
    private volatile @Nullable Connection open;

    private Notifications(Line line) {
        this.line = line;
        for (var channel : Channel.values()) {
            listeners.put(channel, new CopyOnWriteArrayList<>());
        }
        this.thread = Thread.ofPlatform().name("notifications").daemon().unstarted(this::run);
    }

    public static Notifications start(Line line) {
        var notifications = new Notifications(line);
        notifications.thread.start();
        return notifications;
    }

    /// From now on `listener` gets the payloads of this channel, and an empty one whenever
    /// something may have been missed. It runs on the one thread of all listeners and must be
    /// quick.
    public void on(Channel channel, Consumer<String> listener) {
        listenersOf(channel).add(listener);
    }

    /// Whether the line stands.
    public boolean isListening() {
        return listening;
    }

    @Override
    public void close() {
        closed.countDown();
        hangUp();
        try {
            thread.join(PULSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = SHORTEST_PAUSE;
        do {
            try {
                listen();
            } catch (SQLException e) {
                if (listening && !isClosed()) {
                    log.warn("the line for notifications broke: {}", e.getMessage());
                }
                pause = listening ? SHORTEST_PAUSE : longer(pause);
            } finally {
                listening = false;
                hangUp();
            }
        } while (!isClosedWithin(pause));
    }

    private void listen() throws SQLException {
        try (var connection = line.open()) {
            open = connection;
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                for (var channel : Channel.values()) {
                    statement.execute("listen " + channel.sqlName());
                }
            }
            listening = true;
            listeners.keySet().forEach(channel -> tell(channel, ""));
            var postgres = connection.unwrap(PGConnection.class);
            while (!isClosed()) {
                var heard = postgres.getNotifications(Math.toIntExact(PULSE.toMillis()));
                if (heard.length == 0) {
                    try (var statement = connection.createStatement()) {
                        statement.execute("");
                    }
                }
                for (var one : heard) {
                    tell(Channel.of(one.getName()), one.getParameter());
                }
            }
        }
    }

    private void tell(Channel channel, String payload) {
        for (var listener : listenersOf(channel)) {
            try {
                listener.accept(payload);
            } catch (RuntimeException e) {
                log.error("a listener of {} failed", channel, e);
            }
        }
    }

    private List<Consumer<String>> listenersOf(Channel channel) {
        return java.util.Objects.requireNonNull(listeners.get(channel));
    }

    private void hangUp() {
        var connection = open;
        open = null;
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("the line was gone already", e);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
