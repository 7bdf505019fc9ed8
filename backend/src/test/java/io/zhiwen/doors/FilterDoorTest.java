package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.account.Role;
import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Chunking;
import io.zhiwen.library.FileTypes;
import io.zhiwen.library.Filing;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Place;
import io.zhiwen.library.PlaceGrants;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// A search that is narrowed, at every door. The base holds one document of a rare type, with all
/// there is to filter by, behind hundreds of nearer passages of another.
class FilterDoorTest extends House {

    private static final String QUERY = "Which pump needs oil?";
    private static final int NEARER = 230;

    private static boolean stocked;
    private static String readers = "";
    private static String managers = "";
    private static KnowledgeBaseId base = KnowledgeBaseId.random();
    private static DocumentId rare = DocumentId.random();
    private static DocumentId hiddenOne = DocumentId.random();
    private static FolderId manuals = new FolderId(UUID.randomUUID());
    private static FolderId pumps = new FolderId(UUID.randomUUID());
    private static final Map<String, UUID> FIELDS =
            List.of("Department", "Maker", "Price", "Checked", "Approved").stream()
                    .collect(Collectors.toMap(name -> name, _ -> UUID.randomUUID()));

    @Autowired Filing filing;
    @Autowired Chunking chunking;
    @Autowired PlaceGrants places;

    @BeforeEach
    void stock() throws Exception {
        if (stocked) {
            return;
        }
        base = library.create(root, "Machines").id();
        grants.grant(root, member.id(), base);
        chunking.apply(
                root,
                base,
                new ChunkRules(ChunkRules.Way.STRUCTURE, null, 0, 2, "", ChunkRules.Tables.ROWS));
        var many =
                upload(
                        base,
                        "oil.csv",
                        IntStream.range(0, NEARER)
                                .mapToObj("The pump %1$d,needs oil every %1$d days"::formatted)
                                .collect(Collectors.joining("\n", "pump,oil\n", "\n")));
        rare = upload(base, "valves.md", "# Valves\n\nA valve is greased by hand.");
        var hidden = upload(base, "hidden.md", "# Pumps\n\nThe pump needs oil and " + CANARY);
        for (var document : List.of(many, rare, hidden)) {
            awaitReady(document);
        }
        assertThat(count("select count(*) from chunk c where c.document_id = :id", many))
                .isGreaterThan(200);
        manuals = folders.create(root, base, null, "Manuals");
        pumps = folders.create(root, base, manuals, "Pumps");
        var closed = folders.create(root, base, null, "Closed " + CANARY);
        places.guard(root, new Place.InFolder(closed), true);
        filing.move(root, base, List.of(rare), pumps);
        filing.tag(root, base, List.of(rare), "grease");
        filing.tag(root, base, List.of(rare), "2026");
        filing.move(root, base, List.of(hidden), closed);
        filing.tag(root, base, List.of(hidden), CANARY);
        hiddenOne = hidden;
        owned(rare, member.id(), "2026-01-01", "2099-12-31");
        owned(
                hidden,
                users.create(root, CANARY, PASSWORD, Role.MEMBER).principal().id(),
                null,
                null);
        field("Department", "choice", "text_value", "'Maintenance'", "'" + CANARY + "'");
        field("Maker", "text", "text_value", "'Ärmel & Sons'", "'" + CANARY + "'");
        field("Price", "number", "number_value", "1200.50", "7");
        field("Checked", "date", "date_value", "date '2026-03-04'", "date '2020-01-01'");
        field("Approved", "yes-no", "truth", "true", "false");
        readers = key("readers", Set.of(KeyScope.SEARCH, KeyScope.ASK));
        managers = key("managers", KeyScope.ALL);
        stocked = true;
    }

