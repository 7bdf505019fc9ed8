package io.zhiwen.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// F22 with answers being written.
@Timeout(240)
class GoodbyeTest {

    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final int STREAMS = 3;
    private static final String WRITTEN = "\"Every 40 hours";

    @TempDir Path folder;

    @Test
    void aNodeToldToEndTellsItsOpenStreamsAndIsGoneInTime() throws Exception {
        try (ScriptedServer model = new ScriptedServer(GoodbyeTest::writeOn);
                RunningProduct product =
                        RunningProduct.start(
                                folder.resolve("data"), Map.of("ZHIWEN_LLM_URL", model.url()))) {
            HttpClient http = HttpClient.newHttpClient();
            String key = product.newKey("goodbye");
            Rest rest = new Rest(product, key);
            String base = rest.createBase("manuals");
            rest.upload(base, "pump.txt", "The pump Z9 is oiled every 40 hours.".getBytes(UTF_8));
            rest.settled(base, Duration.ofMinutes(2));
            CountDownLatch writing = new CountDownLatch(STREAMS);
            List<CompletableFuture<List<String>>> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                streams.add(ask(http, product.url(), key, base).thenApply(s -> read(s, writing)));
            }
            assertThat(writing.await(60, TimeUnit.SECONDS)).as("answers being written").isTrue();

            Instant told = Instant.now();
            product.terminate();
            assertThat(product.awaitEnd(LONGEST)).as("gone in time").isTrue();

            System.out.println("gone after " + Duration.between(told, Instant.now()));
            for (CompletableFuture<List<String>> stream : streams) {
                assertThat(stream.get(30, TimeUnit.SECONDS))
                        .last()
                        .asString()
                        .contains("shutting-down");
            }
        }
    }

    /// Never comes to an end.
    private static void writeOn(ScriptedServer.Connection connection)
            throws IOException, InterruptedException {
        connection.stream();
        while (true) {
            connection.token("Every 40 hours ");
            Thread.sleep(100);
        }
    }

    private static CompletableFuture<Stream<String>> ask(
            HttpClient http, String url, String key, String base) {
        String body =
                """
                {"question": "How often is the pump Z9 oiled?", "knowledge_base_ids": ["%s"],
                 "stream": true}"""
                        .formatted(base);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/api/v1/ask"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenApply(HttpResponse::body);
    }

    /// What each event holds.
    private static List<String> read(Stream<String> lines, CountDownLatch writing) {
        List<String> events = new ArrayList<>();
        lines.filter(line -> line.startsWith("data:"))
                .forEach(
                        line -> {
                            events.add(line);
                            if (line.contains(WRITTEN)
                                    && events.stream().filter(e -> e.contains(WRITTEN)).count()
                                            == 1) {
                                writing.countDown();
                            }
                        });
        return events;
    }
}
