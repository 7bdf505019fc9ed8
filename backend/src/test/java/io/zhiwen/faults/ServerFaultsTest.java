package io.zhiwen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes, one database, and what happens between them.
class ServerFaultsTest {

    /// How many documents are in work when everything dies.
    private static final int IN_WORK = Integer.getInteger("zhiwen.faults.documents", 8);

    private static final int NODES = Integer.getInteger("zhiwen.faults.nodes", 2);

    private static final Duration ENOUGH = Duration.ofMinutes(3);

    /// How long a node whose database is back may take to be ready, on a machine with other work.
    private static final Duration READY_AGAIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(25);

    @TempDir Path folder;

    @Test
    void nodesSurviveTheirDatabaseTheirConnectionsAndEachOther() throws Exception {
        long seed = Seeds.next();
        List<SkewedClock> clocks = wrongClocks();
        try (Cluster cluster = Cluster.start(folder, NODES, number -> settings(number, clocks));
                Journal journal = new Journal(folder.resolve("journal.txt"))) {
            String base = cluster.rest(0).createBase("faults");
            Workload client = new Workload(cluster::anyReady, base, journal, new Random(seed));

            wrongClocksTakeNoWorkFromEachOther(cluster, client, base, clocks);
            aFrozenNodeLosesItsWorkAndCannotPublishIt(cluster, client);
            aBlackHoleBeforeTheDatabaseIsSaidAndEndsByItself(cluster, client);
            theDatabaseIsKilledUnderLoad(cluster, client);
            oneNodeAfterTheOtherIsRestartedUnderLoad(cluster, client);
            everythingIsKilledWithDocumentsInWork(cluster, client);

            client.settle();
            List<String> violations = counted(cluster, client, base);
            violations.addAll(client.surprises());
            if (!violations.isEmpty()) {
                System.out.println(cluster.errors());
            }
            assertThat(violations).as("seed %d", seed).isEmpty();
        }
    }

    /// F20: one node ten minutes behind, the next ten minutes ahead.
    private List<SkewedClock> wrongClocks() throws IOException {
        List<SkewedClock> clocks = new ArrayList<>();
        for (int i = 0; i < NODES && SkewedClock.isPossible(); i++) {
            clocks.add(SkewedClock.in(folder.resolve("clock" + i), i % 2 == 0 ? "-10m" : "+10m"));
        }
        return clocks;
    }

    private static Map<String, String> settings(int node, List<SkewedClock> clocks) {
        Map<String, String> settings = new HashMap<>(Map.of("ZHIWEN_INGEST_LEASE", "12s"));
        if (!clocks.isEmpty()) {
            settings.putAll(clocks.get(node).environment());
        }
        return settings;
    }

    /// F20: by their own clocks each would take the other for dead or its work for not yet due, and
    /// a key would end ten minutes too early or too late.
    private void wrongClocksTakeNoWorkFromEachOther(
            Cluster cluster, Workload client, String base, List<SkewedClock> clocks)
            throws Exception {
        String brief = cluster.node(0).newKey("brief");
        for (int i = 0; i < 4; i++) {
            client.upload();
        }
        if (!clocks.isEmpty()) {
            clocks.getLast().jump("-10m");
        }
        await("all work to end", ENOUGH, () -> inWork(cluster) == 0);
        assertThat(
                        cluster.database()
                                .client()
                                .sql(
                                        """
                                        select file_name from document_version
                                        where attempt <> 1 or status <> 'ready'
                                            or uploaded_at > now() or finished_at > now()
                                            or uploaded_at < now() - interval '5 minutes'
                                        """)
                                .query(String.class)
                                .list())
                .as("worked on twice, or at a wrong time")
                .isEmpty();
        expireIn(cluster, "5 minutes");
        for (int i = 0; i < cluster.size(); i++) {
            assertThat(accepts(cluster.node(i), brief, base)).as("node %d", i).isTrue();
        }
        expireIn(cluster, "1 s");
        Thread.sleep(2000);
        for (int i = 0; i < cluster.size(); i++) {
            assertThat(accepts(cluster.node(i), brief, base)).as("node %d", i).isFalse();
        }
    }

    private static void expireIn(Cluster cluster, String time) {
        cluster.database()
                .client()
                .sql(
                        "update api_key set expires_at = now() + cast(:time as interval) where name = 'brief'")
                .param("time", time)
                .update();
    }

    /// F4: frozen for longer than its lease; the other node finishes; then it goes on.
    private void aFrozenNodeLosesItsWorkAndCannotPublishIt(Cluster cluster, Workload client)
            throws Exception {
        for (int i = 0; i < 4; i++) {
            client.upload();
        }
        await("some work to begin", ENOUGH, () -> isBegun(cluster));
        cluster.node(0).signal("STOP");
        Instant frozen = Instant.now();
        await("the other node to finish", ENOUGH, () -> inWork(cluster) == 0);
        System.out.println("work of a frozen node done by the other after " + since(frozen));
        List<?> before = published(cluster);
        cluster.node(0).signal("CONT");
        Thread.sleep(3000);
        assertThat(published(cluster)).as("what the frozen node published").isEqualTo(before);
        await("node 0 to be ready", ENOUGH, () -> ready(cluster, 0));
    }

