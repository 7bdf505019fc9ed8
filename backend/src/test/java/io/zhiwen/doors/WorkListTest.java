package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Named;
import io.zhiwen.curate.WorkItem;
import io.zhiwen.curate.WorkList;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WorkListTest extends House {

    private static final String CHAIR = "Which chair does the quarterly zeppelin committee use?";
    private static final String CHAIR_TOO =
            "Which chair is used by the quarterly zeppelin committee?";
    private static final String TEA = "Where is the tea ceremony held?";

    @Autowired WorkList work;

    @BeforeEach
    void ready() throws Exception {
        awaitReady(documentA);
        work.collect();
        db.sql("delete from work_item").update();
        db.sql("update work_list_seen set at = now() + interval '10 minutes'").update();
    }

    @AfterEach
    void forget() {
        db.sql("delete from approved_answer").update();
        db.sql("delete from golden_question where source = 'approved'").update();
        db.sql("update work_list_seen set at = now()").update();
    }

    @Test
    void questionsOfOneMeaningAreOneItemUntilAnApprovedAnswerMakesThemWork() throws Exception {
        var mei = signedIn("mei").withToken();
        refused(ask(mei, CHAIR));
        refused(ask(mei, CHAIR));
        refused(ask(service(limitedKey), CHAIR_TOO));
        refused(ask(mei, TEA));
        work.collect();
        work.collect();

        List<WorkItem> items = work.page(root, null, false, "", 1, 200).rows();
        assertThat(items).extracting(WorkItem::question).containsExactly(CHAIR, TEA);
        WorkItem item = items.getFirst();
        assertThat(item.asked()).isEqualTo(3);
        assertThat(item.askers()).isEqualTo(2);
        assertThat(item.wordings()).containsExactly(CHAIR, CHAIR_TOO);
        assertThat(item.reasons()).containsEntry(WorkItem.Why.REFUSED, 3L);

        var admin = signedIn("root").withToken();
        var page = "/work-list/" + item.id();
        assertThat(admin.get("/work-list").body()).contains(CHAIR, TEA, "3 times by 2 readers");
        assertThat(admin.form(page + "/check", Map.of()).status()).isEqualTo(302);
        assertThat(admin.get(page).body()).contains("It does not work yet");
        assertThat(work.find(root, item.id()).orElseThrow().state()).isEqualTo(WorkItem.State.OPEN);
        assertThat(admin.form(page + "/base", Map.of("base", baseA.toString())).status())
                .isEqualTo(302);
        assertThat(admin.get(page).body()).contains("Given to those who manage this base.");
        assertThat(admin.form(page + "/assign", Map.of("person", root.id().toString())).status())
                .isEqualTo(302);
        assertThat(admin.get(page).body()).contains("Assigned.");
        assertThat(
                        admin.form(
                                        page + "/answer",
                                        Map.of(
                                                "questions",
                                                CHAIR + "\n" + CHAIR_TOO,
                                                "text",
                                                "The green one. [1]",
                                                "document",
                                                documentA.value().toString()))
                                .status())
                .isEqualTo(302);
        assertThat(admin.get(page).body()).contains("Closed.", "The green one.", "leave.txt");
        WorkItem done = work.find(root, item.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(WorkItem.State.DONE);
        assertThat(done.proof())
                .allSatisfy(proof -> assertThat(proof.engine()).isEqualTo("approved"));
        assertThat(ask(mei, CHAIR)).contains("The green one.");
        assertThat(admin.get("/work-list?closed=true").body()).contains(CHAIR);

        db.sql("delete from approved_answer").update();
        refused(ask(mei, CHAIR));
        work.collect();
        assertThat(work.find(root, item.id()).orElseThrow().state()).isEqualTo(WorkItem.State.OPEN);
    }

    @Test
    void aThumbDownComesInAndAServiceSaysWhatIsWanted() throws Exception {
        var key = service(fullKey);
        var asked =
                key.post(
                        "/api/v1/ask",
                        "{\"question\":\"How many days of annual leave are there?\","
                                + "\"knowledge_base_ids\":[\"%s\"]}".formatted(baseA));
        var answer = asked.json().path("trace_id").asString();
        key.send("PUT", "/api/v1/answers/" + answer + "/feedback", "{\"good\":false}", JSON);
        work.collect();

        var item = key.get("/api/v1/work-items").json().path("items").path(0);
        assertThat(item.path("reasons").path("thumb").asInt()).as(item.toString()).isEqualTo(1);
        var path = "/api/v1/work-items/" + item.path("id").asString();
        var moved = key.send("PUT", path, "{\"state\":\"wanted\",\"note\":\"Part-time?\"}", JSON);
        assertThat(moved.json().path("state").asString()).isEqualTo("wanted");
        var done = "{\"state\":\"done\"}";
        assertThat(key.send("PUT", path, done, JSON).status()).isEqualTo(409);
        var checked = key.post(path + "/check", "").json();
        assertThat(checked.path("proof").path(0).path("works").asBoolean()).isTrue();
        assertThat(checked.path("proof").path(0).path("answer").asString()).contains("15");
        assertThat(checked.path("state").asString()).as("a reader disagreed").isEqualTo("wanted");
        var closed = key.send("PUT", path, done, JSON).json();
        assertThat(closed.path("state").asString()).isEqualTo("done");
    }

    @Test
    void whoManagesABaseSeesItsQuestionsAndNobodyThoseOfAChatsOwnFiles() throws Exception {
        grants.give(root, baseA, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        var attached = UUID.randomUUID();
        db.sql(
                        """
                        insert into knowledge_base (id, name, chat_only)
                        values (:id, 'a chat', true)
                        """)
                .param("id", attached)
                .update();
        try {
            trace("Who is in my private file?", documentA, List.of(baseA.value(), attached), "");
            trace("Who is forbidden?", documentA, List.of(baseA.value()), "{\"rule\": 1}");
            trace("Who sits on the " + CANARY + "?", documentB, List.of(baseB.value()), "");
            trace("Who rings the bell?", documentA, List.of(baseA.value()), "");
            work.collect();

            assertThat(work.page(root, null, false, "", 1, 200).rows())
                    .extracting(WorkItem::question)
                    .containsExactlyInAnyOrder(
                            "Who sits on the " + CANARY + "?", "Who rings the bell?");
            var mine = work.page(manager, null, false, "", 1, 200).rows();
            assertThat(mine).extracting(WorkItem::question).containsExactly("Who rings the bell?");
            assertThat(signedIn("mana").get("/work-list").body()).doesNotContain(CANARY);
            var theirs =
                    work.page(root, baseB, false, "", 1, 200).rows().stream()
                            .map(WorkItem::id)
                            .findFirst();
            assertThat(work.find(manager, theirs.orElseThrow())).isEmpty();
            assertThat(work.people(mine.getFirst(), "", 200))
                    .extracting(Named::id)
                    .contains(manager.id(), root.id())
                    .doesNotContain(member.id());
        } finally {
            db.sql("delete from knowledge_base where id = :id").param("id", attached).update();
            db.sql("delete from knowledge_base_reader where user_id = :id")
                    .param("id", manager.id())
                    .update();
        }
    }

    /// A refusal whose nearest passage is of the document.
    private void trace(String question, DocumentId nearest, List<UUID> bases, String forbidden) {
        db.sql(
                        """
                        insert into answer_trace (id, question, trace)
                        values (gen_random_uuid(), :question, jsonb_strip_nulls(jsonb_build_object(
                            'outcome', 'refused', 'asker', :asker, 'bases', to_jsonb(:bases),
                            'forbidden', cast(nullif(:forbidden, '') as jsonb),
                            'passages', jsonb_build_array(jsonb_build_object(
                                'document', cast(:nearest as text), 'relevance', 0.1)))))
                        """)
                .param("question", question)
                .param("asker", member.id().toString())
                .param("bases", bases.toArray(UUID[]::new))
                .param("forbidden", forbidden)
                .param("nearest", nearest.toString())
                .update();
    }

    private static final String JSON = "application/json";

    private static void refused(String told) {
        assertThat(told).containsPattern("\"refused\":\\s*true");
    }

    private static String ask(Visitor who, String question) throws Exception {
        var session = who.post("/app/conversations", "{\"text\":\"" + question + "\"}");
        return session.status() == 200
                ? session.body()
                : who.post("/api/v1/ask", "{\"question\":\"" + question + "\"}").body();
    }
}
