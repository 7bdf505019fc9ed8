package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How an answer came about, opened after the fact by those who may.
class AnswerWayDoorTest extends House {

    private static final String QUESTION = "How many days of annual leave does an employee get?";
    private static final Pattern ANSWER = Pattern.compile("\"answer\":\"([0-9a-f-]{36})\"");
    private static final Pattern CHAT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @BeforeEach
    void letManaManage() throws Exception {
        db.sql("delete from model_server").update();
        awaitReady(documentA);
        awaitReady(documentB);
        grants.give(root, baseA, new Grantee.Person(manager.id()), BaseRole.MANAGER);
    }

    @AfterEach
    void tidyUp() {
        grants.revoke(root, baseA, new Grantee.Person(manager.id()));
        db.sql("delete from model_server").update();
    }

    @Test
    void anAnswersWayIsOpenedByItsAskerItsManagersAndAdminsAndShowsNobodyElsesChat()
            throws Exception {
        try (var server =
                new ScriptedServer(one -> one.stream().token("It is 15 days. [1][9]").finish())) {
            service(fullKey)
                    .post(
                            "/api/v1/model-servers",
                            "{\"name\": \"one\", \"url\": \"%s\"}".formatted(server.url()));
            var mei = signedIn("mei");
            var first = mei.post("/app/conversations", asked("Where is Zwolle-secret?")).body();
            var chat = "/app/conversations/" + found(CHAT, first);
            var answer = found(ANSWER, mei.post(chat, asked(QUESTION)).body());
            var path = "/answers/" + answer;

            var own = mei.get(path);
            assertThat(own.status()).isEqualTo(200);
            assertThat(own.body())
                    .contains(
                            QUESTION, "15 days of annual leave", "leave.txt", "Used for the answer")
                    .contains("Numbers removed that name no passage sent: 1")
                    .doesNotContain("data-testid=\"way-system\"", CANARY);
            assertThat(mei.get("/chat/" + found(CHAT, first)).body()).contains("href=\"" + path);

            for (var name : java.util.List.of("root", "mana")) {
                var page = signedIn(name).get(path).body();
                assertThat(page)
                        .as(name)
                        .contains("data-testid=\"way-system\"", "Answer only from the passages")
                        .contains("&lt;passage n=", "leave.txt", "7 read, 3 written")
                        .doesNotContain("Zwolle-secret", "It is 15 days.", "mei");
            }
            assertThat(signedIn("ed").get(path).status()).isEqualTo(404);
            assertThat(
                            db.sql(
                                            "select actor from audit_event where action = 'answer.way'"
                                                    + " and object = :answer order by actor")
                                    .param("answer", "answer:" + answer)
                                    .query(String.class)
                                    .list())
                    .containsExactly("user:mana", "user:root");

            var trace = "/api/v1/answers/" + answer + "/trace";
            var whole = service(fullKey).get(trace).json();
            assertThat(whole.get("own").asBoolean()).isFalse();
            assertThat(whole.at("/trace/prompt/user").asString()).contains("15 days");
            assertThat(whole.at("/trace/answer").isMissingNode()).isTrue();
            assertThat(whole.at("/trace/asker").isMissingNode()).isTrue();
            assertThat(whole.toString()).doesNotContain("Zwolle-secret");
            assertThat(service(limitedKey).get(trace).status()).isEqualTo(404);
            assertThat(service(fullKey).onBehalfOf("ed").get(trace).status()).isNotEqualTo(200);
        }
    }

    @Test
    void whatRestsOnAnotherBaseOrOnFilesOfAChatIsNotTheManagersAndNotTheAdmins() throws Exception {
        var both = signedIn("root").post("/app/conversations", asked("annual leave of the board"));
        assertThat(signedIn("mana").get("/answers/" + found(ANSWER, both.body())).status())
                .isEqualTo(404);

        var mei = signedIn("mei");
        var file =
                mei.upload(
                                "POST",
                                "/app/conversations/attachments",
                                "deal.txt",
                                "The merger is called Bluebird-4711.".getBytes(UTF_8))
                        .json();
        awaitReady(new DocumentId(UUID.fromString(file.at("/file/id").asString())));
        var chat = "/app/conversations/" + file.get("chat").asString();
        var answer = found(ANSWER, mei.post(chat, asked("What is the merger called?")).body());
        assertThat(mei.get("/answers/" + answer).body()).contains("Bluebird-4711");
        assertThat(signedIn("root").get("/answers/" + answer).status()).isEqualTo(404);
        assertThat(service(fullKey).get("/api/v1/answers/" + answer + "/trace").status())
                .isEqualTo(404);
    }

    private static String asked(String question) {
        return "{\"text\": \"" + question + "\"}";
    }

    private static String found(Pattern pattern, String body) {
        var matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
