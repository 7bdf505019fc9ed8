package io.zhiwen.faults;

import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import io.zhiwen.system.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One installation that dies again and again, at named places or at random times, while clients
/// work with it; nothing is repaired by hand, and at the end everything is counted.
final class KillRun implements AutoCloseable {

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(3);
    private static final int CLIENTS = 2;
    private static final int THINGS_A_LIFE = 8;

    private final Path data;
    private final Random random;
    private final Summary summary;
    private final Journal journal;
    private final RunningProduct product;
    private final Rest rest;
    private final String base;
    private final List<Workload> clients = new ArrayList<>();

    private KillRun(Path folder, Random random, Summary summary, Map<String, String> environment)
            throws IOException, InterruptedException {
        this.data = folder.resolve("data");
        this.random = random;
        this.summary = summary;
        this.journal = new Journal(folder.resolve("journal.txt"));
        this.product = RunningProduct.start(data, environment);
        this.rest = new Rest(product, product.newKey("faults"));
        this.base = rest.createBase("faults");
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Workload(() -> rest, base, journal, new Random(random.nextLong())));
        }
    }

    static KillRun start(Path folder, long seed, Summary summary, Map<String, String> environment)
            throws IOException, InterruptedException {
        return new KillRun(folder, new Random(seed), summary, environment);
    }

    /// Dies at the point, at one of its first passes.
    void dieAt(Failpoint point) throws IOException, InterruptedException {
        int pass = 1 + random.nextInt(passes(point));
        nextLife(Map.of("JDK_JAVA_OPTIONS", "-Dzhiwen.failpoint=" + point.key() + ":" + pass));
        if (!product.awaitEnd(Duration.ZERO)) {
            live(LONGEST_LIFE, things(point));
        }
        if (product.isAlive()) {
            product.kill();
            summary.killed("at random times");
        } else {
            summary.killed(point.key());
        }
    }

    private static int passes(Failpoint point) {
        return switch (point) {
            case MID_EMBEDDING -> 20;
            case MID_DELETE -> 1;
            default -> 3;
        };
    }

    /// Few of the things clients do are deletions.
    private static int things(Failpoint point) {
        return point == Failpoint.MID_DELETE ? 10 * THINGS_A_LIFE : THINGS_A_LIFE;
    }

    /// Dies whenever.
    void dieAnyTime() throws IOException, InterruptedException {
        nextLife(Map.of());
        live(Duration.ofMillis(300 + random.nextInt(6000)), THINGS_A_LIFE);
        product.kill();
        summary.killed("at random times");
    }

    /// Lives on, until all work is done, and is counted.
    void end() throws IOException, InterruptedException {
        nextLife(Map.of());
        for (Workload client : clients) {
            client.settle();
        }
        List<Slot> slots = slots();
        JdbcClient db = PostgresBinaries.databaseOf(data);
        Invariants invariants = new Invariants(db, rest, base, slots).check();
        invariants.blobs(data.resolve("blobs"));
        Set<Long> live = invariants.liveChunks();
        product.close();
        invariants.index(data.resolve("index/lucene"), live);
        List<String> violations = new ArrayList<>(invariants.violations());
        clients.forEach(client -> violations.addAll(client.surprises()));
        summary.run(slots, journal.count(Journal.Outcome.UNKNOWN), violations);
    }

    List<Slot> slots() {
        return clients.stream().flatMap(client -> client.slots().stream()).toList();
    }

    String output() throws IOException {
        return product.output();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        product.close();
        journal.close();
    }

    private void nextLife(Map<String, String> environment)
            throws IOException, InterruptedException {
        if (product.isAlive()) {
            product.kill();
        }
        JdbcClient before = PostgresBinaries.databaseOf(data);
        List<String> inWork =
                before.sql(
                                """
                                select v.document_id || ' ' || v.version from document_version v
                                join document d on d.id = v.document_id
                                where v.status not in ('ready', 'failed') and d.deleted_at is null
                                """)
                        .query(String.class)
                        .list();
        long started = System.nanoTime();
        if (product.restart(environment) && !inWork.isEmpty()) {
            watch(inWork, started);
        }
    }

    /// Notes when all of it has ended; not when the process dies before.
    private void watch(List<String> inWork, long started) throws IOException {
        JdbcClient db = PostgresBinaries.databaseOf(data);
        long pid = product.pid();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                while (product.isAlive() && product.pid() == pid) {
                                    if (ended(db, inWork)) {
                                        summary.resumed(
                                                Duration.ofNanos(System.nanoTime() - started));
                                        return;
                                    }
                                    Thread.sleep(100);
                                }
                            } catch (org.springframework.dao.DataAccessException _) {
                                return; // the next life has another database process
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private static boolean ended(JdbcClient db, List<String> inWork) {
        return db.sql(
                                """
                                select count(*) from document_version v join document d on d.id = v.document_id
                                where v.status not in ('ready', 'failed') and d.deleted_at is null
                                  and v.document_id || ' ' || v.version in (:ids)
                                """)
                        .param("ids", inWork)
                        .query(Long.class)
                        .single()
                == 0;
    }

    private void live(Duration time, int things) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        List<Thread> threads =
                clients.stream()
                        .map(client -> Thread.ofPlatform().start(() -> work(client, until, things)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void work(Workload client, long until, int things) {
        try {
            client.run(() -> product.isAlive() && System.nanoTime() < until, things);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The points in an order of their own.
    static List<Failpoint> shuffled(Random random) {
        List<Failpoint> points = new ArrayList<>(Stream.of(Failpoint.values()).toList());
        java.util.Collections.shuffle(points, random);
        return points;
    }
}
