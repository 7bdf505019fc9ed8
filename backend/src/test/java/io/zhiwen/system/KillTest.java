package io.zhiwen.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Kills the real process in mid-ingest again and again, repairs nothing by hand, and counts.
class KillTest {

    private static final int KILLS = 5;
    private static final int FILES_A_ROUND = 4;
    private static final int PARAGRAPHS = 60;

    @TempDir Path folder;

    @Test
    void killedAtAnyMomentItLosesNothingRepeatsNothingAndNeedsNoRepair() throws Exception {
        long seed = Long.getLong("zhiwen.kill.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dzhiwen.kill.seed=" + seed + ")");
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Map<String, String> sent = new TreeMap<>();
        Map<String, String> acknowledged = new HashMap<>();
        int inWork = 0;

        try (RunningProduct product = RunningProduct.start(data, Map.of())) {
            Rest rest = new Rest(product, product.newKey("kill"));
            String base = rest.createBase("kill");
            for (int round = 0; round < KILLS; round++) {
                for (int i = 0; i < FILES_A_ROUND; i++) {
                    String name = "round%d-%d.txt".formatted(round, i);
                    sent.put(name, text(name));
                }
                Thread killer = killAfter(product, Duration.ofMillis(200 + random.nextInt(2500)));
                upload(rest, base, sent, acknowledged);
                killer.join();
                inWork += product(data).unfinished();
                product.restart();
            }
            upload(rest, base, sent, acknowledged);
            assertThat(acknowledged.keySet()).isEqualTo(sent.keySet());
            assertThat(inWork).as("documents in work when the process was killed").isPositive();

            var documents = rest.settled(base, Duration.ofMinutes(3));
            assertThat(documents)
                    .hasSize(sent.size())
                    .allSatisfy(d -> assertThat(d.get("status").asString()).isEqualTo("ready"))
                    .extracting(d -> d.get("id").asString())
                    .containsExactlyInAnyOrderElementsOf(acknowledged.values());

            Counts counts = product(data);
            assertThat(counts.db("select count(*) from document")).isEqualTo(sent.size());
            assertThat(counts.db("select count(*) from document_version")).isEqualTo(sent.size());
            long chunks = counts.db("select count(*) from chunk");
            assertThat(chunks)
                    .isGreaterThanOrEqualTo(sent.size())
                    .isEqualTo(counts.db("select sum(chunks) from document_version"))
                    .isEqualTo(
                            counts.db("select count(distinct (document_id, ordinal)) from chunk"))
                    .isEqualTo(counts.db("select count(*) from chunk_vector"))
                    .isEqualTo(
                            counts.db(
                                    """
                                    select sum(n) from (select max(ordinal) + 1 as n from chunk
                                        group by document_id) as each
                                    """));
            assertThat(
                            counts.db(
                                    "select count(*) from audit_event where action = 'document.upload'"))
                    .isEqualTo(sent.size());
            assertThat(counts.db("select count(*) from scheduled_tasks where task_name = 'ingest'"))
                    .isZero();
            sent.keySet().forEach(name -> counts.mustHoldEveryParagraph(name));
            String last = sent.keySet().stream().reduce((_, b) -> b).orElseThrow();
            assertThat(rest.search(base, marker(last, PARAGRAPHS - 1), 1).getFirst().toString())
                    .contains(last);

            product.close();
            try (LuceneIndex index = LuceneIndex.open(data.resolve("index/lucene"))) {
                assertThat((long) index.chunks()).isEqualTo(chunks);
            }
            BlobStore blobs = FolderBlobStore.open(data.resolve("blobs"));
            for (String text : sent.values()) {
                assertThat(Files.readString(blobs.local(hash(text)).path())).isEqualTo(text);
            }
            try (var left = Files.list(data.resolve("blobs/tmp"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    /// Sends whatever was not acknowledged yet, until all is or the process is dead.
    private static void upload(
            Rest rest, String base, Map<String, String> sent, Map<String, String> acknowledged)
            throws InterruptedException {
        try {
            for (var file : sent.entrySet()) {
                if (!acknowledged.containsKey(file.getKey())) {
                    byte[] bytes = file.getValue().getBytes(UTF_8);
                    acknowledged.put(file.getKey(), rest.upload(base, file.getKey(), bytes));
                }
            }
        } catch (IOException killed) {
            System.out.println("killed during an upload: " + killed);
        }
    }

    private static Thread killAfter(RunningProduct product, Duration delay) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                Thread.sleep(delay);
                                product.kill();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /// The same words in every file would be one file; the marker makes each paragraph its own.
    private static String text(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PARAGRAPHS; i++) {
            text.append(marker(name, i)).append(i % 2 == 0 ? CHINESE : ENGLISH).append("\n\n");
        }
        return text.toString();
    }

    private static String marker(String name, int paragraph) {
        return "K" + name.replaceAll("\\D", "") + "X" + paragraph + "Z ";
    }

    private static final String CHINESE = "设备每运行五百小时应当更换滤芯，更换前先切断电源并等待十分钟。".repeat(6);
    private static final String ENGLISH =
            "The filter is replaced after every five hundred hours of service. ".repeat(12);

    private static Sha256 hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    private static Counts product(Path data) throws IOException {
        DatabaseLogin login = PostgresServer.loginOf(data).orElseThrow();
        return new Counts(
                JdbcClient.create(
                        new DriverManagerDataSource(login.url(), login.user(), login.password())));
    }

    /// Looks into the product's own database, which a killed process leaves running.
    private record Counts(JdbcClient client) {

        long db(String sql) {
            return client.sql(sql).query(Long.class).single();
        }

        int unfinished() {
            return (int)
                    db(
                            "select count(*) from document_version where status not in ('ready', 'failed')");
        }

        void mustHoldEveryParagraph(String name) {
            List<String> texts =
                    client.sql(
                                    """
                                    select c.text from chunk c join document d on d.id = c.document_id
                                    where d.name = :name order by c.ordinal
                                    """)
                            .param("name", name)
                            .query(String.class)
                            .list();
            String all = String.join("\n", texts);
            for (int i = 0; i < PARAGRAPHS; i++) {
                assertThat(all).contains(marker(name, i).strip());
            }
        }
    }
}
