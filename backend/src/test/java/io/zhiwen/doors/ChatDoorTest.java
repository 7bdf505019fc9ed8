package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What readers do with answers, from the chat page and by key.
class ChatDoorTest extends House {

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
