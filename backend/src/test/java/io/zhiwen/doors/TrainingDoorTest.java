package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From a thumb to a line that a model is trained with.
class TrainingDoorTest extends House {

    private static final Pattern ANSWER = Pattern.compile("\"answer\":\"([0-9a-f-]{36})\"");
    private static final String JSON = "application/json";
    private static final String TRAINING = "/api/v1/feedback/training";

    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private DocumentId zebras = DocumentId.random();
    private DocumentId okapis = DocumentId.random();

    @BeforeEach
    void keepAZoo() throws Exception {
        db.sql("delete from model_server").update();
        base = library.create(root, "Zoo " + UUID.randomUUID()).id();
        grants.give(root, base, new Grantee.Person(member.id()), BaseRole.READER);
        zebras =
                upload(
                        base,
                        "zebras.txt",
                        "The zebras of the zoo are fed at seven in the morning.");
        okapis =
                upload(base, "okapis.txt", "The okapis of the zoo are fed at nine in the morning.");
        awaitReady(zebras);
        awaitReady(okapis);
    }

    @AfterEach
    void closeTheZoo() {
        db.sql("delete from model_server").update();
        db.sql("delete from answer_feedback where :base = any(knowledge_base_ids)")
                .param("base", base.value())
                .update();
        library.delete(root, base);
    }

