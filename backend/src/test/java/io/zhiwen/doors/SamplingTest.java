package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How the model is told to choose its words: by its server, and by who asks as OpenAI's clients
// do.
class SamplingTest extends House {

    private static final String ALL = "/api/v1/model-servers";
    private static final String QUESTION =
            "How many days of annual leave does every employee have?";

    @BeforeEach
    @AfterEach
    void removeServers() {
        db.sql("delete from model_server").update();
    }

    @Test
    void whatAServerIsSetToIsSentAndACallersOwnGoesBeforeItButGetsNoLongerAnswer()
            throws Exception {
        awaitReady(documentA);
        try (var server =
                new ScriptedServer(one -> one.stream().token("Fifteen days. [1]").finish())) {
            var full = service(fullKey);
            var set =
                    """
                    {"name": "warm", "url": "%s", "max_tokens": 600, "temperature": 0.7,
                     "top_p": 0.9, "seed": 11}"""
                            .formatted(server.url());
            var made = full.post(ALL, set).json();
            assertThat(made.get("temperature").asDouble()).isEqualTo(0.7);
            assertThat(made.get("top_p").asDouble()).isEqualTo(0.9);
            assertThat(made.get("seed").asLong()).isEqualTo(11);

            complete("");
            var usual = sent(server);
            assertThat(usual.get("temperature").asDouble()).isEqualTo(0.7);
            assertThat(usual.get("top_p").asDouble()).isEqualTo(0.9);
            assertThat(usual.get("seed").asLong()).isEqualTo(11);
            assertThat(usual.get("max_tokens").asInt()).isEqualTo(600);

            complete(", \"temperature\": 0, \"top_p\": 0.5, \"max_tokens\": 90, \"seed\": 5");
            var own = sent(server);
            assertThat(own.get("temperature").asDouble()).isZero();
            assertThat(own.get("top_p").asDouble()).isEqualTo(0.5);
            assertThat(own.get("seed").asLong()).isEqualTo(5);
            assertThat(own.get("max_tokens").asInt()).isEqualTo(90);

            complete(", \"max_completion_tokens\": 100000");
            assertThat(sent(server).get("max_tokens").asInt()).isEqualTo(600);

            var admin = signedIn("root");
            assertThat(admin.get("/admin/models").body()).contains("Temperature 0.7", "Seed 11");
            var fields = new HashMap<String, String>();
            fields.put("name", "warm");
            fields.put("url", server.url());
            fields.put("temperature", "");
            fields.put("seed", "3");
            admin.form("/admin/models/" + made.get("id").asString(), fields);
            var now = full.get(ALL + "/" + made.get("id").asString()).json();
            assertThat(now.path("temperature").isNumber()).isFalse();
            assertThat(now.get("seed").asLong()).isEqualTo(3);
        }
    }

    @Test
    void whatIsOutOfBoundsIsRefusedWithItsField() throws Exception {
        var server = "{\"name\": \"n\", \"url\": \"http://gpu\", %s}";
        var wrong =
                Map.of(
                        "temperature", "\"temperature\": 2.1",
                        "top_p", "\"top_p\": 0");
        for (var one : wrong.entrySet()) {
            var refused = service(fullKey).post(ALL, server.formatted(one.getValue()));
            assertThat(refused.status()).as(one.getKey()).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(one.getKey());
            assertThat(complete(", " + one.getValue()).body()).contains(one.getKey());
        }
        assertThat(complete(", \"max_tokens\": 0").status()).isEqualTo(400);
        assertThat(complete(", \"seed\": \"seven\"").status()).isEqualTo(400);
        var admin = signedIn("root");
        var fields = Map.of("name", "n", "url", "http://gpu", "temperature", "9");
        assertThat(admin.form("/admin/models", fields).status()).isEqualTo(302);
        assertThat(admin.get("/admin/models").body())
                .contains("from 0 (the most likely words) to 2");
    }

    private Visitor.Reply complete(String more) throws Exception {
        return service(limitedKey)
                .post(
                        "/v1/chat/completions",
                        """
                        {"model": "Handbook", "messages": [{"role": "user", "content": "%s"}]%s}"""
                                .formatted(QUESTION, more));
    }

    private static JsonNode sent(ScriptedServer server) {
        return server.requests.stream()
                .map(request -> JsonMapper.shared().readTree(request.body()))
                .filter(body -> body.toString().contains("<passages>"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
