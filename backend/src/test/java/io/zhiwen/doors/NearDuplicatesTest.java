package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two versions of a handbook that differ in one sentence, side by side in a base.
class NearDuplicatesTest extends House {

    private static final String QUESTION = "How are rooms of the guest house booked?";

    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private DocumentId older = DocumentId.random();
    private DocumentId newer = DocumentId.random();

    @BeforeEach
    void upload() throws Exception {
        base = library.create(root, "Guest house").id();
        grants.grant(root, member.id(), base);
        older = upload(base, "house-rules.md", handbook("Breakfast is at seven."));
        newer = upload(base, "house-rules-new.md", handbook("Breakfast is at eight."));
        awaitReady(older);
        awaitReady(newer);
        awaitFound(2);
    }

    @AfterEach
    void delete() {
        library.delete(root, base);
    }

    @Test
    void whatBothSayIsFoundOnceInTheNewerOneAndEachNamesTheOther() throws Exception {
        var rooms = firstOf(search(fullKey, QUESTION));
        assertThat(name(rooms)).isEqualTo("house-rules-new.md");
        assertThat(rooms.path("also_in").path(0).path("name").asString())
                .isEqualTo("house-rules.md");

        var meals = search(fullKey, "When is breakfast?");
        assertThat(texts(meals)).contains("at seven").contains("at eight");

        var page = Jsoup.parse(signedIn("mei").get("/search?q=book+rooms&base=" + base).body());
        assertThat(page.select("[data-testid=same]").text()).contains("house-rules.md");
        assertThat(signedIn("mei").get("/search?q=book+rooms&type=PDF&base=" + base).body())
                .contains("data-testid=\"search-none\"");
        var test =
                Jsoup.parse(
                        signedIn("root")
                                .get("/admin/evaluation/test?question=book+rooms&base=" + base)
                                .body());
        assertThat(test.select("[data-fate=folded]")).isNotEmpty();
        assertThat(test.select("[data-testid=folded]").text()).contains("house-rules.md");
        var asked =
                service(fullKey)
                        .post(
                                "/api/v1/ask",
                                "{\"question\":\"%s\",\"knowledge_base_ids\":[\"%s\"],\"trace\":true}"
                                        .formatted(QUESTION, base))
                        .json();
        assertThat(asked.path("citations").path(0).path("document").path("name").asString())
                .isEqualTo("house-rules-new.md");
        assertThat(asked.path("trace").path("folded").size()).isPositive();
        eachSaysThatTheOtherIsAlmostTheSame();
    }

    private void eachSaysThatTheOtherIsAlmostTheSame() throws Exception {
        var finding = findings(fullKey, older).path(0);
        assertThat(finding.path("kind").asString()).isEqualTo("near-duplicate");
        assertThat(finding.path("document").path("id").asString()).isEqualTo(newer.toString());
        assertThat(finding.path("amount").asInt()).isBetween(90, 99);
        assertThat(finding.path("text").asString()).contains("newer");
        assertThat(findings(fullKey, newer).path(0).path("text").asString()).contains("older");

        var page = Jsoup.parse(signedIn("mei").get("/library/documents/" + older).body());
        assertThat(page.select("[data-testid=near-duplicate]").attr("href"))
                .isEqualTo("/library/documents/" + newer);
    }

    @Test
    void whoMayNotReadTheNewerOneFindsTheOlderAsIfItWereAlone() throws Exception {
        close(newer);
        var mei = signedIn("mei");
        assertThat(mei.get("/library/documents/" + older).body())
                .doesNotContain("near-duplicate")
                .doesNotContain("house-rules-new");
        var found = mei.get("/search?q=book+rooms&base=" + base).body();
        assertThat(found)
                .contains("/library/documents/" + older)
                .doesNotContain("data-testid=\"same\"")
                .doesNotContain("house-rules-new");
        assertThat(name(firstOf(search(fullKey, QUESTION)))).isEqualTo("house-rules-new.md");
        oneThatIsOutOfUseNeitherWinsNorIsNamed();
    }

    private void oneThatIsOutOfUseNeitherWinsNorIsNamed() throws Exception {
        db.sql("update document set enabled = false where id = :id")
                .param("id", newer.value())
                .update();
        var rooms = firstOf(search(fullKey, QUESTION));
        assertThat(name(rooms)).isEqualTo("house-rules.md");
        assertThat(rooms.path("also_in").isEmpty()).isTrue();
        assertThat(findings(fullKey, older).isEmpty()).isTrue();
    }

    private JsonNode search(String key, String question) throws Exception {
        return service(key)
                .post(
                        "/api/v1/search",
                        "{\"query\":\"%s\",\"knowledge_base_ids\":[\"%s\"]}"
                                .formatted(question, base))
                .json()
                .path("items");
    }

    private JsonNode findings(String key, DocumentId document) throws Exception {
        return service(key).get("/api/v1/documents/" + document + "/findings").json().path("items");
    }

    private static JsonNode firstOf(JsonNode items) {
        return items.path(0);
    }

    private static String name(JsonNode passage) {
        return passage.path("document").path("name").asString();
    }

    private static String texts(JsonNode items) {
        return items.valueStream()
                .map(one -> one.path("text").asString())
                .collect(Collectors.joining());
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
                .param("acl", place)
                .param("id", document.value())
                .update();
    }

    /// The index follows a moment after a document is ready.
    private void awaitFound(int documents) throws Exception {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (search(fullKey, "When is breakfast?").findValuesAsString("name").stream()
                        .distinct()
                        .count()
                < documents) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(50);
        }
    }

    private static String handbook(String breakfast) {
        return "# Rooms\n\n"
                + numbered("Rooms of the guest house are booked by form G-%d at desk %d.")
                + "\n\n# Keys\n\n"
                + numbered("Key number %d of the guest house hangs in locker %d.")
                + "\n\n# Meals\n\n"
                + breakfast
                + " "
                + numbered("Table %d of the dining hall seats %d guests.")
                + "\n";
    }

    private static String numbered(String sentence) {
        return IntStream.range(1, 13)
                .mapToObj(i -> sentence.formatted(i, i + 30))
                .collect(Collectors.joining(" "));
    }
}
