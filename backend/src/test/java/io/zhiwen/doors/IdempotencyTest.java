package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IdempotencyTest extends House {

    private static final String BASES = "/api/v1/knowledge-bases";

    @Test
    void aRequestSentThreeTimesAtOnceIsDoneOnceAndAnsweredThreeTimes() throws Exception {
        var full = service(fullKey).named(UUID.randomUUID().toString());
        var replies = threeTimes(() -> full.post(BASES, "{\"name\": \"thrice\"}"));

        assertThat(replies).extracting(Visitor.Reply::status).containsOnly(201);
        assertThat(replies).extracting(Visitor.Reply::body).containsOnly(replies.getFirst().body());
        assertThat(replies)
                .extracting(reply -> reply.header("Location"))
                .containsOnly(BASES + "/" + replies.getFirst().json().get("id").asString());
        assertThat(replies)
                .extracting(reply -> reply.header("Idempotency-Replayed"))
                .containsExactlyInAnyOrder("", "true", "true");
        assertThat(count("select count(*) from knowledge_base where name = 'thrice'")).isEqualTo(1);
        assertThat(
                        count(
                                """
                                select count(*) from audit_event
                                where action = 'base.create' and detail ->> 'name' = 'thrice'
                                """))
                .isEqualTo(1);
    }

    @Test
    void aNewVersionSentThreeTimesIsOneVersionWithOneJobAndOneAuditRow() throws Exception {
        var full = service(fullKey);
        var id =
                full.upload("POST", BASES + "/" + baseA + "/documents", "v.txt", bytes("one"))
                        .json()
                        .get("id")
                        .asString();
        var named = full.named(UUID.randomUUID().toString());
        var replies =
                threeTimes(
                        () ->
                                named.upload(
                                        "PUT", "/api/v1/documents/" + id, "v.txt", bytes("two")));

        assertThat(replies).extracting(Visitor.Reply::status).containsOnly(202);
        assertThat(
                        count(
                                "select count(*) from document_version where document_id = '%s'"
                                        .formatted(id)))
                .isEqualTo(2);
        assertThat(
                        count(
                                """
                                select count(*) from audit_event
                                where action = 'document.replace' and object = 'document:%s'
                                """
                                        .formatted(id)))
                .isEqualTo(1);
    }

    @Test
    void theSecondDeletionUnderItsKeyIsToldLikeTheFirst() throws Exception {
        var full = service(fullKey);
        var base = full.post(BASES, "{\"name\": \"short-lived\"}").json().get("id").asString();
        var named = full.named(UUID.randomUUID().toString());
        for (var reply : threeTimes(() -> named.send("DELETE", BASES + "/" + base, "", ""))) {
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.body()).isEmpty();
        }
        assertThat(
                        count(
                                """
                                select count(*) from audit_event
                                where action = 'base.delete' and object = 'base:%s'
                                """
                                        .formatted(base)))
                .isEqualTo(1);
    }

    @Test
    void aQuestionSentThreeTimesAtOnceStandsInItsChatOnce() throws Exception {
        awaitReady(documentA);
        var ask =
                "{\"question\": \"How many days of annual leave?\", \"conversation_id\": \"%s\"%s}";
        var first = service(fullKey).named(UUID.randomUUID().toString());
        var begun = threeTimes(() -> first.post("/api/v1/ask", ask.formatted("new", "")));
        assertThat(begun).extracting(Visitor.Reply::status).containsOnly(200);
        assertThat(begun).extracting(Visitor.Reply::body).containsOnly(begun.getFirst().body());
        assertThat(begun)
                .extracting(reply -> reply.header("Idempotency-Replayed"))
                .containsExactlyInAnyOrder("", "true", "true");
        var chat = begun.getFirst().json().path("conversation_id").asString();
        assertThat(questions(chat)).isEqualTo(1);

        var next = service(fullKey).named(UUID.randomUUID().toString());
        var more = threeTimes(() -> next.post("/api/v1/ask", ask.formatted(chat, "")));
        assertThat(more).extracting(Visitor.Reply::body).containsOnly(more.getFirst().body());
        assertThat(questions(chat)).isEqualTo(2);
        assertThat(next.post("/api/v1/ask", ask.formatted("new", "")).status()).isEqualTo(409);

        var live = service(fullKey).named(UUID.randomUUID().toString());
        var streamed =
                threeTimes(
                        () -> live.post("/api/v1/ask", ask.formatted(chat, ", \"stream\": true")));
        assertThat(streamed).extracting(Visitor.Reply::status).containsOnly(200);
        assertThat(streamed)
                .extracting(reply -> reply.body().replaceFirst("(?s).*event:done", ""))
                .containsOnly(streamed.getFirst().body().replaceFirst("(?s).*event:done", ""));
        assertThat(streamed).allSatisfy(reply -> assertThat(reply.body()).contains("15", chat));
        assertThat(questions(chat)).isEqualTo(3);
    }

    @Test
    void aQuestionThatCannotBeAskedLeavesItsKeyFree() throws Exception {
        awaitReady(documentA);
        var name = UUID.randomUUID().toString();
        var key = service(fullKey).named(name);
        var nowhere = "{\"question\": \"Leave?\", \"conversation_id\": \"%s\"}";
        assertThat(key.post("/api/v1/ask", nowhere.formatted(UUID.randomUUID())).status())
                .isEqualTo(404);
        assertThat(key.post("/api/v1/ask", nowhere.formatted("new")).status()).isEqualTo(200);
        db.sql("update asked_once set created_at = now() - interval '25 hours' where key = :key")
                .param("key", name)
                .update();
        var later = key.post("/api/v1/ask", nowhere.formatted("new"));
        assertThat(later.header("Idempotency-Replayed")).isEmpty();
    }

    private long questions(String chat) {
        return count(
                "select count(*) from message where role = 'user' and conversation_id = '%s'"
                        .formatted(chat));
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
        var full = service(fullKey).named(UUID.randomUUID().toString());
        assertThat(full.post(BASES, "{\"name\": \"a\"}").status()).isEqualTo(201);
        var other = full.post(BASES, "{\"name\": \"b\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asString()).isEqualTo("idempotency-key-reused");
        assertThat(
                        full.upload("POST", BASES + "/" + baseA + "/documents", "a.txt", bytes("a"))
                                .status())
                .isEqualTo(409);
        assertThat(service(fullKey).named("two words").post(BASES, "{\"name\": \"c\"}").status())
                .isEqualTo(400);
    }

    @Test
    void theSameKeyOfAnotherServiceIsAnotherOne() throws Exception {
        var name = UUID.randomUUID().toString();
        var other = keys.create(root, "other", true, List.of()).secret();
        var one = service(fullKey).named(name).post(BASES, "{\"name\": \"mine\"}");
        var two = service(other).named(name).post(BASES, "{\"name\": \"mine\"}");
        assertThat(one.json().get("id").asString()).isNotEqualTo(two.json().get("id").asString());
    }

    @Test
    void whatFailedChangedNothingAndCanBeTriedAgainUnderItsKey() throws Exception {
        var name = UUID.randomUUID().toString();
        var limited = service(limitedKey).named(name);
        var refused = limited.post(BASES, "{\"name\": \"never\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(limited.post(BASES, "{\"name\": \"other\"}").status()).isEqualTo(403);
        assertThat(
                        count(
                                "select count(*) from idempotent_request where key = '%s'"
                                        .formatted(name)))
                .isZero();
        assertThat(limited.get(BASES).status()).isEqualTo(200);
        var big = new byte[300 * 1024];
        assertThat(
                        service(fullKey)
                                .named(name)
                                .upload("POST", BASES + "/" + baseA + "/documents", "b.txt", big)
                                .status())
                .isEqualTo(413);
    }

    @Test
    void aDayLaterTheKeyIsFreeAgain() throws Exception {
        var name = UUID.randomUUID().toString();
        var full = service(fullKey).named(name);
        assertThat(full.post(BASES, "{\"name\": \"day 1\"}").status()).isEqualTo(201);
        db.sql(
                        "update idempotent_request set created_at = now() - interval '1441 minutes' where key = :key")
                .param("key", name)
                .update();
        assertThat(full.post(BASES, "{\"name\": \"day 2\"}").status()).isEqualTo(201);
        db.sql("update idempotent_request set created_at = now() - interval '26 hours'").update();
        assertThat(service(fullKey).named("next").post(BASES, "{\"name\": \"day 3\"}").status())
                .isEqualTo(201);
        assertThat(count("select count(*) from idempotent_request")).isEqualTo(1);
    }

    private static List<Visitor.Reply> threeTimes(Callable<Visitor.Reply> request)
            throws Exception {
        List<Visitor.Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var reply : threads.invokeAll(List.of(request, request, request))) {
                replies.add(reply.get());
            }
        }
        return replies;
    }

    private long count(String sql) {
        return db.sql(sql).query(Long.class).single();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