    @Test
    void aCorrectedAnswerBecomesAChosenSideAndAnApprovedAnswerByKeyAndByPage() throws Exception {
        try (var server =
                new ScriptedServer(
                        one -> one.stream().token("At seven, call 13800138000. [1]").finish())) {
            var full = service(fullKey);
            full.post(
                    "/api/v1/model-servers",
                    "{\"name\": \"zoo\", \"model\": \"keeper\", \"url\": \"%s\"}"
                            .formatted(server.url()));
            var question = "When are the zebras of the zoo fed?";
            var answer = ask(question);
            rate(answer, "{\"good\": false}");
            var id = feedback(answer);

            assertThat(lines(full.post(TRAINING, wanted("chat", "")))).isEmpty();
            var left = full.post(TRAINING + "/summary", wanted("chat", "")).json();
            assertThat(left.at("/left_out/bad").asInt()).isEqualTo(1);

            var corrected =
                    full.send(
                            "PUT",
                            "/api/v1/feedback/" + id + "/correction",
                            "{\"text\": \"At seven sharp. [1]\"}",
                            JSON);
            assertThat(corrected.json().get("revision").asString())
                    .isEqualTo("At seven sharp. [1]");
            assertThat(corrected.json().get("revised_by").asString()).isEqualTo("key:full");

            var pair = lines(full.post(TRAINING, wanted("preference", ""))).getFirst();
            assertThat(pair.get("chosen").asString()).isEqualTo("At seven sharp. [1]");
            assertThat(pair.get("rejected").asString()).isEqualTo("At seven, call <PHONE>. [1]");

            var chat = lines(full.post(TRAINING, wanted("chat", ""))).getFirst();
            assertThat(chat.at("/messages/0/content").asString()).contains("Answer only from");
            assertThat(chat.at("/messages/1/content").asString())
                    .contains("fed at seven in the morning", "<passage n=\"1\"")
                    .endsWith(question);
            assertThat(chat.at("/provenance/model").asString()).isEqualTo("keeper");
            assertThat(chat.at("/provenance/answer").asString()).isEqualTo(answer);
            var documents = chat.at("/provenance/documents");
            assertThat(documents).hasSize(2).allMatch(one -> one.get("version").asInt() == 1);
            assertThat(chat.toString()).doesNotContain("mei");

            var admin = signedIn("root");
            var page = "/admin/feedback/" + id;
            assertThat(admin.get(page).body()).contains("At seven sharp. [1]</textarea>");
            admin.form(page + "/correction", Map.of("text", "Seven. [1]"));
            assertThat(admin.get("/admin/feedback").body()).contains("Seven. [1]");

            var approved = admin.form(page + "/approve", Map.of());
            assertThat(approved.header("Location")).contains("/library/answers/");
            assertThat(ask(question)).isNotEmpty();
            assertThat(
                            full.get("/api/v1/knowledge-bases/" + base + "/approved-answers")
                                    .json()
                                    .at("/items/0/answer")
                                    .asString())
                    .isEqualTo("Seven. [1]");
            assertThat(full.post("/api/v1/feedback/" + id + "/approve", "{}").status())
                    .as("the same question twice")
                    .isEqualTo(409);
            assertThat(
                            db.sql("select count(*) from audit_event where object = :one")
                                    .param("one", "feedback:" + id)
                                    .query(Long.class)
                                    .single())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatIsChosenIsTakenAndWhatMayNotBeReadAnyMoreIsLeftOutAndCounted() throws Exception {
        var full = service(fullKey);
        var first = ask("When are the zebras of the zoo fed in the morning?");
        var second = ask("When are the okapis of the zoo fed in the morning?");
        rate(first, "{\"good\": true}");
        rate(second, "{\"good\": false, \"correction\": \"At nine, as ever.\"}");

        assertThat(lines(full.post(TRAINING, wanted("text", "")))).hasSize(2);
        assertThat(texts(full.post(TRAINING, wanted("text", ", \"ratings\": [\"corrected\"]"))))
                .containsExactly(
                        "<s>When are the okapis of the zoo fed in the morning?\n"
                                + "At nine, as ever.</s>");
        assertThat(lines(full.post(TRAINING, wanted("text", ", \"words\": \"ZEBRAS\""))))
                .hasSize(1);
        assertThat(
                        lines(
                                full.post(
                                        TRAINING,
                                        wanted(
                                                "text",
                                                ", \"feedback_ids\": [\"%s\"]"
                                                        .formatted(feedback(first))))))
                .hasSize(1);
        assertThat(
                        lines(
                                full.post(
                                        TRAINING,
                                        wanted("text", ", \"without_readers\": [\"user:mei\"]"))))
                .isEmpty();
        assertThat(
                        lines(
                                full.post(
                                        TRAINING,
                                        wanted("text", ", \"until\": \"2020-01-01T00:00:00Z\""))))
                .isEmpty();
        assertThat(full.post(TRAINING, wanted("poem", "")).json().get("code").asString())
                .isEqualTo("unknown-form");
        assertThat(service(limitedKey).post(TRAINING, wanted("text", "")).status()).isEqualTo(403);

        library.delete(root, cited(first));
        var summary = full.post(TRAINING + "/summary", wanted("text", "")).json();
        assertThat(summary.get("chosen").asInt()).isEqualTo(2);
        assertThat(summary.at("/left_out/document").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(texts(full.post(TRAINING, wanted("context", ""))))
                .noneMatch(line -> line.contains("fed at seven"));
    }

    @Test
    void aPageShowsWhatIsChosenAndTheFileHoldsItWithTheSummary() throws Exception {
        var answer = ask("When are the zebras of the zoo fed then?");
        rate(answer, "{\"good\": true}");
        var admin = signedIn("root");
        var page = admin.get("/admin/training?form=text&base=" + base + "&id=" + feedback(answer));
        assertThat(page.body())
                .contains("When are the zebras of the zoo fed then?", "checked")
                .contains("1 chosen answers come 1 lines");

        var files = new HashMap<String, String>();
        var path = "/admin/training/file?form=text&base=" + base;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(admin.bytes(path)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        assertThat(files).containsOnlyKeys("train.jsonl", "test.jsonl", "summary.json");
        assertThat(files.get("train.jsonl")).contains("<s>When are the zebras");
        assertThat(files.get("summary.json")).contains("\"lines\":1");
        assertThat(
                        db.sql(
                                        "select count(*) from audit_event where action ="
                                                + " 'feedback.export' and detail::text like :base")
                                .param("base", "%" + base + "%")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    private DocumentId cited(String answer) throws Exception {
        return new DocumentId(UUID.fromString(rated(answer).at("/documents/0/id").asString()));
    }

    private String ask(String question) throws Exception {
        var body = "{\"text\": \"%s\", \"bases\": [\"%s\"]}".formatted(question, base);
        var matcher = ANSWER.matcher(signedIn("mei").post("/app/conversations", body).body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private void rate(String answer, String verdict) throws Exception {
        var path = "/app/answers/" + answer + "/feedback";
        assertThat(signedIn("mei").send("PUT", path, verdict, JSON).status()).isEqualTo(204);
    }

    private String feedback(String answer) throws Exception {
        return rated(answer).get("id").asString();
    }

    private JsonNode rated(String answer) throws Exception {
        for (var one : service(fullKey).get("/api/v1/feedback?limit=100").json().get("items")) {
            if (one.get("answer_id").asString().equals(answer)) {
                return one;
            }
        }
        throw new AssertionError("not rated: " + answer);
    }

    private String wanted(String form, String more) {
        return "{\"form\": \"%s\", \"knowledge_base_ids\": [\"%s\"]%s}".formatted(form, base, more);
    }

    private static List<String> texts(Visitor.Reply reply) {
        return lines(reply).stream()
                .map(line -> line.path("text").asString(line.toString()))
                .toList();
    }

    private static List<JsonNode> lines(Visitor.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body().lines().map(JsonMapper.shared()::readTree).toList();
    }
}
