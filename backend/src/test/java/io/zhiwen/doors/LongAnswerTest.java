package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.widget.WidgetWish;
import io.zhiwen.widget.Widgets;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class LongAnswerTest extends House {

    /// Rights are looked at every three seconds, on a machine with other work.
    private static final Duration SECONDS = Duration.ofSeconds(30);

    private static final String ASK_WIDGET = "{\"question\": \"" + EndlessAnswers.QUESTION + "\"}";

    @Autowired Widgets widgets;

    private static final String ASK =
            "{\"question\": \"" + EndlessAnswers.QUESTION + "\", \"stream\": true}";

    @Test
    void anAnswerStopsWhenItsReaderLeaves() throws Exception {
        var reply = service(limitedKey).open("/api/v1/ask", ASK);
        try (var in = reply.body()) {
            assertThat(in.readNBytes(200)).hasSize(200);
            assertThat(EndlessAnswers.RUNNING).hasValue(1);
        }
        within(SECONDS, () -> EndlessAnswers.RUNNING.get() == 0);
    }

    @Test
    @DisplayName(
            "T26: a page has a few streams at once, each event is one, and signing out ends them")
    void aPagesStreamsAreFewWholeAndEndWithItsSession() throws Exception {
        var mei = signedIn("mei");
        var path = "/app/conversations";
        var ask = "{\"text\": \"" + EndlessAnswers.QUESTION + "\"}";
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var reply = mei.open(path, ask);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            open.add(reply);
        }
        assertThat(mei.post(path, ask).status()).isEqualTo(429);
        assertThat(mei.form("/sign-out", Map.of()).status()).isEqualTo(302);
        for (var reply : open) {
            // a text with line breaks and \u2028 and "event: x" opens no event of its own
            assertThat(events(reply)).isNotEmpty().isSubsetOf("conversation", "blocks", "stage");
        }
        db.sql("update running_answer set stopping = true").update();
        within(SECONDS, () -> EndlessAnswers.RUNNING.get() == 0);
    }

    @Test
    @DisplayName("T26: a service's streams end when its key or its base is taken away")
    void theAnswersOfEachDoorEndWhenWhatTheyRestOnIsTakenAway() throws Exception {
        var made = keys.create(root, "passing", false, List.of(baseA));
        var losing = keys.create(root, "losing", false, List.of(baseA));
        var widget =
                widgets.create(
                        root,
                        new WidgetWish(
                                "passing", List.of("https://a"), Set.of(baseA), null, null, null));
        var ask = service(made.secret()).open("/api/v1/ask", ASK);
        var completion =
                service(made.secret())
                        .open(
                                "/v1/chat/completions",
                                """
                                {"model": "zhiwen", "stream": true,
                                    "messages": [{"role": "user", "content": "%s"}]}
                                """
                                        .formatted(EndlessAnswers.QUESTION));
        var chat = service(losing.secret()).open("/api/v1/ask", ASK);
        var framed = stranger().open("/widget/" + widget.publicKey() + "/ask", ASK_WIDGET);
        for (var reply : List.of(ask, completion, chat, framed)) {
            assertThat(reply.statusCode()).isEqualTo(200);
        }
        keys.revoke(root, made.row().id());
        widgets.revoke(root, widget.id());
        db.sql("delete from api_key_base where api_key_id = :key")
                .param("key", losing.row().id())
                .update();

        for (var reply : List.of(ask, chat)) {
            var events = events(reply);
            assertThat(events.getLast()).isEqualTo("error");
            assertThat(events.subList(0, events.size() - 1)).containsOnly("token");
        }
        assertThat(text(completion)).contains("The key may not read this any more.");
        assertThat(text(framed)).contains("event:error");
        within(SECONDS, () -> EndlessAnswers.RUNNING.get() == 0);
    }

    @Test
    void aKeyHasOnlySoManyAnswersAtOnce() throws Exception {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            var reply = service(fullKey).open("/api/v1/ask", ASK);
            assertThat(reply.statusCode()).isEqualTo(200);
            open.add(reply);
        }
        var refused = service(fullKey).post("/api/v1/ask", ASK);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("too-many-answers");
        for (var reply : open) {
            reply.body().close();
        }
        within(SECONDS, () -> EndlessAnswers.RUNNING.get() == 0);
    }

    private static String text(HttpResponse<InputStream> reply) throws Exception {
        try (var body = reply.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Their names; whatever text an answer holds, each is one event with JSON.
    private static List<String> events(HttpResponse<InputStream> reply) throws Exception {
        List<String> names = new ArrayList<>();
        try (var lines =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    names.add(line.substring(6).strip());
                } else if (line.startsWith("data:")) {
                    assertThat(JsonMapper.shared().readTree(line.substring(5)).isObject()).isTrue();
                } else if (!line.startsWith(":")) {
                    assertThat(line).isEmpty();
                }
            }
        }
        return names;
    }

    private static void within(Duration limit, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still running").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
