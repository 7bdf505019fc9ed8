package io.zhiwen.ingest.index.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;

/// Looks now and then whether vectors lack their rows or a space its graph, and sees to it: one
/// node of all at a time. Whoever is killed at it leaves it to the next.
public final class VectorKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(VectorKeeper.class);

    /// Held on the connection that does the work; another number than anybody else's.
    static final long LOCK = 0x7A68_6976_6563L;

    private final DataSource connections;
    private final GraphSettings settings;
    private final Thread thread;
    private final Semaphore wakes = new Semaphore(0);
    private volatile boolean closed;
    private volatile @Nullable Connection working;

    private VectorKeeper(DataSource connections, GraphSettings settings) {
        this.connections = connections;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("vector-keeper").daemon().unstarted(this::run);
    }

    /// @param connections that let a statement take hours, none of a pool that others wait for: a
    /// large graph takes long
    public static VectorKeeper start(DataSource connections, GraphSettings settings) {
        VectorKeeper keeper = new VectorKeeper(connections, settings);
        keeper.thread.start();
        return keeper;
    }

    /// Does what there is to do and returns when it is done; at once when another node is at it.
    public static void once(DataSource connections, GraphSettings settings) throws SQLException {
        new VectorKeeper(connections, settings).once();
    }

    /// Says that there may be something to do; returns at once.
    public void wake() {
        wakes.release();
    }

    /// What PostgreSQL is making at that moment it makes to its end.
    @Override
    public void close() {
        closed = true;
        wake();
        Connection current = working;
        try {
            if (current != null) {
                current.abort(Runnable::run);
            }
            thread.join(Duration.ofSeconds(5));
        } catch (SQLException e) {
            log.warn("the connection does not close: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                once();
            } catch (SQLException | DataAccessException | TransactionException e) {
                if (!closed) {
                    log.warn("the vectors are looked after later: {}", e.toString());
                }
            }
            pause();
        }
    }

    private void once() throws SQLException {
        try (Connection connection = connections.getConnection()) {
            working = connection;
            DataSource one = new SingleConnectionDataSource(connection, true);
            JdbcTemplate jdbc = new JdbcTemplate(one);
            JdbcClient db = JdbcClient.create(jdbc);
            if (!lock(db)) {
                return;
            }
            try {
                lookAfter(jdbc, new JdbcTransactionManager(one));
            } finally {
                if (!connection.isClosed()) {
                    db.sql("select pg_advisory_unlock(:lock)")
                            .param("lock", LOCK)
                            .query(Boolean.class)
                            .single();
                }
            }
        } finally {
            working = null;
        }
    }

    private static boolean lock(JdbcClient db) {
        return db.sql("select pg_try_advisory_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }

    private void lookAfter(JdbcTemplate jdbc, JdbcTransactionManager transactions) {
        Backfill backfill = new Backfill(jdbc, transactions);
        boolean more = true;
        while (more && !closed) {
            more = backfill.next();
        }
        new Graphs(JdbcClient.create(jdbc), settings).complete();
    }

    private void pause() {
        try {
            if (wakes.tryAcquire(settings.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
