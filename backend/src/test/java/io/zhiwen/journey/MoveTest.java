package io.zhiwen.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A backup is good when the restored product answers as the first one did, also where the first
/// ran on the embedded database and the other runs on a server.
class MoveTest {

    private static final Map<String, String> ADMIN =
            Map.of("ZHIWEN_ADMIN_USER", "root", "ZHIWEN_ADMIN_PASSWORD", "correct-horse-9");

    private static final Map<String, String> TEXTS =
            Map.of(
                    "报销.txt", "差旅报销须在返程后三十日内提交。住宿标准为每晚四百元。\n\n超标部分由个人承担。",
                    "年假.txt", "员工入职满一年后享有年假五天。满十年者享有年假十天。\n\n年假须提前三天申请。",
                    "vpn.txt",
                            "The VPN gateway is vpn-7.example.org. Its certificate expires in March.",
                    "kitchen.txt",
                            "The dishwasher in the kitchen is started by whoever fills it last.");

    private static final List<String> QUESTIONS =
            List.of(
                    "住宿标准是多少？",
                    "年假有几天？",
                    "差旅报销什么时候提交？",
                    "Which host is the VPN gateway?",
                    "Who starts the dishwasher?",
                    "What is the capital of Peru?");

    @TempDir Path folder;

    @Test
    void aRestoreIntoAnEmptyServerAnswersTheSameWithTheSameCitations() throws Exception {
        Path export = folder.resolve("all.zip");
        String key;
        String base;
        String document;
        List<String> before;
        try (var product = RunningProduct.start(folder.resolve("one"), ADMIN)) {
            key = product.newKey("test");
            var rest = new Rest(product, key);
            base = rest.createBase("手册 Handbook");
            document = "";
            for (var text : TEXTS.entrySet()) {
                document = rest.upload(base, text.getKey(), text.getValue().getBytes(UTF_8));
            }
            assertThat(rest.settled(base, Duration.ofSeconds(120))).hasSize(4);
            awaitIndexed(rest, base);
            before = answers(rest, base);
            assertThat(before).anySatisfy(answer -> assertThat(answer).contains("四百元"));
            assertThat(product.console("TransferCommand", "export", export.toString())).isZero();
        }
        Path data = folder.resolve("two");
        DataSource database = TestPostgres.fresh();
        Map<String, String> server =
                Map.of("ZHIWEN_DB_URL", TestPostgres.urlOf(database), "ZHIWEN_DB_USER", "postgres");
        assertThat(
                        RunningProduct.console(
                                data, server, "TransferCommand", "import", export.toString()))
                .isZero();
        try (var product = RunningProduct.start(data, server)) {
            var rest = new Rest(product, key);
            assertThat(rest.settled(base, Duration.ofSeconds(120))).hasSize(4);
            awaitIndexed(rest, base);
            assertThat(answers(rest, base)).isEqualTo(before);
            vectorsAreWhereThisServerSearchesThem(JdbcClient.create(database));
            JsonNode moved = rest.document(document);
            assertThat(new String(rest.original(document), UTF_8))
                    .isEqualTo(TEXTS.get(moved.get("name").asString()));
            assertThat(product.console("TransferCommand", "import", export.toString())).isZero();
        }
        assertThat(Files.list(folder).map(path -> path.getFileName().toString()))
                .noneMatch(name -> name.endsWith(".part"));
    }

    private static void vectorsAreWhereThisServerSearchesThem(JdbcClient db) {
        boolean pgvector =
                db.sql("select exists (select from pg_extension where extname = 'vector')")
                        .query(Boolean.class)
                        .single();
        assertThat(pgvector || !"true".equals(System.getenv("CI"))).isTrue();
        if (pgvector) {
            assertThat(db.sql("select chunk_id, space_id from chunk_halfvec").query().listOfRows())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            db.sql("select chunk_id, space_id from chunk_vector")
                                    .query()
                                    .listOfRows());
        }
    }

    /// The index follows a moment after a document is ready.
    private static void awaitIndexed(Rest rest, String base)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        for (var text : TEXTS.entrySet()) {
            while (rest.search(base, text.getValue(), 10).stream()
                    .noneMatch(found -> found.toString().contains(text.getKey()))) {
                assertThat(Instant.now()).as("waiting for %s", text.getKey()).isBefore(deadline);
                Thread.sleep(100);
            }
        }
    }

    /// What it says and what it cites.
    private static List<String> answers(Rest rest, String base)
            throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            JsonNode reply = rest.ask(base, question);
            answers.add(reply.get("answer").asString() + "\n" + reply.get("citations"));
        }
        return answers;
    }
}