    @Test
    void aDocumentsRowSaysTheTypeOfItsLiveFileAndWhenItCameIn() {
        var row =
                """
                select count(*) from document d
                join document_version v on v.document_id = d.id and v.version = d.live_version
                where d.knowledge_base_id = :base and (d.live_media_type, d.live_uploaded_at)
                    is %s distinct from (v.media_type, v.uploaded_at)
                """;
        assertThat(count(row.formatted("not"))).isPositive();
        assertThat(count(row.formatted(""))).isZero();
        db.sql(
                        """
                        update document_version set uploaded_at = uploaded_at - interval '1 second'
                        where document_id = :id
                        """)
                .param("id", rare.value())
                .update();
        assertThat(count(row.formatted(""))).isZero();
    }

    private long count(String sql) {
        return db.sql(sql).param("base", base.value()).query(Long.class).single();
    }

    @Test
    void aRareTypeIsFoundThoughHundredsOfNearerPassagesAreOfAnother() throws Exception {
        assertThat(names(searched("{\"types\": [\"markdown\"]}"))).containsExactly("valves.md");
        var page = signedIn("mei").get("/search?q=which+pump+needs+oil&type=Markdown&base=" + base);
        assertThat(page.body()).contains("valves.md").contains("data-testid=\"found\"");
        assertThat(dify("type", "is", "\"Markdown\"")).containsExactly("valves.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\": [\"grease\", \"other\"]}",
                "{\"all_tags\": [\"grease\", \"2026\"]}",
                "{\"folder_ids\": [\"MANUALS\"]}",
                "{\"owners\": [\"MEI\"]}",
                "{\"types\": [\"Markdown\"], \"languages\": [\"en\"]}",
                "{\"types\": [\"Markdown\"], \"uploaded_from\": \"2026-01-01\"}",
                "{\"tags\": [\"grease\"], \"in_force_on\": \"2030-01-01\"}",
                "{\"fields\": [{\"name\": \"department\", \"any\": [\"maintenance\", \"x\"]}]}",
                "{\"fields\": [{\"name\": \"Maker\", \"contains\": \"ärmel &\"}]}",
                "{\"fields\": [{\"name\": \"Price\", \"from\": 1200, \"to\": 1201}]}",
                "{\"fields\": [{\"name\": \"Price\", \"any\": [1200.5]}]}",
                "{\"fields\": [{\"name\": \"Checked\", \"to\": \"2026-03-04\"}]}",
                "{\"fields\": [{\"name\": \"Approved\", \"is\": true}]}"
            })
    void eachMemberFindsTheOneDocumentThatPasses(String filter) throws Exception {
        assertThat(names(searched(filter))).containsExactly("valves.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\": [\"Grease\"]}",
                "{\"all_tags\": [\"grease\", \"other\"]}",
                "{\"folder_ids\": [\"00000000-0000-4000-8000-000000000000\"]}",
                "{\"owners\": [\"root\"]}",
                "{\"languages\": [\"zh\"]}",
                "{\"uploaded_to\": \"2001-01-01\"}",
                "{\"tags\": [\"grease\"], \"in_force_on\": \"2025-12-31\"}",
                "{\"fields\": [{\"name\": \"Department\", \"any\": [\"x\"]}]}",
                "{\"fields\": [{\"name\": \"Maker\", \"contains\": \"%\"}]}",
                "{\"fields\": [{\"name\": \"Price\", \"from\": 1201}]}",
                "{\"fields\": [{\"name\": \"Checked\", \"from\": \"2026-03-05\"}]}",
                "{\"fields\": [{\"name\": \"Approved\", \"is\": false}]}"
            })
    void eachMemberLeavesOutWhatDoesNotPass(String filter) throws Exception {
        assertThat(names(searched(filter))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pdf",
                "text/plain; charset=UTF-8",
                "text/html;charset=GB18030",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "image/x-ms-bmp",
                "image/png",
                "application/unheard-of"
            })
    void theDatabaseNamesTypesAsPagesDo(String mediaType) {
        assertThat(
                        db.sql(
                                        "select "
                                                + FileTypes.sql("v.type")
                                                + " from (select :type::text as type) v")
                                .param("type", mediaType)
                                .query(String.class)
                                .single())
                .isEqualTo(FileTypes.named(mediaType));
    }

