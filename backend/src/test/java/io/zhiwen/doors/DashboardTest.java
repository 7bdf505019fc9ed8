package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardTest extends House {

    private static final String DAYS = "How many days of annual leave does an employee have?";
    private static final String CHAIR = "Which chair does the quarterly zeppelin committee use?";

    @Test
    void theFiguresOfABaseAreThoseOfItsAnswers() throws Exception {
        awaitReady(documentA);
        var key = service(fullKey);
        JsonNode before = figures(baseA.value());
        var first = service(limitedKey).post("/api/v1/ask", asked(DAYS)).json();
        assertThat(first.path("refused").asBoolean()).as(first.toString()).isFalse();
        key.post(
                "/api/v1/ask",
                "{\"question\": \"" + CHAIR + "\", \"knowledge_base_ids\": [\"" + baseA + "\"]}");
        service(limitedKey)
                .send(
                        "PUT",
                        "/api/v1/answers/" + first.path("trace_id").asString() + "/feedback",
                        "{\"good\": false}",
                        "application/json");
        JsonNode after = figures(baseA.value());

        for (var figure : new String[] {"answered", "refused", "thumbs_down"}) {
            assertThat(after.path("total").path(figure).asInt())
                    .as(figure)
                    .isEqualTo(before.path("total").path(figure).asInt() + 1);
        }
        assertThat(after.path("total").path("questions").asInt())
                .isEqualTo(before.path("total").path("questions").asInt() + 2);
        assertThat(after.path("total").path("readers").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(after.path("steps")).hasSize(30);
        // yesterday too: the tests may have begun before midnight
        assertThat(questions(after, 28) + questions(after, 29))
                .isEqualTo(after.path("total").path("questions").asInt());
        assertThat(after.path("top_documents").toString()).contains("leave.txt");
        assertThat(after.path("unused_documents").asInt())
                .isEqualTo(
                        db.sql(
                                        """
                                        select count(*) from document d
                                        where d.live_version is not null and d.deleted_at is null
                                            and d.knowledge_base_id = :base and not exists (
                                                select 1 from answer_source s
                                                where s.document_id = d.id)
                                        """)
                                .param("base", baseA.value())
                                .query(Integer.class)
                                .single());
        JsonNode all = key.get("/api/v1/dashboard").json();
        assertThat(all.path("knowledge_bases").toString()).contains("Handbook", CANARY);
        assertThat(key.get("/api/v1/dashboard?from=2026-02-01&to=2026-01-01").status())
                .isEqualTo(400);
    }

    @Test
    void whoManagesABaseSeesItsPictureAndTakesItsTablesAlong() throws Exception {
        grants.give(root, baseA, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        try {
            var mana = signedIn("mana");
            var page = mana.get("/dashboard?days=365");
            assertThat(page.body()).contains("Dashboard", "<svg viewBox", "leave.txt");
            assertThat(page.body()).doesNotContain(CANARY);
            assertThat(mana.get("/dashboard/export?table=days").status()).isEqualTo(403);
            var csv = mana.get("/dashboard/export?table=days&days=7&base=" + baseA).body();
            assertThat(csv.lines()).hasSize(8);
            assertThat(csv).startsWith("\uFEFFfrom,questions,readers,answered,refused");
            var documents = mana.get("/dashboard/export?table=documents&base=" + baseA).body();
            assertThat(documents).contains("leave.txt").doesNotContain(CANARY);
            takesAlongWhatIsNotUsedAndWhatFailed(mana);
            assertThat(signedIn("mei").get("/dashboard").status()).isEqualTo(403);
        } finally {
            db.sql("delete from knowledge_base_reader where user_id = :id")
                    .param("id", manager.id())
                    .update();
        }
        assertThat(signedIn("root").get("/dashboard").body())
                .contains("By knowledge base", CANARY, "data-plot=\"first\"");
    }

    private void takesAlongWhatIsNotUsedAndWhatFailed(Visitor mana) throws Exception {
        var idle = upload(baseA, "idle.txt", "Nobody asks about the boiler room.");
        var broken = upload(baseA, "broken.pdf", "%PDF-1.7 and no more");
        awaitReady(idle);
        awaitStatus(broken, "failed");
        var unused = mana.get("/dashboard/export?table=unused&base=" + baseA).body();
        assertThat(unused)
                .startsWith("\uFEFFdocument,id,knowledge_base")
                .contains("idle.txt," + idle + ",Handbook")
                .doesNotContain("leave.txt");
        var why =
                db.sql("select reason_code from document_version where document_id = :id")
                        .param("id", broken.value())
                        .query(String.class)
                        .single();
        assertThat(mana.get("/dashboard/export?table=failures&base=" + baseA).body())
                .startsWith("\uFEFFreason,files")
                .contains(why.toLowerCase(Locale.ROOT).replace('_', '-') + ",");
        library.delete(root, idle);
        library.delete(root, broken);
    }

    private static int questions(JsonNode figures, int step) {
        return figures.path("steps").path(step).path("figures").path("questions").asInt();
    }

    private JsonNode figures(UUID base) throws Exception {
        return service(fullKey).get("/api/v1/dashboard?knowledge_base_id=" + base).json();
    }

    private static String asked(String question) {
        return "{\"question\": \"" + question + "\"}";
    }
}
