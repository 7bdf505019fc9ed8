package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One thing done to all documents that a table shows, on all of its pages.
class AllDocumentsTest extends House {

    private KnowledgeBaseId base = KnowledgeBaseId.random();
    private DocumentId closed = DocumentId.random();
    private String path = "";

    @BeforeEach
    void fill() throws Exception {
        base = library.create(root, "Drafts").id();
        path = "/library/" + base + "/documents/all?q=draft";
        upload(base, "draft-1.txt", "One.");
        upload(base, "draft-2.txt", "Two.");
        closed = upload(base, "draft-3.txt", "Three.");
        upload(base, "final.txt", "Four.");
        grants.give(root, base, new Grantee.Person(editor.id()), BaseRole.EDITOR);
        close(closed);
    }

    @AfterEach
    void delete() {
        library.delete(root, base);
    }

    @Test
    void thePageNamesHowManyTheyAreAndDoesItToThoseOneMayEdit() throws Exception {
        var ed = signedIn("ed");
        var page = Jsoup.parse(ed.get(path).body());
        assertThat(page.select("[data-testid=all-documents]").attr("data-count")).isEqualTo("2");

        var other = ed.form(path, Map.of("act", "tag", "label", "old", "count", "3"));
        assertThat(other.status()).isEqualTo(200);
        assertThat(Jsoup.parse(other.body()).select("[data-testid=wrong]").text())
                .contains("another number");
        assertThat(tagged()).isZero();

        assertThat(ed.form(path, Map.of("act", "tag", "label", "old", "count", "2")).status())
                .isEqualTo(302);
        assertThat(tagged()).isEqualTo(2);
        assertThat(audited("document.tag")).isEqualTo(1);
        assertThat(signedIn("root").get(path).body()).contains("data-count=\"3\"");
        grants.grant(root, member.id(), base);
        assertThat(signedIn("mei").get(path).status()).isEqualTo(403);
    }

    @Test
    void aServiceSaysWhichInPlaceOfIds() throws Exception {
        var bulk = "/api/v1/knowledge-bases/" + base + "/documents/bulk";
        var key = service(fullKey);
        assertThat(key.post(bulk, "{\"action\":\"delete\"}").status()).isEqualTo(400);
        assertThat(
                        key.post(bulk, "{\"action\":\"delete\",\"matching\":{\"state\":\"x\"}}")
                                .status())
                .isEqualTo(400);
        var disabled = key.post(bulk, "{\"action\":\"disable\",\"matching\":{\"q\":\"draft\"}}");
        assertThat(disabled.json().path("changed").asInt()).isEqualTo(3);

        var deleted = key.post(bulk, "{\"action\":\"delete\",\"matching\":{\"q\":\"draft\"}}");

        assertThat(deleted.json().path("changed").asInt()).isEqualTo(3);
        assertThat(audited("document.delete")).isEqualTo(1);
        assertThat(
                        db.sql(
                                        """
                                        select name from document
                                        where knowledge_base_id = :base and deleted_at is null
                                        """)
                                .param("base", base.value())
                                .query(String.class)
                                .list())
                .containsExactly("final.txt");
        assertThat(
                        db.sql(
                                        """
                                        select count(*) from index_change c
                                        join document d on d.id = c.document_id
                                        where d.knowledge_base_id = :base and c.version is null
                                        """)
                                .param("base", base.value())
                                .query(Integer.class)
                                .single())
                .isEqualTo(3);
    }

    private int tagged() {
        return db.sql(
                        "select count(*) from document where knowledge_base_id = :base and 'old' = any(tags)")
                .param("base", base.value())
                .query(Integer.class)
                .single();
    }

    private int audited(String action) {
        return db.sql(
                        "select count(*) from audit_event where action = :action and object = :object")
                .param("action", action)
                .param("object", "base:" + base)
                .query(Integer.class)
                .single();
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
