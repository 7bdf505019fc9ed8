package io.zhiwen.node;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Shows the others every few seconds that this node lives and how far its index is, and sets the
/// clock by the database.
public final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// A node unseen for so long is forgotten.
    private static final String FORGOTTEN = "1 day";

    private final JdbcClient db;
    private final Node node;
    private final String version;
    private final DatabaseClock clock;
    private final LongSupplier position;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Heartbeat(
            JdbcClient db, Node node, String version, DatabaseClock clock, LongSupplier position) {
        this.db = db;
        this.node = node;
        this.version = version;
        this.clock = clock;
        this.position = position;
        this.thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(this::run);
    }

    /// @param db over a pool that nothing slow shares
    /// @param position of this node's own index in the change log
    public static Heartbeat start(
            JdbcClient db, Node node, String version, DatabaseClock clock, LongSupplier position) {
        var heartbeat = new Heartbeat(db, node, version, clock, position);
        heartbeat.begin();
        heartbeat.thread.start();
        return heartbeat;
    }

    /// The node is known to end: it is forgotten at once.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(EVERY);
            db.sql("delete from node where name = :name").param("name", node.name()).update();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.info("the node could not sign off: {}", e.getMessage());
        }
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    beat();
                } catch (RuntimeException e) {
                    log.warn("no heartbeat: {}", e.getMessage());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        db.sql("delete from node where seen_at < now() - cast(:long as interval)")
                .param("long", FORGOTTEN)
                .update();
        db.sql("delete from node where name = :name").param("name", node.name()).update();
        beat();
    }

    private void beat() {
        long reached = position.getAsLong();
        long asked = System.nanoTime();
        var now =
                db.sql(
                                """
                                insert into node as n (name, role, version, started_at, seen_at,
                                    index_position, index_lag)
                                values (:name, :role, :version, now(), now(), :position,
                                    (select count(*) from (select 1 from index_change
                                        where tx > :position::text::xid8 limit 1000) behind))
                                on conflict (name) do update set seen_at = now(),
                                    index_position = excluded.index_position,
                                    index_lag = excluded.index_lag
                                returning clock_timestamp()
                                """)
                        .param("name", node.name())
                        .param("role", node.role().name().toLowerCase(java.util.Locale.ROOT))
                        .param("version", version)
                        .param("position", reached)
                        .query(OffsetDateTime.class)
                        .single();
        clock.set(now.toInstant(), asked);
    }
}
