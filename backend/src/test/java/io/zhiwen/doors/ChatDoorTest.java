package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.ask.Spending;
import io.zhiwen.ask.TokenUsage;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.node.Chore;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What readers do with answers, from the chat page and by key.
class ChatDoorTest extends House {

    @Autowired TokenUsage usage;
    @Autowired List<Chore> chores;

    private static final String QUESTION = "How many days of annual leave does every employee have";
    private static final Pattern CHAT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern ANSWER = Pattern.compile("\"answer\":\"([0-9a-f-]{36})\"");

    @Test
    void anAnswerIsRatedByWhoAskedForItAndSeenByAdmins() throws Exception {
        awaitReady(documentA);
        var mei = signedIn("mei");
        var answer = found(ANSWER, mei.post("/app/conversations", asked(QUESTION + "?")).body());
        var path = "/app/answers/" + answer + "/feedback";
        assertThat(signedIn("ed").send("PUT", path, "{\"good\": true}", JSON).status())
                .isEqualTo(404);
        assertThat(mei.send("PUT", path, "{\"good\": true}", JSON).status()).isEqualTo(204);
        var verdict =
                """
                {"good": false, "reason": "outdated", "comment": "since May", "correction": "20 days"}""";
        assertThat(mei.send("PUT", path, verdict, JSON).status()).isEqualTo(204);

        var page = signedIn("root").get("/admin/feedback?show=bad").body();
        assertThat(page).contains(QUESTION, "since May", "20 days", "leave.txt", "mei");
        var rated = service(fullKey).get("/api/v1/feedback?good=false").json().get("items").get(0);
        assertThat(rated.get("answer_id").asString()).isEqualTo(answer);
        assertThat(rated.get("reason").asString()).isEqualTo("outdated");
        assertThat(rated.get("answer").asString()).contains("15 days");
        assertThat(rated.get("knowledge_base_ids").get(0).asString()).isEqualTo(baseA.toString());

        assertThat(mei.send("DELETE", path, "", "").status()).isEqualTo(204);
        assertThat(service(fullKey).get("/api/v1/feedback?good=false").body())
                .doesNotContain(answer);
    }

    @Test
    void aServiceRatesTheAnswersItAskedForAndNoOthers() throws Exception {
        awaitReady(documentA);
        var limited = service(limitedKey);
        var asked = limited.post("/api/v1/ask", "{\"question\": \"" + QUESTION + " by key?\"}");
        var answer = asked.json().get("trace_id").asString();
        var path = "/api/v1/answers/" + answer + "/feedback";
        assertThat(service(fullKey).send("PUT", path, "{\"good\": true}", JSON).status())
                .isEqualTo(404);
        assertThat(limited.send("PUT", path, "{\"good\": true}", JSON).status()).isEqualTo(204);
        assertThat(limited.send("PUT", path, "{}", JSON).status()).isEqualTo(400);
        assertThat(
                        limited.send("PUT", path, "{\"good\": false, \"reason\": \"x\"}", JSON)
                                .json()
                                .get("code")
                                .asString())
                .isEqualTo("unknown-reason");
        assertThat(service(fullKey).get("/api/v1/feedback?good=true").body())
                .contains(answer, "key:limited", "by key?");
    }

    @Test
    void aSharedChatIsReadByOthersWithTheirOwnRightsUntilItIsTakenBack() throws Exception {
        awaitReady(documentA);
        var mei = signedIn("mei");
        var id = found(CHAT, mei.post("/app/conversations", asked(QUESTION + " shared?")).body());
        var shared = mei.post("/app/conversations/" + id + "/share", "");
        var path = shared.json().get("path").asString();
        mei.post("/app/conversations/" + id, asked("Something said later?"));

        assertThat(signedIn("root").get(path).body())
                .contains(QUESTION, "15 days", "leave.txt")
                .doesNotContain("Something said later");
        assertThat(signedIn("ed").get(path).body())
                .contains(QUESTION)
                .doesNotContain("15 days", "leave.txt");
        assertThat(stranger().get(path).told()).isEqualTo("sign-in");
        assertThat(signedIn("ed").post("/app/conversations/" + id + "/share", "").status())
                .isEqualTo(404);
        signedIn("ed").send("DELETE", "/app/conversations/" + id + "/share", "", "");
        assertThat(signedIn("root").get(path).status()).isEqualTo(200);

        mei.send("DELETE", "/app/conversations/" + id + "/share", "", "");
        assertThat(signedIn("root").get(path).status()).isEqualTo(404);
    }