    /// F14, F21: a node that lost its database says so and needs nobody to come back.
    private void aBlackHoleBeforeTheDatabaseIsSaidAndEndsByItself(Cluster cluster, Workload client)
            throws Exception {
        cluster.proxy(0).weather(TcpProxy.Weather.BLACK_HOLE);
        Instant dark = Instant.now();
        try {
            cluster.rest(0).createBase("nobody");
            assertThat(false).as("a change without a database was acknowledged").isTrue();
        } catch (Rest.Unexpected e) {
            assertThat(e.status()).as(e.getMessage()).isEqualTo(503);
            assertThat(e.retryAfter()).isNotEmpty();
        }
        Duration refused = since(dark);
        assertThat(refused).isLessThan(Duration.ofSeconds(36));
        await(
                "node 0 to say that it is not ready",
                Duration.ofSeconds(40),
                () -> !ready(cluster, 0));
        assertThat(client.upload()).as("node 1 serves").isTrue();
        cluster.proxy(0).weather(TcpProxy.Weather.FAIR);
        cluster.proxy(0).resetAll();
        Instant light = Instant.now();
        await("node 0 to be ready again", Duration.ofSeconds(60), () -> ready(cluster, 0));
        System.out.println(
                "black hole: refused after " + refused + ", ready again after " + since(light));
        assertThat(since(light)).isLessThan(READY_AGAIN);
        cluster.rest(0).createBase("after the black hole");
    }

    /// F15.
    private void theDatabaseIsKilledUnderLoad(Cluster cluster, Workload client) throws Exception {
        long until = System.nanoTime() + 15_000_000_000L;
        Thread load = load(client, () -> System.nanoTime() < until, 12);
        Thread.sleep(1500);
        cluster.database().kill();
        await("node 0 not to be ready", READY_AGAIN, () -> !ready(cluster, 0));
        cluster.database().restart();
        Instant back = Instant.now();
        await("both nodes", Duration.ofSeconds(60), () -> ready(cluster, 0) && ready(cluster, 1));
        System.out.println("database killed and back: nodes ready after " + since(back));
        assertThat(since(back)).isLessThan(READY_AGAIN);
        load.join();
    }

    /// F22: whoever tries again gets what was asked for, and no node takes its time to go.
    private void oneNodeAfterTheOtherIsRestartedUnderLoad(Cluster cluster, Workload client)
            throws Exception {
        AtomicBoolean rolling = new AtomicBoolean(true);
        Thread load = load(client, rolling::get, 25);
        for (int i = 0; i < cluster.size(); i++) {
            Thread.sleep(1000);
            Instant asked = Instant.now();
            cluster.node(i).terminate();
            assertThat(cluster.node(i).awaitEnd(Duration.ofSeconds(60))).isTrue();
            System.out.println("node " + i + " ended after " + since(asked));
            assertThat(since(asked)).isLessThan(LONGEST_GOODBYE);
            cluster.node(i).restart();
        }
        rolling.set(false);
        load.join();
        client.settle();
    }

    /// F2.
    private void everythingIsKilledWithDocumentsInWork(Cluster cluster, Workload client)
            throws Exception {
        for (int i = 0; i < IN_WORK; i++) {
            client.upload();
        }
        int waiting = (int) inWork(cluster);
        for (int i = 0; i < cluster.size(); i++) {
            cluster.node(i).kill();
        }
        cluster.database().kill();
        cluster.database().restart();
        Instant back = Instant.now();
        cluster.restart();
        await("all work to end", Duration.ofMinutes(10), () -> inWork(cluster) == 0);
        System.out.println(
                "all killed with %d documents in work: done after %s"
                        .formatted(waiting, since(back)));
        assertThat(waiting).isPositive();
    }

    private static List<String> counted(Cluster cluster, Workload client, String base)
            throws IOException, InterruptedException {
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < cluster.size(); i++) {
            Invariants invariants =
                    new Invariants(
                            cluster.database().client(), cluster.rest(i), base, client.slots());
            invariants.check().vectors();
            Set<Long> live = invariants.liveChunks();
            cluster.node(i).close();
            invariants.index(cluster.data(i).resolve("index/lucene"), live);
            invariants.blobs(cluster.blobs());
            for (String violation : invariants.violations()) {
                violations.add("node " + i + ": " + violation);
            }
        }
        return violations;
    }

    private static boolean accepts(RunningProduct node, String key, String base)
            throws IOException, InterruptedException {
        try {
            new Rest(node, key).documents(base);
            return true;
        } catch (Rest.Unexpected e) {
            assertThat(e.status()).isEqualTo(401);
            return false;
        }
    }

    private static long inWork(Cluster cluster) {
        return cluster.database()
                .client()
                .sql(
                        "select count(*) from document_version where status not in ('ready', 'failed')")
                .query(Long.class)
                .single();
    }

    private static boolean isBegun(Cluster cluster) {
        return cluster.database()
                        .client()
                        .sql("select count(*) from document_version where status <> 'queued'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// Which attempt made what is live.
    private static List<?> published(Cluster cluster) {
        return cluster.database()
                .client()
                .sql(
                        """
                        select v.document_id, v.version, v.attempt, v.finished_at,
                            (select min(id) from chunk c where c.document_id = v.document_id
                                and c.version = v.version) as first,
                            (select count(*) from chunk c where c.document_id = v.document_id
                                and c.version = v.version) as chunks
                        from document_version v where v.status = 'ready' order by 1, 2
                        """)
                .query()
                .listOfRows();
    }

    private static Thread load(Workload client, BooleanSupplier goesOn, int things) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                client.run(goesOn, things);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private static boolean ready(Cluster cluster, int node) {
        try {
            return cluster.node(node).ready();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration since(Instant then) {
        return Duration.between(then, Instant.now());
    }

    private static void await(String what, Duration limit, BooleanSupplier is)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (!is.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(deadline);
            Thread.sleep(100);
        }
    }
}
