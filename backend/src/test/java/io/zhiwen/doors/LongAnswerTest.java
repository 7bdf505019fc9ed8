package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LongAnswerTest extends House {

    /// Rights are looked at every three seconds, on a machine with other work.
    private static final Duration SECONDS = Duration.ofSeconds(30);

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
        long from = System.nanoTime();
        for (var reply : open) {
            // a text with line breaks and \u2028 and "event: x" opens no event of its own
            assertThat(events(reply)).isNotEmpty().isSubsetOf("conversation", "blocks", "stage");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SECONDS);
        db.sql("update running_answer set stopping = true").update();
        within(SECONDS, () -> EndlessAnswers.RUNNING.get() == 0);
    }

    @Test
    @DisplayName("T26: a service's stream ends when its key is taken away")
    void anAnswerEndsWithinSecondsWhenItsKeyIsRevoked() throws Exception {
        var made = keys.create(root, "passing", false, List.of(baseA));
        var reply = service(made.secret()).open("/api/v1/ask", ASK);
        long from = System.nanoTime();
        keys.revoke(root, made.row().id());

        var events = events(reply);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SECONDS);
        assertThat(events.getLast()).isEqualTo("error");
        assertThat(events.subList(0, events.size() - 1)).containsOnly("token");
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
