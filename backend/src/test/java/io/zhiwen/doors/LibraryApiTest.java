package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
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
