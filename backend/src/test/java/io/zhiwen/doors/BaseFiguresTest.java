package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a base takes up, and words in all of its passages.
class BaseFiguresTest extends House {

    private static final String FIRST = "The ferry to the island leaves at nine.";
    private static final String SECOND = "The Ferry to the island leaves at ten, 100% of days.";

    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private DocumentId ferry = DocumentId.random();

    @BeforeEach
    void fill() throws Exception {
        base = library.create(root, "Ferries").id();
        ferry = upload(base, "ferry.txt", FIRST);
        awaitReady(ferry);
    }

    @AfterEach
    void delete() {
        library.delete(root, base);
    }

    @Test
    void thoseWhoManageABaseSeeWhatItTakesUp() throws Exception {
        db.sql(
                        """
                        insert into token_usage values
                            ((now() at time zone 'UTC')::date, :asker, :base, 300, 20, 1),
                            ((now() at time zone 'UTC')::date - 40, :asker, :base, 5000, 5000, 1)
                        """)
                .param("asker", UUID.randomUUID())
                .param("base", base.value())
                .update();
        var figures = figures();
        assertThat(figures.path("original_bytes").asInt()).isEqualTo(FIRST.length());
        assertThat(figures.path("older_version_bytes").asInt()).isZero();
        assertThat(figures.path("passages").asInt()).isEqualTo(1);
        assertThat(figures.path("tokens").asInt()).isBetween(5, 40);
        assertThat(figures.path("vector_bytes").asInt()).isPositive().isEqualTo(dimension() * 4);
        assertThat(figures.path("model_tokens_30_days").asInt()).isEqualTo(320);

        library.replace(
                root,
                ferry,
                "ferry.txt",
                new ByteArrayInputStream(SECOND.getBytes(StandardCharsets.UTF_8)));
        awaitVersion(2);
        assertThat(figures().path("original_bytes").asInt()).isEqualTo(SECOND.length());
        assertThat(figures().path("older_version_bytes").asInt()).isEqualTo(FIRST.length());
        assertThat(figures().path("passages").asInt()).isEqualTo(1);

        grants.grant(root, member.id(), base);
        var mine = Jsoup.parse(signedIn("root").get("/library/" + base).body());
        assertThat(mine.select("[data-testid=base-figures]").text()).contains("39", "320");
        assertThat(signedIn("root").get("/library").body()).contains("base-figures");
        assertThat(signedIn("mei").get("/library/" + base).body()).doesNotContain("base-figures");
        assertThat(signedIn("mei").get("/library").body()).doesNotContain("base-figures");
    }

    @Test
    void editorsFindExactlyThePassagesThatHoldTheirWords() throws Exception {
        grants.give(root, base, new Grantee.Person(editor.id()), BaseRole.EDITOR);
        var other = upload(base, "other.txt", SECOND);
        var off = upload(base, "off.txt", "No ferry runs in winter.");
        awaitReady(other);
        awaitReady(off);
        db.sql("update document set enabled = false where id = :id")
                .param("id", off.value())
                .update();

        var page = Jsoup.parse(signedIn("ed").get("/library/" + base + "/passages?q=FERRY").body());
        assertThat(page.select("[data-testid=passage]")).hasSize(3);
        assertThat(page.select("[data-testid=passage-change]").eachAttr("href"))
                .contains("/library/documents/" + off + "/passages?q=FERRY");

        var key = service(fullKey);
        var first = key.get(path("ferry", "&limit=2")).json();
        assertThat(first.path("items")).hasSize(2);
        var rest = key.get(path("ferry", "&cursor=" + first.path("next_cursor").asString())).json();
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("next_cursor").isNull()).isTrue();
        assertThat(key.get(path("100%25", "")).json().path("items")).hasSize(1);
        assertThat(key.get(path("zeppelin", "")).json().path("items")).isEmpty();
        assertThat(key.get(path("ferry", "&cursor=x")).status()).isEqualTo(400);
    }

    private String path(String words, String more) {
        return "/api/v1/knowledge-bases/" + base + "/passages?q=" + words + more;
    }

    private JsonNode figures() throws Exception {
        return service(fullKey).get("/api/v1/knowledge-bases/" + base + "/figures").json();
    }

    private int dimension() {
        return db.sql("select max(dimension) from embedding_space where probe is null")
                .query(Integer.class)
                .single();
    }

    private void awaitVersion(int version) throws InterruptedException {
        for (int i = 0; i < 4800 && liveVersion() < version; i++) {
            Thread.sleep(25);
        }
        assertThat(liveVersion()).isEqualTo(version);
    }

    private int liveVersion() {
        return db.sql("select live_version from document where id = :id")
                .param("id", ferry.value())
                .query(Integer.class)
                .single();
    }
}
