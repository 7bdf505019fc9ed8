package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A base that holds back what others than its managers bring, and what holds bank cards.
class QuarantineDoorTest extends House {

    private static final String CARD =
            "The minibar is paid with the card 6222 0212 3456 7894 of the house.";

    private KnowledgeBaseId base = KnowledgeBaseId.random();

    @BeforeEach
    void openBase() throws Exception {
        base = library.create(root, "Reviewed").id();
        grants.grant(root, member.id(), base);
        grants.give(root, base, new Grantee.Person(editor.id()), BaseRole.EDITOR);
        grants.give(root, base, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        var told =
                service(fullKey)
                        .send(
                                "PUT",
                                "/api/v1/knowledge-bases/" + base + "/quarantine",
                                "{\"holds\":[\"unmanaged\",\"sensitive-data\"]}",
                                "application/json");
        assertThat(told.json().path("holds").toString())
                .isEqualTo("[\"sensitive-data\",\"unmanaged\"]");
    }

    @AfterEach
    void delete() {
        library.delete(root, base);
    }

    @Test
    void programsListReleaseAndRejectAndSearchFindsItOnlyThen() throws Exception {
        var document = upload(base, "minibar.txt", CARD);
        assertThat(settled(document)).isEqualTo("held");
        assertThat(search("minibar paid")).isEmpty();
        assertThat(status(document).path("status").asString()).isEqualTo("held");

        var waiting = waiting().path(0);
        assertThat(waiting.path("document_id").asString()).isEqualTo(document.toString());
        var reason = waiting.path("reasons").path(0);
        assertThat(reason.path("doubt").asString()).isEqualTo("sensitive-data");
        assertThat(reason.path("finding").path("kind").asString()).isEqualTo("bank-cards");
        assertThat(reason.path("excerpts").path(0).path("text").asString())
                .contains("minibar")
                .doesNotContain("3456");

        assertThat(decide("release", document, 2)).isZero();
        assertThat(decide("release", document, 1)).isOne();
        assertThat(settled(document)).isEqualTo("ready");
        assertThat(follower.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        assertThat(search("minibar paid")).hasSize(1);
        assertThat(waiting()).isEmpty();

        quarantine(document);
        assertThat(search("minibar paid")).isEmpty();
        assertThat(decide("reject", document, 1)).isOne();
        var rejected = status(document);
        assertThat(rejected.path("status").asString()).isEqualTo("failed");
        assertThat(rejected.path("reason_code").asString()).isEqualTo("rejected");
        assertThat(rejected.path("reason").asString()).contains("Not here.");
        var timeline = service(fullKey).get("/api/v1/documents/" + document + "/timeline").json();
        var holds = timeline.path("items").path(0).path("holds");
        assertThat(holds.path(0).path("decision").asString()).isEqualTo("released");
        assertThat(holds.path(1).path("decision").asString()).isEqualTo("rejected");
        assertThat(holds.path(1).path("note").asString()).isEqualTo("Not here.");
    }

    @Test
    void onPagesAManagerDecidesAnEditorWaitsAndAReaderNoticesNothing() throws Exception {
        var document = asEditor("breakfast.txt", "Breakfast in the pavilion is at seven.");
        assertThat(settled(document)).isEqualTo("held");
        var path = "/library/documents/" + document;

        var reader = signedIn("mei");
        assertThat(reader.get(path).status()).isEqualTo(404);
        assertThat(reader.get("/files/" + document + "/1").status()).isEqualTo(404);
        assertThat(reader.get("/library/" + base).body()).doesNotContain("breakfast.txt");
        assertThat(reader.get("/quarantine").status()).isEqualTo(403);

        var editors = signedIn("ed");
        assertThat(page(editors, path).select("[data-testid=document-held]").text())
                .contains("until somebody who manages");
        assertThat(page(editors, path).select("[data-testid=document-release]")).isEmpty();
        var act = Map.of("act", "release", "version", document + ":1");
        assertThat(editors.form("/quarantine", act).status()).isEqualTo(403);

        var managers = signedIn("mana");
        assertThat(page(managers, "/library/" + base).select("[data-testid=base-held]").text())
                .isEqualTo("1 document waits for your decision");
        var list = page(managers, "/quarantine?base=" + base);
        assertThat(list.select("[data-testid=held-reason]").text())
                .contains("Not brought by a manager");
        assertThat(list.select("[data-testid=held-preview]").text()).contains("pavilion");
        assertThat(list.select("[data-testid=held-tick]").val()).isEqualTo(document + ":1");
        assertThat(managers.form("/quarantine", act).status()).isEqualTo(302);

        assertThat(settled(document)).isEqualTo("ready");
        assertThat(reader.get(path).status()).isEqualTo(200);
        assertThat(page(managers, path).select("[data-testid=timeline-hold]").text())
                .contains("Released by mana");
    }

    @Test
    void anEditorPullsADocumentAndOnlyAManagerPutsItBack() throws Exception {
        var document = upload(base, "pool.txt", "The pool is open in summer.");
        assertThat(settled(document)).isEqualTo("ready");
        var path = "/library/documents/" + document;
        var editors = signedIn("ed");
        assertThat(page(editors, path).select("[data-testid=document-quarantine]")).isNotEmpty();

        editors.form(path + "/quarantine", Map.of("note", "It is closed."));

        assertThat(signedIn("mei").get(path).status()).isEqualTo(404);
        assertThat(search("pool summer")).isEmpty();
        var held = page(signedIn("mana"), path);
        assertThat(held.select("[data-testid=document-held]").text())
                .contains("by ed")
                .contains("It is closed.");
        signedIn("mana")
                .form(
                        "/quarantine",
                        Map.of("act", "release", "version", document + ":1", "back", "document"));
        assertThat(signedIn("mei").get(path).status()).isEqualTo(200);

        var bulk = Map.of("act", "quarantine", "document", document.toString());
        assertThat(editors.form("/library/" + base + "/documents", bulk).status()).isEqualTo(302);
        assertThat(settled(document)).isEqualTo("held");
    }

    @Test
    void theFormOfABaseSaysWhatItHoldsBack() throws Exception {
        var managers = signedIn("mana");
        var path = "/library/" + base + "/quarantine";
        assertThat(page(managers, path).select("input[checked]").eachAttr("value"))
                .containsExactly("sensitive-data", "unmanaged");

        managers.form(path, Map.of("holds", "near-duplicate"));

        assertThat(page(managers, path).select("input[checked]").eachAttr("value"))
                .containsExactly("near-duplicate");
    }

    private static Document page(Visitor who, String path) throws Exception {
        return Jsoup.parse(who.get(path).body());
    }

    private DocumentId asEditor(String name, String text) throws Exception {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return library.upload(editor, base, name, bytes).id();
    }

    private List<JsonNode> search(String words) throws Exception {
        var body = "{\"query\":\"%s\",\"knowledge_base_ids\":[\"%s\"]}".formatted(words, base);
        var found = service(fullKey).post("/api/v1/search", body);
        assertThat(found.status()).isEqualTo(200);
        return List.copyOf(found.json().path("items").values());
    }

    private JsonNode waiting() throws Exception {
        return service(fullKey)
                .get("/api/v1/held-documents?knowledge_base_id=" + base)
                .json()
                .path("items");
    }

    private JsonNode status(DocumentId document) throws Exception {
        return service(fullKey).get("/api/v1/documents/" + document).json();
    }

    private int decide(String how, DocumentId document, int version) throws Exception {
        var body =
                "{\"items\":[{\"document_id\":\"%s\",\"version\":%d}]%s}"
                        .formatted(
                                document,
                                version,
                                how.equals("reject") ? ",\"reason\":\"Not here.\"" : "");
        return service(fullKey)
                .post("/api/v1/held-documents/" + how, body)
                .json()
                .path("changed")
                .asInt();
    }

    private void quarantine(DocumentId document) throws Exception {
        var body = "{\"document_ids\":[\"%s\"],\"reason\":\"Look.\"}".formatted(document);
        var done =
                service(fullKey).post("/api/v1/knowledge-bases/" + base + "/held-documents", body);
        assertThat(done.json().path("changed").asInt()).isOne();
    }

    private String settled(DocumentId document) throws InterruptedException {
        for (int i = 0; i < 1200; i++) {
            var status = state(document.value());
            if (List.of("ready", "failed", "held").contains(status)) {
                return status;
            }
            Thread.sleep(25);
        }
        return state(document.value());
    }

    private String state(UUID document) {
        return db.sql("select status from document_version where document_id = :id")
                .param("id", document)
                .query(String.class)
                .single();
    }
}
