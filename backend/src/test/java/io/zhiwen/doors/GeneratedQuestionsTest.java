package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A scripted model reads the passages of a base of this test alone.
class GeneratedQuestionsTest extends House {

    private static final String JSON = "application/json";
    private static final String LIMITS =
            "{\"tokens_per_day\": 100000, \"tokens_per_document\": 50000}";
    private static final String WORDED_OTHERWISE = "zorblax stipend for wifi";

    @Autowired KeywordIndex words;

    private KnowledgeBaseId base;
    private DocumentId document;
    private ScriptedServer model;
    private UUID registered;

    @BeforeEach
    void aBaseWithAModelOfItsOwn() throws Exception {
        model = new ScriptedServer(GeneratedQuestionsTest::reads);
        base = library.create(root, "Mobility " + UUID.randomUUID()).id();
        document =
                upload(base, "perks.txt", "Remote colleagues receive forty euros for broadband.");
        awaitReady(document);
        registered =
                UUID.fromString(
                        service(fullKey)
                                .post(
                                        "/api/v1/model-servers",
                                        "{\"name\": \"reader %s\", \"url\": \"%s\", \"slots\": 1}"
                                                .formatted(UUID.randomUUID(), model.url()))
                                .json()
                                .get("id")
                                .asString());
        service(fullKey)
                .send(
                        "PUT",
                        "/api/v1/knowledge-bases/" + base + "/model-server",
                        "{\"model_server_id\": \"" + registered + "\"}",
                        JSON);
    }

    @AfterEach
    void takeItBack() throws IOException {
        library.delete(root, base);
        db.sql("delete from model_server where id = :id").param("id", registered).update();
        model.close();
    }

    private static void reads(ScriptedServer.Connection one) throws IOException {
        one.stream()
                .token("1. Is there a zorblax stipend for wifi?\n\u202EHow much is it?\nMoney.")
                .finish();
    }

