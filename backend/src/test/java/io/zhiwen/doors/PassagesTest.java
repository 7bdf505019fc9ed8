package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.DocumentId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PassagesTest extends House {

    private static final String JSON = "application/json";

    @Test
    void aPassageIsMendedByHandAndStaysSoInTheNextVersionUntilItIsUndone() throws Exception {
        var id = upload(baseA, "canteen.md", text(""));
        awaitReady(id);
        var key = service(fullKey);
        var path = "/api/v1/documents/" + id + "/passages";
        JsonNode old = found(key, path, "turnips of week 0");
        int all = key.get(path).json().path("items").size();
        assertThat(all).isGreaterThan(1);

        var mended = "{\"text\": \"The canteen serves quinoa with zeppelin sauce.\"}";
        assertThat(key.send("PUT", path + "/" + old.path("id").asLong(), mended, JSON).status())
                .isEqualTo(202);
        assertThat(key.post(path, "{\"text\": \"Guests pay eleven doubloons.\"}").status())
                .isEqualTo(202);
        awaitLatest(id);
        JsonNode now = found(key, path, "ZEPPELIN sauce");
        assertThat(now.path("edit").asString()).isNotEmpty();
        assertThat(key.get(path).json().path("items")).hasSize(all + 1);
        assertThat(searched(key, "quinoa with zeppelin sauce")).contains("quinoa");
        assertThat(searched(key, "How many doubloons do guests pay?")).contains("doubloons");
        assertThat(searched(key, "turnips of week 0")).doesNotContain("turnips of week 0 ");

        var again =
                text("\n\n# More\n\nThe kitchen closes at nine.").getBytes(StandardCharsets.UTF_8);
        assertThat(key.upload("PUT", "/api/v1/documents/" + id, "canteen.md", again).status())
                .isLessThan(300);
        awaitLatest(id);
        JsonNode kept = found(key, path, "zeppelin sauce");
        var disabled = found(key, path, "doubloons");
        assertThat(key.send("DELETE", path + "/" + disabled.path("id").asLong(), "", "").status())
                .isEqualTo(202);
        var edits = "/api/v1/documents/" + id + "/passage-edits";
        var edit = kept.path("edit").asString();
        assertThat(key.send("DELETE", edits + "/" + edit, "", "").status()).isEqualTo(202);
        assertThat(key.send("DELETE", edits + "/" + edit, "", "").status()).isEqualTo(404);
        awaitLatest(id);
        assertThat(found(key, path, "turnips of week 0").path("edit").isNull()).isTrue();
        assertThat(key.get(path + "?q=doubloons").json().path("items")).isEmpty();
        assertThat(
                        StreamSupport.stream(
                                        key.get(edits).json().path("items").spliterator(), false)
                                .map(one -> one.path("ended_at").isNull()))
                .containsExactlyInAnyOrder(false, false);

        var page = signedIn("root").get("/library/documents/" + id + "/passages?q=turnips");
        assertThat(page.body()).contains("turnips of week 0", "Guests pay eleven doubloons.");
    }

    @Test
    void aPassageIsChangedAgainWhileItsLastChangeIsStillInLine() throws Exception {
        var id = upload(baseA, "opening.md", text(" at noon"));
        awaitReady(id);
        var key = service(fullKey);
        var path = "/api/v1/documents/" + id + "/passages";
        var one = path + "/" + found(key, path, "turnips of week 0").path("id").asLong();
        var pause = "/api/v1/knowledge-bases/" + baseA + "/pause";
        assertThat(key.send("PUT", pause, "{\"reason\": \"stocktaking\"}", JSON).status())
                .isLessThan(300);
        try {
            for (var said : List.of("first", "second", "second")) {
                var text = "{\"text\": \"The canteen serves the " + said + " gooseberry.\"}";
                assertThat(key.send("PUT", one, text, JSON).status()).as(said).isEqualTo(202);
            }
            var added = "{\"text\": \"Guests bring their own gooseberry.\"}";
            assertThat(key.post(path, added).status()).isEqualTo(202);
            assertThat(key.post(path, added).json().path("code").asString()).isEqualTo("twice");
        } finally {
            key.send("DELETE", pause, "", "");
        }
        awaitLatest(id);
        assertThat(texts(key, path, "gooseberry"))
                .containsExactlyInAnyOrder(
                        "The canteen serves the second gooseberry.",
                        "Guests bring their own gooseberry.");
    }

    @Test
    void theOnlyPassageStaysAndNothingIsSaidTwice() throws Exception {
        awaitReady(documentA);
        var key = service(fullKey);
        var path = "/api/v1/documents/" + documentA + "/passages";
        JsonNode only = key.get(path).json().path("items").path(0);
        var one = path + "/" + only.path("id").asLong();
        assertThat(key.send("DELETE", one, "", "").json().path("code").asString())
                .isEqualTo("last");
        assertThat(key.send("PUT", one, "{\"text\": \"…\"}", JSON).json().path("code").asString())
                .isEqualTo("no-text");
        var same = "{\"text\": \"" + only.path("text").asString() + "\"}";
        assertThat(key.post(path, same).json().path("code").asString()).isEqualTo("twice");
    }

    @Test
    void aPassageShowsWhatOfItsBaseItsReaderCouldConfuseItWith() throws Exception {
        var base = library.create(root, "Canteen").id();
        grants.give(root, base, new Grantee.Person(editor.id()), BaseRole.EDITOR);
        var lunch = upload(base, "lunch.txt", "Guests pay eleven doubloons for lunch.");
        var later = upload(base, "later.txt", "Guests pay eleven doubloons for lunch!");
        var secret = upload(base, "secret.txt", "Guests pay nothing for lunch, really.");
        var garden = upload(base, "garden.txt", "The gardener waters the roses in the morning.");
        for (var one : List.of(lunch, later, secret, garden)) {
            awaitReady(one);
        }
        var key = service(fullKey);
        var closed = "/api/v1/documents/" + secret + "/rights";
        assertThat(key.send("PUT", closed, "{\"mode\": \"closed\"}", JSON).status()).isEqualTo(200);

        var path = "/api/v1/documents/" + lunch + "/passages";
        var id = key.get(path).json().path("items").path(0).path("id").asLong();
        awaitIndex();
        var close = key.get(path + "/" + id + "/neighbours").json().path("items");
        assertThat(names(close)).containsExactly("later.txt", "secret.txt", "garden.txt");
        assertThat(close.path(0).path("alike").asBoolean()).isTrue();
        assertThat(close.path(2).path("alike").asBoolean()).isFalse();
        assertThat(close.path(0).path("similarity").asDouble()).isBetween(0.95, 1.0);
        assertThat(key.get(path + "/" + id + "/neighbours?limit=1").json().path("items"))
                .hasSize(1);
        assertThat(key.get(path + "/" + id + "/neighbours?limit=51").status()).isEqualTo(400);

        var page =
                signedIn("ed")
                        .get("/library/documents/" + lunch + "/passages/" + id + "/neighbours");
        assertThat(page.body())
                .contains("eleven doubloons for lunch!", "Almost the same", "garden.txt")
                .doesNotContain("secret.txt", "really");
    }

    private static List<String> names(JsonNode passages) {
        return passages.valueStream().map(one -> one.path("document_name").asString()).toList();
    }

    /// Two sections that are too long for one passage.
    private static String text(String more) {
        return List.of("Lunch", "Dinner").stream()
                        .map(
                                meal ->
                                        "# "
                                                + meal
                                                + "\n\n"
                                                + IntStream.range(0, 40)
                                                        .mapToObj(n -> sentence(meal, n))
                                                        .collect(Collectors.joining("\n\n")))
                        .collect(Collectors.joining("\n\n"))
                + more;
    }

    private static String sentence(String meal, int week) {
        return meal.equals("Lunch")
                ? "For lunch the canteen boils turnips of week " + week + " with plain butter."
                : "For dinner there is soup of week " + week + " with fresh bread from the oven.";
    }

    private static JsonNode found(Visitor key, String path, String words) throws Exception {
        var items = key.get(path + "?q=" + words.replace(" ", "%20")).json().path("items");
        assertThat(items).as(words).isNotEmpty();
        return items.path(0);
    }

    private static List<String> texts(Visitor key, String path, String words) throws Exception {
        return StreamSupport.stream(
                        key.get(path + "?q=" + words).json().path("items").spliterator(), false)
                .map(one -> one.path("text").asString())
                .toList();
    }

    private String searched(Visitor key, String words) throws Exception {
        return key.post(
                        "/api/v1/search",
                        "{\"query\": \""
                                + words
                                + "\", \"knowledge_base_ids\": [\""
                                + baseA
                                + "\"]}")
                .body();
    }

    private void awaitLatest(DocumentId id) throws InterruptedException {
        for (int i = 0; i < 4800 && !latest(id); i++) {
            Thread.sleep(25);
        }
        assertThat(latest(id)).isTrue();
        awaitIndex();
    }

    /// What was changed is found, and nothing more is to come.
    private boolean latest(DocumentId id) {
        return db.sql(
                        """
                        select v.status = 'ready' and d.live_version = d.latest_version
                        from document d join document_version v
                            on v.document_id = d.id and v.version = d.latest_version
                        where d.id = :id
                        """)
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }
}