    @Test
    void aQuestionCanBeNarrowedToAFolderOrADocumentButNotBeyondOnesRights() throws Exception {
        awaitReady(documentA);
        var folder = folders.create(root, baseA, null, "Guards");
        var text = "Guards have 31 days of annual leave, more than every other employee.";
        var bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
        var guards = library.upload(root, baseA, folder, "guards.txt", bytes).id();
        awaitReady(guards);
        var mei = signedIn("mei");
        var inFolder = mei.post("/app/conversations", asked(QUESTION + "?", "folders", folder));
        assertThat(inFolder.body()).contains("31 days").doesNotContain("15 days");
        var chat = found(CHAT, inFolder.body());
        assertThat(mei.get("/chat/" + chat).body()).contains("Guards", "data-kind=\"folder\"");
        assertThat(mei.post("/app/conversations/" + chat + "/again", "").body())
                .doesNotContain("15 days");
        var inDocument =
                mei.post("/app/conversations", asked(QUESTION + "?", "documents", documentA));
        assertThat(inDocument.body()).contains("15 days").doesNotContain("31 days");
        var hidden = mei.post("/app/conversations", asked(QUESTION + "?", "documents", documentB));
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(mei.get("/app/scope/" + baseA).body()).contains("Guards", "leave.txt");
        assertThat(mei.get("/app/scope/" + baseA + "?q=GUARD").body())
                .contains("guards.txt")
                .doesNotContain("leave.txt");

        var key = service(limitedKey);
        var wanted = "{\"question\": \"%s?\", \"folder_ids\": [\"%s\"]}";
        assertThat(key.post("/api/v1/ask", wanted.formatted(QUESTION, folder)).body())
                .contains("31 days")
                .doesNotContain("15 days");
        var chosen =
                "{\"model\": \"%s\", \"document_ids\": [\"%s\"], \"messages\": [{\"role\": \"user\","
                        + " \"content\": \"%s?\"}]}";
        assertThat(
                        key.post(
                                        "/v1/chat/completions",
                                        chosen.formatted("Handbook", documentA, QUESTION))
                                .body())
                .contains("15 days")
                .doesNotContain("31 days");
        var notItsOwn = chosen.formatted("zhiwen", documentB, QUESTION);
        assertThat(key.post("/v1/chat/completions", notItsOwn).status()).isEqualTo(404);
        library.delete(root, guards);
    }

    @Test
    void managersWriteTheFirstQuestionsAndReadersSeeThem() throws Exception {
        awaitReady(documentA);
        var path = "/api/v1/knowledge-bases/" + baseA + "/first-questions";
        var admin = signedIn("root").withToken();
        var written = Map.of("questions", "How much leave is there?\n\nWho <b>approves</b> it?");
        assertThat(admin.form("/library/" + baseA + "/questions", written).status()).isEqualTo(302);
        assertThat(signedIn("mei").get("/chat").body())
                .contains("How much leave is there?", "Who &lt;b&gt;approves&lt;/b&gt; it?");
        assertThat(service(limitedKey).get(path).body()).contains("\"edited\":true");
        assertThat(service(fullKey).send("DELETE", path, "", "").status()).isEqualTo(204);
        assertThat(service(limitedKey).get(path).json().get("edited").asBoolean()).isFalse();
        var tooMany = "{\"questions\": [" + "\"q?\",".repeat(12) + "\"q?\"]}";
        assertThat(service(fullKey).send("PUT", path, tooMany, JSON).status()).isEqualTo(400);
    }

