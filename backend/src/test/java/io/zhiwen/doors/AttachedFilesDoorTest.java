package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.prompt.BaseInstructions;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.node.Chore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Files of one chat beside the rest of the product.
class AttachedFilesDoorTest extends House {

    private static final Instructions TOLD =
            new Instructions("You are the HR desk.", "Answer for new employees.", "", "");

    @Autowired BaseInstructions instructions;
    @Autowired List<Chore> chores;

    @BeforeEach
    @AfterEach
    void tidyUp() {
        db.sql("delete from model_server").update();
        tell(baseA, Instructions.NONE);
    }

    @Test
    void theBasesInstructionsAndModelHoldBesideAnAttachedFile() throws Exception {
        awaitReady(documentA);
        tell(baseA, TOLD);
        try (var standard = new ScriptedServer(one -> one.stream().token("First").finish());
                var chosen = new ScriptedServer(one -> one.stream().token("Second").finish())) {
            registered("standard", standard);
            choose(baseA, registered("chosen", chosen));
            var mei = signedIn("mei");
            var chat = attached(mei, "deal.txt", "The merger is called Bluebird-4711.").chat();

            mei.post("/app/conversations/" + chat, asked("What is the merger called?", baseA));

            assertThat(standard.requests).isEmpty();
            assertThat(chosen.requests.getLast().body())
                    .contains("You are the HR desk.", "Answer for new employees.", "Bluebird-4711");
        }
    }

    @Test
    void whatSeveralBasesTellAModelHoldsWhereTheyAgreeAndThePageSaysWhereTheyDoNot()
            throws Exception {
        tell(baseA, TOLD);
        var both = access.chosenBy(root, List.of(baseA, baseB));
        assertThat(instructions.in(both)).isEqualTo(Instructions.NONE);
        var page = signedIn("root").get("/chat").body();
        assertThat(page).contains("give the assistant different instructions");
        assertThat(page).containsPattern("value=\"" + baseA + "\"[^>]* data-told=\"[0-9a-f-]{36}");
        assertThat(page).doesNotContainPattern("value=\"" + baseB + "\"[^>]* data-told");

        tell(baseB, TOLD);
        assertThat(instructions.in(both)).isEqualTo(TOLD);
        tell(baseB, Instructions.NONE);
    }

    @Test
    void aChatThatBranchesOffGoesOnWithTheFilesUntilItGoesTooOrLetsThemGo() throws Exception {
        var mei = signedIn("mei");
        var file = attached(mei, "deal.txt", "The merger is called Bluebird-4711.");
        var question = asked("What is the merger called?", baseA);
        var first = "/app/conversations/" + file.chat();
        mei.post(first, question);
        mei.post(first, question);
        var asked = firstQuestion(file.chat());

        var branch = mei.post(first + "/questions/" + asked + "/branch", "").json();
        var edited = mei.post(first + "/questions/" + asked + "/instead", question).json();

        var here = "/app/conversations/" + branch.get("id").asString();
        var there = "/app/conversations/" + edited.get("id").asString();
        assertThat(mei.get(here + "/attachments").body()).contains("deal.txt");
        assertThat(mei.post(here, question).body()).contains("Bluebird-4711");
        assertThat(mei.post(there, question).body()).contains("Bluebird-4711");
        // what comes to one of them later is its own
        attached(mei, here, "more.txt", "The closing dinner is on Friday.");
        assertThat(mei.get(here + "/attachments").body()).contains("deal.txt", "more.txt");
        assertThat(mei.get(first + "/attachments").body()).doesNotContain("more.txt");
        assertThat(signedIn("root").get(here + "/attachments").body()).isEqualTo("[]");

        mei.send("DELETE", there + "/attachments/" + file.document(), "", "");
        assertThat(mei.post(there, question).body()).doesNotContain("Bluebird-4711");
        assertThat(mei.get(here + "/attachments").body()).contains("deal.txt");

        mei.send("DELETE", first, "", "");
        expire();
        assertThat(mei.post(here, question).body()).contains("Bluebird-4711");
        mei.send("DELETE", here, "", "");
        expire();
        assertThat(alive(file.document())).isFalse();
    }

    private void tell(KnowledgeBaseId base, Instructions told) {
        db.sql("update knowledge_base set prompt_role = :role, prompt_task = :task where id = :id")
                .param("role", told.role())
                .param("task", told.task())
                .param("id", base.value())
                .update();
    }

    private record Attached(String chat, String document) {}

    private Attached attached(Visitor who, String name, String text) throws Exception {
        return attached(who, "/app/conversations", name, text);
    }

    private Attached attached(Visitor who, String chat, String name, String text) throws Exception {
        var sent = who.upload("POST", chat + "/attachments", name, text.getBytes(UTF_8)).json();
        var document = sent.at("/file/id").asString();
        awaitReady(new DocumentId(UUID.fromString(document)));
        return new Attached(sent.get("chat").asString(), document);
    }

    private UUID firstQuestion(String chat) {
        return db.sql(
                        "select id from message where conversation_id = :chat and role = 'user'"
                                + " order by ordinal limit 1")
                .param("chat", UUID.fromString(chat))
                .query(UUID.class)
                .single();
    }

    private void expire() {
        chores.stream()
                .filter(chore -> chore.name().equals("attachments"))
                .forEach(chore -> chore.work().run());
    }

    private boolean alive(String document) {
        return db.sql("select deleted_at is null from document where id = :id")
                .param("id", UUID.fromString(document))
                .query(Boolean.class)
                .single();
    }

    private UUID registered(String name, ScriptedServer server) throws Exception {
        var made =
                service(fullKey)
                        .post(
                                "/api/v1/model-servers",
                                "{\"name\": \"%s\", \"url\": \"%s\"}"
                                        .formatted(name, server.url()));
        return UUID.fromString(made.json().get("id").asString());
    }

    private void choose(KnowledgeBaseId base, UUID server) throws Exception {
        service(fullKey)
                .send(
                        "PUT",
                        "/api/v1/knowledge-bases/" + base + "/model-server",
                        "{\"model_server_id\": \"" + server + "\"}",
                        "application/json");
    }

    private static String asked(String question, KnowledgeBaseId base) {
        return "{\"text\": \"%s\", \"bases\": [\"%s\"]}".formatted(question, base);
    }
}
