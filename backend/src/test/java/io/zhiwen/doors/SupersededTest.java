package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.LifeWish;
import io.zhiwen.library.Lives;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// Rules that answer a question better than the rules that supersede them.
class SupersededTest extends House {

    private static final String QUESTION = "How are the lockers of the sauna opened?";
    private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

    @Autowired Lives lives;
    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private DocumentId older = DocumentId.random();
    private DocumentId newer = DocumentId.random();

    @BeforeEach
    void supersede() throws Exception {
        base = library.create(root, "Sauna").id();
        grants.grant(root, member.id(), base);
        older = upload(base, "sauna-2024.txt", "The lockers of the sauna are opened with a coin.");
        newer =
                upload(
                        base,
                        "sauna-2026.txt",
                        "Lockers of the sauna take a card. Its showers are free.");
        awaitReady(older);
        awaitReady(newer);
        assertThat(name(search(service(fullKey)).path(0))).isEqualTo("sauna-2024.txt");
        lives.set(
                root,
                older,
                new LifeWish("sauna-2024.txt", true, null, LAST_DAY, "sauna-2026.txt", null));
    }

    @AfterEach
    void delete() {
        library.delete(root, base);
    }

    @Test
    void theNewOneComesFirstAndEveryDoorSaysWhatTookThePlaceOfTheOldOne() throws Exception {
        var found = search(service(fullKey));
        assertThat(name(found.path(0))).isEqualTo("sauna-2026.txt");
        assertThat(found.path(0).path("superseded_by").isNull()).isTrue();
        saysSo(found.path(1));

        var asked = service(fullKey).post("/api/v1/ask", question("\"trace\":true")).json();
        saysSo(cited(asked.path("citations")));
        assertThat(asked.path("trace").path("succeeded").size()).isEqualTo(1);
        var told = service(fullKey).post("/api/v1/ask", question("\"stream\":true")).body();
        assertThat(told.split("\"superseded_by\":\\{", -1).length).isGreaterThan(2);
        var completion =
                """
                {"model":"%s","messages":[{"role":"user","content":"%s"}]}"""
                        .formatted(base, QUESTION);
        saysSo(
                cited(
                        service(fullKey)
                                .post("/v1/chat/completions", completion)
                                .json()
                                .path("zhiwen")
                                .path("citations")));
        inRecordsOfDify();
        onPages();
    }

    private void inRecordsOfDify() throws Exception {
        var wanted = "{\"knowledge_id\":\"%s\",\"query\":\"%s\"}".formatted(base, QUESTION);
        var records = service(fullKey).post("/api/dify/retrieval", wanted).json().path("records");
        var metadata = records.path(1).path("metadata");
        assertThat(metadata.path("superseded_by_name").asString()).isEqualTo("sauna-2026.txt");
        assertThat(metadata.path("valid_until").asString()).isEqualTo(LAST_DAY.toString());
    }

    private void onPages() throws Exception {
        var page = Jsoup.parse(signedIn("mei").get("/search?q=lockers+sauna&base=" + base).body());
        assertThat(page.select("[data-testid=found-note]").text())
                .contains("sauna-2026.txt")
                .contains("2099");
        var test =
                signedIn("root")
                        .get(
                                "/admin/evaluation/test?question=lockers+of+the+sauna+opened&base="
                                        + base);
        assertThat(Jsoup.parse(test.body()).select("[data-testid=succeeds]").text())
                .contains("sauna-2024.txt");
    }

    @Test
    void whoMayNotReadTheNewOneFindsTheOldOneAsIfItStoodAlone() throws Exception {
        close(newer);
        var wish = new KeyWish("desk", false, Set.of(base), KeyScope.USUAL, true, null);
        var mei = service(keys.create(root, wish).secret()).onBehalfOf("mei");
        var found = search(mei);
        assertThat(found.size()).isEqualTo(1);
        assertThat(found.path(0).path("superseded_by").isNull()).isTrue();
        assertThat(found.path(0).path("valid_until").asString()).isEqualTo(LAST_DAY.toString());
        assertThat(mei.post("/api/v1/ask", question("\"trace\":true")).body())
                .contains("sauna-2024.txt")
                .doesNotContain("sauna-2026");
        assertThat(signedIn("mei").get("/search?q=lockers+sauna&base=" + base).body())
                .contains("sauna-2024.txt")
                .doesNotContain("sauna-2026");
    }

    private static void saysSo(JsonNode passage) {
        assertThat(name(passage)).isEqualTo("sauna-2024.txt");
        assertThat(passage.path("superseded_by").path("name").asString())
                .isEqualTo("sauna-2026.txt");
        assertThat(passage.path("valid_until").asString()).isEqualTo(LAST_DAY.toString());
        assertThat(passage.path("validity").asString()).isEqualTo("in-force");
    }

    private static JsonNode cited(JsonNode citations) {
        return citations
                .valueStream()
                .filter(one -> name(one).equals("sauna-2024.txt"))
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode passage) {
        return passage.path("document").path("name").asString();
    }

    private String question(String more) {
        return "{\"question\":\"%s\",\"knowledge_base_ids\":[\"%s\"],%s}"
                .formatted(QUESTION, base, more);
    }

    private JsonNode search(Visitor visitor) throws Exception {
        return visitor.post(
                        "/api/v1/search",
                        "{\"query\":\"%s\",\"knowledge_base_ids\":[\"%s\"]}"
                                .formatted(QUESTION, base))
                .json()
                .path("items");
    }

    private void close(DocumentId document) {
        long place =
                db.sql(
                                """
                                insert into acl (knowledge_base_id, parent_id, closed)
                                values (:base, null, true) returning id
                                """)
                        .param("base", base.value())
                        .query(Long.class)
                        .single();
        db.sql("update document set own_acl_id = :acl, acl_id = :acl where id = :id")
                .params(Map.of("acl", place, "id", document.value()))
                .update();
    }
}