    @Test
    void aKeyThatActsForSomebodySavesTheirChatsAsBothMayReadThem() throws Exception {
        awaitReady(documentA);
        var mei = signedIn("mei");
        var id = found(CHAT, mei.post("/app/conversations", asked(QUESTION + " saved?")).body());
        var all = new KeyWish("portal", true, Set.of(), KeyScope.ALL, true, null);
        var portal = service(keys.create(root, all).secret()).onBehalfOf("mei");
        var path = "/api/v1/chats/" + id + "/export";

        assertThat(portal.get("/api/v1/chats").body()).contains(id, "annual leave");
        assertThat(portal.get(path).body()).contains("15 days", "leave.txt");
        assertThat(portal.get(path + "?format=pdf").body()).startsWith("%PDF-");
        assertThat(portal.get(path + "?format=docx").body()).startsWith("PK");
        assertThat(portal.get(path + "?format=odt").status()).isEqualTo(400);
        var elsewhere = new KeyWish("board", false, Set.of(baseB), KeyScope.ALL, true, null);
        assertThat(
                        service(keys.create(root, elsewhere).secret())
                                .onBehalfOf("mei")
                                .get(path)
                                .body())
                .contains("saved")
                .doesNotContain("15 days");
        assertThat(service(keys.create(root, all).secret()).onBehalfOf("ed").get(path).status())
                .isEqualTo(404);
    }

    @Test
    void aServiceGoesOnWithAChatOfItsOwnAndSeesHowEachAnswerCameAbout() throws Exception {
        awaitReady(documentA);
        var ask = "{\"question\": \"%s\", \"conversation_id\": \"%s\", \"trace\": true}";
        var key = service(limitedKey);
        var first = key.post("/api/v1/ask", ask.formatted(QUESTION, "new")).json();
        var id = first.get("conversation_id").asString();
        assertThat(first.get("answer").asString()).contains("15 days");
        var trace = first.get("trace");
        assertThat(trace.get("earlierTurns").asInt()).isZero();
        assertThat(trace.get("millis").get("total").isNumber()).isTrue();
        assertThat(trace.get("legs").isArray()).isTrue();
        assertThat(trace.has("asker")).isFalse();

        var follow = ask.formatted("And how many days of it lapse?", id);
        var second = key.post("/api/v1/ask", follow).json();
        assertThat(second.get("conversation_id").asString()).isEqualTo(id);
        assertThat(second.get("trace").get("earlierTurns").asInt()).isOne();
        var streamed = follow.replace("\"trace\": true", "\"stream\": true");
        assertThat(key.post("/api/v1/ask", streamed).body())
                .startsWith("event:conversation\ndata:{\"conversation_id\":\"" + id)
                .contains("event:done")
                .doesNotContain("\"trace\"");

        var chat = "/api/v1/chats/" + id;
        var said = key.get(chat).json().get("messages");
        assertThat(said).hasSize(6);
        assertThat(said.get(0).get("text").asString()).isEqualTo(QUESTION);
        assertThat(said.get(1).get("citations").get(0).get("text").asString()).contains("15 days");
        assertThat(key.get("/api/v1/chats").body()).contains(id);
        assertThat(key.get(chat + "/export").body()).contains("15 days");

        var full = service(fullKey);
        assertThat(full.get(chat).status()).isEqualTo(404);
        assertThat(full.post("/api/v1/ask", follow).status()).isEqualTo(404);
        assertThat(full.send("DELETE", chat, "", "").status()).isEqualTo(404);
        var operator = full.post("/api/v1/ask", ask.formatted(QUESTION, "new")).json();
        assertThat(operator.get("trace").has("asker")).isTrue();

        assertThat(key.send("DELETE", chat, "", "").status()).isEqualTo(204);
        assertThat(key.post("/api/v1/ask", follow).status()).isEqualTo(404);
        assertThat(key.get("/api/v1/chats").body()).doesNotContain(id);
    }