    @Test
    void resultsCarryTagsFolderAndFields() throws Exception {
        var found = searched("{\"tags\": [\"grease\"]}").json().get("items").get(0).get("document");
        assertThat(found.get("tags").toString()).isEqualTo("[\"2026\",\"grease\"]");
        assertThat(found.get("folder").toString()).isEqualTo("[\"Manuals\",\"Pumps\"]");
        assertThat(found.get("type").asString()).isEqualTo("Markdown");
        assertThat(found.get("owner").asString()).isEqualTo("mei");
        assertThat(found.get("fields").toString())
                .isEqualTo(
                        "{\"Department\":\"Maintenance\",\"Maker\":\"Ärmel & Sons\",\"Price\":1200.5,"
                                + "\"Checked\":\"2026-03-04\",\"Approved\":true}");
    }

    @Test
    void aFilterThatCannotBeReadSaysWhichMemberIsWrong() throws Exception {
        refused("{\"tag\": [\"x\"]}", "tag");
        refused("{\"folder_ids\": [\"x\"]}", "filter.folder_ids");
        refused("{\"languages\": [\"fr\"]}", "filter.languages");
        refused("{\"uploaded_from\": \"yesterday\"}", "filter.uploaded_from");
        refused("{\"fields\": [{\"name\": \"Price\"}]}", "filter.fields[0]");
        refused("{\"fields\": [{\"name\": \"Colour\", \"any\": [\"red\"]}]}", "filter.fields[0]");
        refused("{\"fields\": [{\"name\": \"Price\", \"contains\": \"1\"}]}", "filter.fields[0]");
    }

    @Test
    void anAnswerRestsOnWhatPassesAlone() throws Exception {
        var asked = "\"question\": \"How is a valve greased?\", \"filter\": %s";
        var within =
                service(readers)
                        .post(
                                "/api/v1/ask",
                                "{" + asked.formatted("{\"tags\": [\"grease\"]}") + "}");
        assertThat(within.json().get("citations").toString()).contains("valves.md");
        var chat = ", \"conversation_id\": \"new\"}";
        for (var end : List.of("}", chat)) {
            var without =
                    service(readers)
                            .post(
                                    "/api/v1/ask",
                                    "{" + asked.formatted("{\"types\": [\"CSV\"]}") + end);
            assertThat(without.status()).isEqualTo(200);
            assertThat(without.json().get("citations").toString()).doesNotContain("valves.md");
        }
    }

    @Test
    void difysConditionsNarrowBeforeTheSearch() throws Exception {
        assertThat(dify("tags", "is", "\"grease\"")).containsExactly("valves.md");
        assertThat(dify("folder", "start with", "\"manuals\"")).containsExactly("valves.md");
        assertThat(dify("owner", "in", "\"mei, other\"")).containsExactly("valves.md");
        assertThat(dify("department", "is", "\"Maintenance\"")).containsExactly("valves.md");
        assertThat(dify("Price", "≥", "1200")).containsExactly("valves.md");
        assertThat(dify("Price", "<", "1200")).containsExactly();
        assertThat(dify("Checked", "before", "\"2026-04-01\"")).containsExactly("valves.md");
        assertThat(dify("heading", "contains", "\"valve\"")).containsExactly("valves.md");
        assertThat(dify("tags", "not contains", "\"grease\"")).containsExactly("oil.csv");
        assertThat(dify("tags", "empty", "null")).containsExactly("oil.csv");
        assertThat(dify("no such name", "is", "\"x\"")).isEmpty();
    }

