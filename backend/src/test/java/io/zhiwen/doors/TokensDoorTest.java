package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.Spending;
import io.zhiwen.ask.TokenUsage;
import io.zhiwen.ask.stream.ScriptedServer;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What models cost, and what people do with an answer that a model wrote.
class TokensDoorTest extends House {

    private static final String JSON = "application/json";
    private static final Pattern CHAT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @Autowired TokenUsage usage;

    @BeforeEach
    @AfterEach
    void tidyUp() {
        db.sql("delete from model_server").update();
        db.sql("delete from token_usage").update();
        db.sql("update app_user set tokens_per_day = null").update();
        db.sql("update knowledge_base set tokens_per_day = null").update();
        db.sql("delete from golden_question").update();
    }

    @Test
    void anAdminSeesOneAskerOrBaseAloneAndLimitsThem() throws Exception {
        usage.add(member.id().toString(), baseA, new Spending(2900, 80, 500, 1));
        usage.add(root.id().toString(), baseB, new Spending(70, 7, 0, 1));
        var admin = signedIn("root").withToken();
        var of = admin.get("/admin/usage?asker=" + member.id() + "&days=7").body();
        assertThat(of).contains("Only mei", "2,980", "500 estimated").doesNotContain(": 77 tokens");
        assertThat(admin.get("/admin/usage?base=" + baseB).body())
                .contains("Only Board", ": 77 tokens")
                .doesNotContain("2,980");

        admin.form("/admin/usage/limits", Map.of("of", "user:" + member.id(), "tokens", "12,000"));
        assertThat(admin.get("/admin/usage").body()).contains("Saved.", "12,000");
        admin.form("/admin/usage/limits", Map.of("of", "user:" + member.id(), "tokens", "-1"));
        assertThat(admin.get("/admin/usage").body()).contains("Nothing was saved.", "12,000");

        var full = service(fullKey);
        var ofBase = "/api/v1/usage/limits/knowledge-bases/" + baseA;
        assertThat(full.send("PUT", ofBase, "{\"tokens_per_day\": 2980}", JSON).status())
                .isEqualTo(204);
        assertThat(full.send("PUT", ofBase, "{\"tokens_per_day\": 0}", JSON).status())
                .isEqualTo(400);
        assertThat(full.get("/api/v1/usage/limits").body())
                .contains("\"tokens_per_day\":12000", "\"tokens_per_day\":2980");
        assertThat(usage.isUsedUp(root.id().toString(), baseA)).isTrue();
    }

    @Test
    void nextQuestionsAreOfTheModelThatTheChatsBaseChoseAndCountForTheirAsker() throws Exception {
        awaitReady(documentA);
        try (var standard = new ScriptedServer(one -> one.stream().token("Which?").finish());
                var chosen =
                        new ScriptedServer(
                                one -> one.stream().token("Is it 15 days? [1]").finish())) {
            registered("standard", standard);
            var id = registered("chosen", chosen);
            service(fullKey)
                    .send(
                            "PUT",
                            "/api/v1/knowledge-bases/" + baseA + "/model-server",
                            "{\"model_server_id\": \"" + id + "\"}",
                            JSON);
            var admin = signedIn("root");
            var asked =
                    "{\"text\": \"How many days of annual leave has an employee?\", \"bases\":"
                            + " [\"%s\"]}".formatted(baseA);
            var chat = CHAT.matcher(admin.post("/app/conversations", asked).body());
            assertThat(chat.find()).isTrue();
            int before = chosen.requests.size();

            admin.get("/app/conversations/" + chat.group(1) + "/next");

            assertThat(standard.requests).isEmpty();
            assertThat(chosen.requests).hasSize(before + 1);
            assertThat(service(fullKey).get("/api/v1/usage?days=1").json().get("items"))
                    .singleElement()
                    .satisfies(
                            row -> {
                                assertThat(row.get("prompt_tokens").asLong()).isEqualTo(14);
                                assertThat(row.get("answers").asLong()).isEqualTo(1);
                            });
        }
    }

    @Test
    void anAnswerBecomesAQuestionOfTheSetWithOneClick() throws Exception {
        var mei = signedIn("mei");
        var admin = signedIn("root");
        awaitReady(documentA);
        var question = "{\"text\": \"How many days of annual leave has an employee?\"}";
        var chat = CHAT.matcher(admin.post("/app/conversations", question).body());
        assertThat(chat.find()).isTrue();
        var turn = "{\"conversation\": \"" + chat.group(1) + "\", \"turn\": 0}";

        assertThat(mei.post("/app/admin/golden-questions", turn).status()).isEqualTo(403);
        var made = admin.post("/app/admin/golden-questions", turn).json();

        assertThat(admin.get(made.get("url").asString()).body())
                .contains("How many days of annual leave has an employee?", "leave.txt");
        assertThat(
                        db.sql(
                                        "select knowledge_base_id || ' ' || source"
                                                + " from golden_question")
                                .query(String.class)
                                .list())
                .containsExactly(baseA + " chat");
        var absent = turn.replace("\"turn\": 0", "\"turn\": 7");
        assertThat(admin.post("/app/admin/golden-questions", absent).status()).isEqualTo(404);
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
}
