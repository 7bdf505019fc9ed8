package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.TokenUsage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What readers do with answers, from the chat page and by key.
class ChatDoorTest extends House {

    @Autowired TokenUsage usage;

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
    void theUseOfTokensIsShownByAskerAndBase() throws Exception {
        usage.add(member.id().toString(), baseA, new Answer.Usage(2900, 80));
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
        assertThat(signedIn("ed").get("/chat/" + id + "/export.md").status()).isEqualTo(404);
    }

    private static final String JSON = "application/json";

    private static String asked(String question) {
        return "{\"text\": \"" + question + "\"}";
    }

    private static String found(Pattern pattern, String body) {
        var matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
