package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a model is told of a chat that no longer fits into its prompt.
class LongChatDoorTest extends House {

    private static final int TURNS = 15;
    private static final String SUMS_UP = "Sum up the conversation";
    private static final String LONG = "The portal takes it. ".repeat(18);
    private static final Pattern CHAT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @BeforeEach
    @AfterEach
    void removeServers() {
        db.sql("delete from model_server").update();
    }

    @Test
    void whatWasSaidInTheFirstOfFifteenTurnsReachesTheModelInASummaryThatLastsForSeveral()
            throws Exception {
        awaitReady(documentA);
        try (var server = new ScriptedServer(one -> one.stream().token("x").finish())) {
            server.play(
                    one -> {
                        var asked = server.requests.getLast().body();
                        boolean knows = asked.contains("Zwolle");
                        one.stream()
                                .token(
                                        asked.contains(SUMS_UP)
                                                ? knows ? "They work in Zwolle." : "Nothing."
                                                : "15 days [1]. " + LONG)
                                .finish();
                    });
            service(fullKey)
                    .post(
                            "/api/v1/model-servers",
                            "{\"name\": \"one\", \"url\": \"%s\"}".formatted(server.url()));
            var mei = signedIn("mei");
            var chat = begun(mei, "I work in Zwolle. How many days of annual leave are there?");
            for (int i = 2; i <= TURNS; i++) {
                mei.post(
                        "/app/conversations/" + chat,
                        asked("How many days of annual leave has employee number " + i + "?"));
            }

            assertThat(server.requests.getLast().body())
                    .contains("They work in Zwolle.")
                    .contains("employee number " + (TURNS - 1));
            var prompt = lastTrace().get("prompt");
            int summarised = prompt.get("summarisedTurns").asInt();
            int told = prompt.get("history").size() - 1;
            assertThat(summarised).isPositive();
            assertThat(prompt.get("droppedTurns").asInt()).isEqualTo(TURNS - 1 - summarised - told);
            assertThat(prompt.get("droppedTurns").asInt()).isZero();
            assertThat(server.requests.stream().filter(one -> one.body().contains(SUMS_UP)))
                    .hasSizeBetween(1, TURNS / 2);
        }
    }

    private JsonNode lastTrace() {
        return JsonMapper.shared()
                .readTree(
                        db.sql("select trace from answer_trace order by at desc limit 1")
                                .query(String.class)
                                .single());
    }

    private static String begun(Visitor who, String question) throws Exception {
        var id = CHAT.matcher(who.post("/app/conversations", asked(question)).body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static String asked(String question) {
        return "{\"text\": \"" + question + "\"}";
    }
}