    @Test
    void aFileOfOneChatIsFoundThereByItsOwnerAndNowhereElseByAnybody() throws Exception {
        var mei = signedIn("mei");
        var secret = "The merger is called Bluebird-4711 and closes in May.";
        var sent =
                mei.upload(
                        "POST",
                        "/app/conversations/attachments",
                        "deal.txt",
                        secret.getBytes(UTF_8));
        assertThat(sent.status()).isEqualTo(202);
        var chat = sent.json().get("chat").asString();
        var document = sent.json().get("file").get("id").asString();
        awaitReady(new DocumentId(UUID.fromString(document)));
        var question = asked("What is the merger called?");
        var attached = mei.get("/app/conversations/" + chat + "/attachments");
        for (int i = 0; i < 2400 && !attached.body().contains("\"status\":\"ready\""); i++) {
            Thread.sleep(25);
            attached = mei.get("/app/conversations/" + chat + "/attachments");
        }
        assertThat(attached.body()).contains("deal.txt", "\"status\":\"ready\"");

        var answer = mei.post("/app/conversations/" + chat, question).body();
        assertThat(answer).contains("Bluebird-4711", "deal.txt");
        assertThat(mei.get("/chat/" + chat).body()).contains("Bluebird-4711");
        assertThat(mei.get("/app/documents/" + document + "/1/text?start=0&end=20").body())
                .contains("Bluebird-4711");
        assertThat(mei.get("/files/" + document + "/1").body()).isEqualTo(secret);

        assertThat(mei.post("/app/conversations", question).body()).doesNotContain("Bluebird");
        assertThat(mei.get("/search?q=merger+Bluebird").body()).doesNotContain("deal.txt");
        var root = signedIn("root");
        assertThat(root.post("/app/conversations", question).body()).doesNotContain("Bluebird");
        for (var path :
                List.of(
                        "/app/documents/" + document + "/1/text?start=0&end=20",
                        "/files/" + document + "/1",
                        "/library/documents/" + document)) {
            assertThat(root.get(path).status()).as(path).isEqualTo(404);
        }
        for (var path : List.of("/library", "/admin/audit", "/admin/status", "/search?q=merger")) {
            assertThat(root.get(path).body()).as(path).doesNotContain("deal.txt", "Bluebird");
        }
        assertThat(service(fullKey).get("/api/v1/documents/" + document).status()).isEqualTo(404);
        assertThat(
                        service(fullKey)
                                .post("/api/v1/search", "{\"query\": \"merger Bluebird\"}")
                                .body())
                .doesNotContain("deal.txt");
        assertThat(root.get("/app/conversations/" + chat + "/attachments").body()).isEqualTo("[]");

        mei.send("DELETE", "/app/conversations/" + chat, "", "");
        assertThat(mei.get("/files/" + document + "/1").status()).isEqualTo(404);
        chores.stream()
                .filter(chore -> chore.name().equals("attachments"))
                .forEach(chore -> chore.work().run());
        assertThat(
                        db.sql(
                                        "select count(*) from document where id = :id and deleted_at is null")
                                .param("id", UUID.fromString(document))
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void theUseOfTokensIsShownByAskerAndBase() throws Exception {
        db.sql("delete from token_usage").update();
        usage.add(member.id().toString(), baseA, new Spending(2900, 80, 0, 1));
        var page = signedIn("root").get("/admin/usage").body();
        assertThat(page).contains("2,980", "mei", "Handbook");
        var row = service(fullKey).get("/api/v1/usage?days=1").json().get("items").get(0);
        assertThat(row.get("asker_kind").asString()).isEqualTo("user");
        assertThat(row.get("prompt_tokens").asLong()).isEqualTo(2900);
        assertThat(row.get("knowledge_base_id").asString()).isEqualTo(baseA.toString());
    }

    @Test
    void aChatIsSavedWithItsSources() throws Exception {
        awaitReady(documentA);
        var mei = signedIn("mei");
        var id = found(CHAT, mei.post("/app/conversations", asked(QUESTION + " *now*?")).body());
        var markdown = mei.get("/chat/" + id + "/export.md");
        assertThat(markdown.header("Content-Disposition")).contains("attachment", ".md");
        assertThat(markdown.body())
                .contains("## " + QUESTION + " \\*now\\*?")
                .contains("15 days", "- \\[1\\] leave.txt");
        assertThat(mei.get("/chat/" + id + "/export.docx").body()).startsWith("PK");
        assertThat(mei.get("/chat/" + id + "/export.pdf").body()).startsWith("%PDF-");
        assertThat(signedIn("ed").get("/chat/" + id + "/export.md").status()).isEqualTo(404);
    }

    private static final String JSON = "application/json";

    private static String asked(String question) {
        return "{\"text\": \"" + question + "\"}";
    }

    private static String asked(String question, String part, Object id) {
        return "{\"text\": \"%s\", \"%s\": [\"%s\"]}".formatted(question, part, id);
    }

    private static String found(Pattern pattern, String body) {
        var matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