    @Test
    void nothingOfWhatMayNotBeReadIsCountedSuggestedOrFoundByAFilter() throws Exception {
        var reader = signedIn("mei");
        var at = "/search?q=pump&wide=true&base=" + base;
        assertThat(reader.get(at).body())
                .contains("data-testid=\"search-form\"")
                .contains("grease")
                .contains("Maintenance")
                .contains("Manuals / Pumps")
                .doesNotContain(CANARY);
        assertThat(reader.get(at + "&tag=" + CANARY).body())
                .contains("data-testid=\"search-none\"")
                .doesNotContain("hidden.md");
        assertThat(signedIn("root").get(at).body()).contains(CANARY).contains("hidden.md");
        assertThat(
                        service(managers)
                                .post("/api/v1/search", body("{\"tags\": [\"" + CANARY + "\"]}"))
                                .body())
                .contains("hidden.md");
        assertThat(reader.get(at + "&field." + FIELDS.get("Department") + "=" + CANARY).body())
                .doesNotContain("hidden.md");
    }

    @Test
    void aFieldThatIsNotThereIsSaidOnThePage() throws Exception {
        var page =
                signedIn("mei")
                        .get("/search?q=pump&field." + UUID.randomUUID() + "=x&base=" + baseA);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("data-testid=\"wrong\"")
                .contains("href=\"/search?q=pump\"");
    }

    private String key(String name, Set<KeyScope> scopes) {
        return keys.create(root, new KeyWish(name, false, Set.of(base), scopes, false, null))
                .secret();
    }

    private void owned(
            DocumentId document, UUID owner, @Nullable String from, @Nullable String to) {
        db.sql(
                        """
                        update document set owner_id = :owner, valid_from = cast(:from as date),
                            valid_until = cast(:to as date) where id = :id
                        """)
                .param("owner", owner)
                .param("from", from, Types.VARCHAR)
                .param("to", to, Types.VARCHAR)
                .param("id", document.value())
                .update();
    }

    /// With one value in the rare document and one in the hidden one.
    private void field(String name, String kind, String column, String value, String other) {
        db.sql(
                        """
                        insert into base_field (id, knowledge_base_id, name, kind, position)
                        values (:id, :base, :name, :kind, :position)
                        """)
                .param("id", FIELDS.get(name))
                .param("base", base.value())
                .param("name", name)
                .param("kind", kind)
                .param(
                        "position",
                        List.of("choice", "text", "number", "date", "yes-no").indexOf(kind))
                .update();
        for (var one : Map.of(rare, value, hiddenOne, other).entrySet()) {
            db.sql(
                            "insert into document_field (document_id, field_id, %s) values (:d, :f, %s)"
                                    .formatted(column, one.getValue()))
                    .param("d", one.getKey().value())
                    .param("f", FIELDS.get(name))
                    .update();
        }
    }

    private long count(String sql, DocumentId document) {
        return db.sql(sql).param("id", document.value()).query(Long.class).single();
    }

    private void refused(String filter, String member) throws Exception {
        var reply = searched(filter);
        assertThat(reply.status()).as(filter).isEqualTo(400);
        assertThat(reply.body()).contains(member);
    }

    private List<String> dify(String name, String operator, String value) throws Exception {
        var reply =
                service(readers)
                        .post(
                                "/api/dify/retrieval",
                                """
                                {"knowledge_id": "%s", "query": "%s", "retrieval_setting": {"top_k": 3},
                                 "metadata_condition": {"logical_operator": "and", "conditions": [
                                    {"name": ["%s"], "comparison_operator": "%s", "value": %s}]}}
                                """
                                        .formatted(base, QUERY, name, operator, value));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json()
                .get("records")
                .valueStream()
                .map(record -> record.get("title").asString())
                .distinct()
                .toList();
    }

    private Visitor.Reply searched(String filter) throws Exception {
        return service(readers)
                .post("/api/v1/search", body(filter.replace("MANUALS", manuals.toString())));
    }

    private static String body(String filter) {
        return """
        {"query": "%s", "knowledge_base_ids": ["%s"], "limit": 5, "filter": %s}
        """
                .formatted(QUERY, base, filter);
    }

    private static List<String> names(Visitor.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json()
                .get("items")
                .valueStream()
                .map(item -> item.get("document").get("name").asString())
                .distinct()
                .toList();
    }
}