    @Test
    void aQuestionWordedAsTheGeneratedOneFindsThePassageAndIsNowhereASource() throws Exception {
        assertThat(found()).isEmpty();
        assertThat(turnedOn()).isEqualTo("complete");
        awaitIndex();
        assertThat(found()).hasSize(1);

        var key = service(fullKey);
        var searched =
                key.post(
                        "/api/v1/search",
                        "{\"query\": \"broadband stipend for wifi\", \"knowledge_base_ids\": [\"%s\"]}"
                                .formatted(base));
        assertThat(searched.body()).contains("forty euros").doesNotContain("zorblax");
        assertThat(key.get("/api/v1/documents/" + document + "/passages").body())
                .contains("forty euros")
                .doesNotContain("zorblax");
        model.play(one -> one.stream().token("Forty euros [1].").finish());
        int before = model.requests.size();
        var answered =
                signedIn("root")
                        .post(
                                "/app/conversations",
                                "{\"text\": \"How much do remote colleagues receive for broadband?\", \"bases\": [\"%s\"]}"
                                        .formatted(base));
        assertThat(answered.body()).doesNotContain("zorblax");
        assertThat(model.requests.subList(before, model.requests.size()))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.body()).doesNotContain("zorblax"));

        var page = signedIn("root").get("/library/documents/" + document + "/passages").body();
        assertThat(page)
                .contains("Generated", "Is there a zorblax stipend for wifi?\nHow much is it?")
                .doesNotContain("\u202E");
    }

    @Test
    void aPassageThatSaysTheSameKeepsItsQuestionsAndOneThatChangedHasNewOnes() throws Exception {
        assertThat(turnedOn()).isEqualTo("complete");
        int read = model.requests.size();
        replace("Remote colleagues receive forty euros for broadband.\n");
        assertThat(turnedOn()).isEqualTo("complete");
        assertThat(model.requests).hasSize(read);
        awaitIndex();
        assertThat(found()).hasSize(1);

        model.play(one -> one.stream().token("Who pays the quuxly?").finish());
        replace("Remote colleagues pay for broadband themselves.");
        assertThat(turnedOn()).isEqualTo("complete");
        awaitIndex();
        assertThat(model.requests).hasSize(read + 1);
        assertThat(found()).isEmpty();
        assertThat(found("quuxly")).hasSize(1);

        assertThat(service(fullKey).send("DELETE", path(), "", JSON).status()).isEqualTo(204);
        awaitIndex();
        assertThat(found("quuxly")).isEmpty();
        assertThat(state()).isEqualTo("off");
    }

    @Test
    void nothingIsSpentBeyondTheDayAndItGoesOnTheNext() throws Exception {
        spent(99_900);
        assertThat(turnedOn()).isEqualTo("day-used-up");
        assertThat(model.requests).isEmpty();
        db.sql("update passage_question_work set day = day - 1 where knowledge_base_id = :base")
                .param("base", base.value())
                .update();
        assertThat(turnedOn()).isEqualTo("complete");
    }

    @Test
    void aModelThatFailsIsLeftAloneAndAskedAgainLater() throws Exception {
        model.play(one -> one.head("503 Down", "text/plain").raw("loading"));
        assertThat(turnedOn()).isEqualTo("failed");
        model.play(GeneratedQuestionsTest::reads);
        db.sql(
                        """
                        update passage_question_work set failed_at = now() - interval '6 minutes'
                        where knowledge_base_id = :base
                        """)
                .param("base", base.value())
                .update();
        assertThat(turnedOn()).isEqualTo("complete");
    }

    @Test
    void whoeverAsksGoesFirst() throws Exception {
        var begun = new CountDownLatch(1);
        model.play(
                one -> {
                    if (isOfAPassage(model.requests.getLast())) {
                        one.stream();
                        begun.countDown();
                        one.awaitHangUp();
                    } else {
                        one.stream().token("They receive forty euros [1].").finish();
                    }
                });
        assertThat(service(fullKey).send("PUT", path(), LIMITS, JSON).status()).isEqualTo(200);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        var answered =
                service(fullKey)
                        .post(
                                "/api/v1/ask",
                                "{\"question\": \"How much do remote colleagues receive for broadband?\", \"knowledge_base_ids\": [\"%s\"]}"
                                        .formatted(base));
        assertThat(answered.json().get("engine").asString()).isEqualTo("llm");
        assertThat(answered.body()).contains("They receive forty euros");
        assertThat(state()).isEqualTo("working");
        model.play(GeneratedQuestionsTest::reads);
        assertThat(turnedOn()).isEqualTo("complete");
    }

    private static boolean isOfAPassage(ScriptedServer.Request request) {
        return request.body().contains("Below is a passage of a document");
    }

    @Test
    void aManagerTurnsItOnAndOffOnItsPage() throws Exception {
        var admin = signedIn("root").withToken();
        String page = "/library/" + base + "/generated";
        assertThat(admin.get(page).body()).contains("Off. No model reads");
        admin.form(page, Map.of("perDay", "1", "perDocument", "1"));
        assertThat(admin.get(page).body()).contains("must be from 2,000");
        admin.form(page, Map.of("perDay", "50000", "perDocument", "20000"));
        assertThat(settled()).isEqualTo("complete");
        assertThat(admin.get(page).body()).contains("Done: 1 of 1 passages");
        admin.form(page + "/off", Map.of());
        assertThat(state()).isEqualTo("off");
    }

    private void spent(int tokens) {
        db.sql(
                        """
                        insert into passage_question_work (knowledge_base_id, day, spent)
                        values (:base, (now() at time zone 'UTC')::date, :spent)
                        """)
                .param("base", base.value())
                .param("spent", tokens)
                .update();
    }

    private void replace(String text) throws Exception {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        library.replace(root, document, "perks.txt", bytes);
        int version = library.document(access.everythingFor(root), document).get().version();
        for (int i = 0; i < 2400 && liveVersion() != version; i++) {
            Thread.sleep(25);
        }
        assertThat(liveVersion()).isEqualTo(version);
    }

    private int liveVersion() {
        return db.sql("select live_version from document where id = :id")
                .param("id", document.value())
                .query(Integer.class)
                .single();
    }

    private String path() {
        return "/api/v1/knowledge-bases/" + base + "/generated-questions";
    }

    private String turnedOn() throws Exception {
        assertThat(service(fullKey).send("PUT", path(), LIMITS, JSON).status()).isEqualTo(200);
        return settled();
    }

    private String settled() throws Exception {
        String state = state();
        for (int i = 0; i < 2400 && state.equals("working"); i++) {
            Thread.sleep(25);
            state = state();
        }
        return state;
    }

    private String state() throws Exception {
        return service(fullKey).get(path()).json().get("state").asString();
    }

    private List<ScoredChunk> found() {
        return found(WORDED_OTHERWISE);
    }

    private List<ScoredChunk> found(String query) {
        var scope = access.chosenBy(root, List.of(base));
        return words.search(query, scope.reach(), 10).chunks();
    }
}
