package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Folders, tags, the life of documents and rights inside a base, all by REST, in a base that the
/// member of the house may read.
class LibraryApiTest extends House {

    private static final String SEARCH = "/api/v1/search";

    @Test
    void foldersAreMadeMovedAndDeletedAndDocumentsFiledIntoThem() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Filed").id();
        var document = upload(base, "a.txt", "Some words to file.");
        var folders = "/api/v1/knowledge-bases/" + base + "/folders";
        var year = id(full.post(folders, "{\"name\": \"2026\"}"));
        var month = id(full.post(folders, "{\"name\": \"May\"}"));

        var moved =
                put(
                        full,
                        "/api/v1/folders/" + month,
                        "{\"name\": \"June\", \"parent_id\": \"%s\"}",
                        year);
        assertThat(moved.json().get("path").toString()).isEqualTo("[\"2026\",\"June\"]");
        assertThat(
                        put(
                                        full,
                                        "/api/v1/folders/" + year,
                                        "{\"name\": \"x\", \"parent_id\": \"%s\"}",
                                        month)
                                .status())
                .isEqualTo(409);
        assertThat(
                        bulk(
                                full,
                                base,
                                document,
                                "\"action\": \"move\", \"folder_id\": \"" + month + "\""))
                .isEqualTo(1);
        assertThat(bulk(full, base, document, "\"action\": \"tag\", \"tag\": \"pay\""))
                .isEqualTo(1);
        var row = full.get("/api/v1/documents/" + document).json();
        assertThat(row.get("folder_id").asString()).isEqualTo(month);
        assertThat(row.get("tags").toString()).isEqualTo("[\"pay\"]");
        assertThat(full.get("/api/v1/knowledge-bases/" + base + "/tags").body()).contains("pay");
        assertThat(full.get(folders).json().get("items").get(0).get("documents").asInt())
                .isEqualTo(1);

        assertThat(full.send("DELETE", "/api/v1/folders/" + year, "", "").status()).isEqualTo(204);
        assertThat(full.get("/api/v1/documents/" + document).status()).isEqualTo(404);
    }

    @Test
    void whatIsOutOfUseIsInNoSearchFromTheNextOneOn() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Life").id();
        var document = upload(base, "old.txt", "The quokka allowance is twelve leaves.");
        awaitReady(document);
        var query = "{\"query\": \"quokka allowance\", \"knowledge_base_ids\": [\"" + base + "\"]}";
        assertThat(found(full, query)).contains("twelve");
        var properties = "/api/v1/documents/" + document + "/properties";

        var off = put(full, properties, "{\"name\": \"old.txt\", \"enabled\": %s}", "false").json();

        assertThat(off.get("validity").asString()).isEqualTo("off");
        assertThat(full.post(SEARCH, query).body()).doesNotContain("twelve");
        put(full, properties, "{\"name\": \"old.txt\", \"valid_until\": \"%s\"}", "2001-01-01");
        assertThat(full.post(SEARCH, query).body()).doesNotContain("twelve");
        put(
                full,
                properties,
                "{\"name\": \"Allowances.txt\", \"valid_until\": \"%s\"}",
                "2999-01-01");
        assertThat(found(full, query)).contains("twelve").contains("Allowances.txt");
        var page = signedIn("root").get("/library/documents/" + document).body();
        assertThat(page).contains("Allowances.txt").contains("data-testid=\"document-notes\"");
    }

    @Test
    void aClosedDocumentIsForThoseItNamesAndTheWayToThatIsExplained() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Guarded").id();
        grants.grant(root, member.id(), base);
        var document = upload(base, "pay.txt", "What everybody earns.");
        var rights = "/api/v1/documents/" + document + "/rights";
        var page = "/library/documents/" + document;
        var mei = signedIn("mei");
        assertThat(mei.get(page).status()).isEqualTo(200);

        assertThat(put(full, rights, "{\"mode\": \"%s\"}", "closed").json().get("mode").asString())
                .isEqualTo("closed");
        assertThat(mei.get(page).status()).isEqualTo(404);
        put(full, rights + "/grants/user:" + member.id(), "{\"role\": \"%s\"}", "reader");
        assertThat(mei.get(page).status()).isEqualTo(200);

        var why = full.get(rights + "/of/" + member.id()).json();
        assertThat(why.get("role").asString()).isEqualTo("reader");
        assertThat(why.get("steps").get(1).get("closed").asBoolean()).isTrue();
        assertThat(
                        put(
                                        full,
                                        rights + "/grants/user:" + member.id(),
                                        "{\"role\": \"%s\"}",
                                        "manager")
                                .status())
                .isEqualTo(400);
        assertThat(full.send("DELETE", rights + "/grants/user:" + member.id(), "", "").status())
                .isEqualTo(204);
        assertThat(mei.get(page).status()).isEqualTo(404);
    }

    @Test
    void fieldsAreDefinedFilledInAndAskedFor() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Contracts").id();
        var fields = "/api/v1/knowledge-bases/" + base + "/fields";
        var documents = "/api/v1/knowledge-bases/" + base + "/documents";
        var state =
                id(
                        full.post(
                                fields,
                                """
                                {"name": "State", "kind": "choice", "choices": ["Draft", "签署"]}
                                """));
        id(full.post(fields, "{\"name\": \"Amount\", \"kind\": \"number\", \"position\": 1}"));
        id(full.post(fields, "{\"name\": \"Secret\", \"kind\": \"yes-no\"}"));
        assertThat(full.get(fields).json().get("items").valueStream().map(f -> f.get("name")))
                .map(name -> name.asString())
                .containsExactly("Amount", "State", "Secret");
        assertThat(full.post(fields, "{\"name\": \"state\", \"kind\": \"text\"}").status())
                .isEqualTo(409);
        assertThat(full.post(fields, "{\"name\": \"x\", \"kind\": \"colour\"}").status())
                .isEqualTo(400);

        var first = upload(base, "one.txt", "The first contract.");
        var second = upload(base, "two.txt", "The second contract.");
        var properties = "/api/v1/documents/" + first + "/properties";
        var set =
                put(
                        full,
                        properties,
                        """
                        {"name": "one.txt", "owner": "%s", "tags": ["pay", "2026"],
                         "fields": {"State": "签署", "Amount": 12.50, "Secret": true}}
                        """,
                        "root");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.json().get("tags").toString()).isEqualTo("[\"2026\",\"pay\"]");
        assertThat(set.json().get("owner").asString()).isEqualTo("root");
        assertThat(set.json().get("fields").get("Amount").asDouble()).isEqualTo(12.5);
        assertThat(set.json().get("fields").get("Secret").asBoolean()).isTrue();

        var wrong =
                put(
                        full,
                        properties,
                        "{\"name\": \"renamed.txt\", \"fields\": {\"State\": \"%s\"}}",
                        "gone");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").get(0).get("field").asString()).isEqualTo("fields");
        assertThat(wrong.json().get("detail").asString())
                .isEqualTo("“State” takes one of Draft, 签署, not “gone”.");
        var kept =
                put(
                        full,
                        properties,
                        "{\"name\": \"one.txt\", \"fields\": {\"Secret\": %s}}",
                        "null");
        assertThat(kept.json().get("name").asString()).isEqualTo("one.txt");
        assertThat(kept.json().get("tags").size()).isEqualTo(2);
        assertThat(kept.json().get("fields").has("State")).isTrue();
        assertThat(kept.json().get("fields").has("Secret")).isFalse();

        var many = "\"action\": \"field\", \"field\": \"Amount\", \"value\": 99";
        assertThat(bulk(full, base, second, many)).isEqualTo(1);
        assertThat(names(full, documents + "?field=Amount:50..")).isEqualTo("two.txt");
        assertThat(names(full, documents + "?field=state:%E7%AD%BE%E7%BD%B2&tag=pay&q=ONE"))
                .isEqualTo("one.txt");
        assertThat(names(full, documents + "?sort=name&order=desc")).isEqualTo("two.txt one.txt");
        var page = full.get(documents + "?sort=name&limit=1").json();
        assertThat(page.get("items").get(0).get("name").asString()).isEqualTo("one.txt");
        var next = "&cursor=" + page.get("next_cursor").asString();
        assertThat(names(full, documents + "?sort=name&limit=1" + next)).isEqualTo("two.txt");
        for (var odd :
                List.of("field=Amount:x", "field=Colour:red", "sort=x", "state=x", "order=x")) {
            assertThat(full.get(documents + "?" + odd).status()).as(odd).isEqualTo(400);
        }
        assertThat(full.get(documents + "?sort=size" + next).status()).isEqualTo(400);

        var labels = "?tags=pay,new&fields=%7B%22State%22%3A%22draft%22%7D";
        var third = full.upload("POST", documents + labels, "three.txt", bytes("Third."));
        assertThat(third.status()).as(third.body()).isEqualTo(202);
        assertThat(third.json().get("tags").toString()).isEqualTo("[\"new\",\"pay\"]");
        assertThat(third.json().get("fields").get("State").asString()).isEqualTo("Draft");
        var refused =
                full.upload("POST", documents + "?fields=%7B%22No%22%3A1%7D", "4.txt", bytes("4"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(names(full, documents + "?q=4.txt")).isEmpty();

        var gone = full.send("DELETE", fields + "/" + state, "", "").json();
        assertThat(gone.get("documents").asInt()).isEqualTo(2);
        assertThat(full.get("/api/v1/documents/" + first).json().get("fields").has("State"))
                .isFalse();
    }

    @Test
    void fieldsTagsAndOwnerAreManagedAndFilteredOnThePages() throws Exception {
        var base = library.create(root, "Papers").id();
        var document = upload(base, "paper.txt", "A paper.");
        upload(base, "other.txt", "Another paper.");
        var admin = signedIn("root");
        var own = "/library/" + base + "/fields";
        var page = "/library/documents/" + document;
        admin.form(own, Map.of("name", "State", "kind", "choice", "choices", "Draft\nSigned"));
        admin.form(own, Map.of("name", "Amount", "kind", "number"));
        var state = field(base, "State");
        var amount = field(base, "Amount");

        admin.form(page + "/fields", Map.of("field-" + state, "Signed", "field-" + amount, "7"));
        admin.form(page + "/tags", Map.of("tag", "pay"));
        admin.form(page + "/life", Map.of("name", "paper.txt", "enabled", "true", "owner", "root"));

        assertThat(admin.get(page).body()).contains("Signed", "pay", "data-testid=\"about-owner\"");
        var table = "/library/" + base;
        for (var asked :
                List.of(
                        "field-" + state + "=Signed",
                        "field-" + amount + "-from=5&field-" + amount + "-until=9",
                        "owner=root",
                        "tag=pay")) {
            assertThat(admin.get(table + "?" + asked).body())
                    .as(asked)
                    .contains(">paper.txt<")
                    .doesNotContain(">other.txt<");
        }
        var odd = admin.get(table + "?field-" + amount + "-from=x").body();
        assertThat(odd).contains("data-testid=\"filter-wrong\"", "Amount", ">other.txt<");

        admin.form(
                table + "/documents",
                Map.of(
                        "act",
                        "field",
                        "document",
                        document.toString(),
                        "field",
                        state,
                        "value",
                        "Draft"));
        assertThat(admin.get(page).body()).contains("data-testid=\"field-value\">Draft<");
        admin.form(page + "/tags/remove", Map.of("tag", "pay"));
        assertThat(admin.get(table + "?tag=pay").body()).doesNotContain(">paper.txt<");
        assertThat(admin.get(own).body()).contains("State", "Amount");
        admin.form(own + "/" + state + "/delete", Map.of());
        assertThat(admin.get(own).body()).doesNotContain(">State<");
    }

    @Test
    void whoDoesNotReadADocumentSeesNothingOfItsFields() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Two folders").id();
        grants.grant(root, member.id(), base);
        full.post(
                "/api/v1/knowledge-bases/" + base + "/fields",
                "{\"name\": \"Note\", \"kind\": \"text\"}");
        var document = upload(base, "secret.txt", "A secret.");
        put(
                full,
                "/api/v1/documents/" + document + "/properties",
                "{\"name\": \"secret.txt\", \"owner\": \"root\", \"fields\": {\"Note\": \"%s\"}}",
                "wombat");
        put(full, "/api/v1/documents/" + document + "/rights", "{\"mode\": \"%s\"}", "closed");

        var mei = signedIn("mei");
        var asked = "/library/" + base + "?field-" + field(base, "Note") + "=wombat";
        assertThat(mei.get(asked).body())
                .contains("value=\"wombat\"")
                .doesNotContain("secret.txt", "data-testid=\"table-owner\"");
        assertThat(signedIn("root").get(asked).body()).contains("secret.txt");
    }

    private String field(KnowledgeBaseId base, String name) {
        return db.sql("select id from base_field where knowledge_base_id = :base and name = :name")
                .param("base", base.value())
                .param("name", name)
                .query(String.class)
                .single();
    }

    private static String names(Visitor who, String list) throws Exception {
        var reply = who.get(list);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json()
                .get("items")
                .valueStream()
                .map(row -> row.get("name").asString())
                .collect(Collectors.joining(" "));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What the search gives as soon as the index has all.
    private String found(Visitor who, String query) throws Exception {
        awaitIndex();
        return who.post(SEARCH, query).body();
    }

    private static int bulk(Visitor who, KnowledgeBaseId base, Object document, String what)
            throws Exception {
        var body = "{\"document_ids\": [\"" + document + "\"], " + what + "}";
        var reply = who.post("/api/v1/knowledge-bases/" + base + "/documents/bulk", body);
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().get("changed").asInt();
    }

    private static Visitor.Reply put(Visitor who, String path, String json, String value)
            throws Exception {
        return who.send("PUT", path, json.formatted(value), "application/json");
    }

    private static String id(Visitor.Reply made) {
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("id").asString();
    }
}
