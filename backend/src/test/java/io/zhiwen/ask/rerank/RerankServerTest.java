package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.zhiwen.ask.stream.LlamaServer;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RerankServerTest {

    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final List<StoredChunk> CANDIDATES =
            List.of(chunk(7, "The canteen opens at eight."), chunk(9, "Leave is 15 days."));

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private HttpServer http;
    private RerankServer server;
    private volatile String answer = "";
    private volatile int status = 200;
    private volatile JsonNode body;
    private volatile String authorization;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext(
                "/v1/rerank",
                exchange -> {
                    asked.incrementAndGet();
                    body = JsonMapper.shared().readTree(exchange.getRequestBody());
                    authorization = exchange.getRequestHeaders().getFirst("Authorization");
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        http.start();
        String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/";
        server = new RerankServer(new RerankerSettings(url, "bge", "sesame"), nanos::get);
    }

    @AfterEach
    void stop() {
        server.close();
        http.stop(0);
    }

    @Test
    void sendsQuestionAndPassagesAndTakesLogitsAsTheyAre() {
        answer =
                """
                {"results": [{"index": 1, "relevance_score": 4.5},
                             {"index": 0, "relevance_score": -7.25}]}
                """;
        assertThat(score()).isEqualTo(Map.of(7L, -7.25, 9L, 4.5));
        assertThat(authorization).isEqualTo("Bearer sesame");
        assertThat(body.get("model").asString()).isEqualTo("bge");
        assertThat(body.get("query").asString()).isEqualTo("How many days of leave?");
        assertThat(body.get("documents").get(1).asString()).contains("Leave is 15 days.");
    }

    @Test
    void takesProbabilitiesForLogarithmsOfOdds() {
        answer =
                """
                {"results": [{"index": 0, "relevance_score": 0.5},
                             {"index": 1, "relevance_score": 1}]}
                """;
        Map<Long, Double> scores = score();
        assertThat(scores.get(7L)).isEqualTo(0, Offset.offset(1e-9));
        assertThat(scores.get(9L)).isGreaterThan(10).isFinite();
    }

    @Test
    void whatIsMissingInItsAnswerIsMissing() {
        answer = "{\"results\": [{\"index\": 1, \"relevance_score\": -1}]}";
        assertThat(score()).isEqualTo(Map.of(9L, -1.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "{}",
                "{\"results\": []}",
                "{\"results\": [{\"index\": 2, \"relevance_score\": 0.5}]}",
                "{\"results\": [{\"index\": -1, \"relevance_score\": 0.5}]}",
                "{\"results\": [{\"relevance_score\": 0.5}]}",
                "{\"results\": [{\"index\": 0}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": \"NaN\"}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1e999}]}"
            })
    void anAnswerThatIsNoneScoresNothing(String none) {
        answer = none;
        assertThat(score()).isEmpty();
    }

    @Test
    void aTrySaysWhyThereAreNoScoresAndKeepsNobodyFromAsking() {
        status = 401;
        assertThatThrownBy(() -> server.tryOut(BUDGET)).hasMessageContaining("status 401");
        status = 200;
        answer = "{\"results\": [{\"index\": 1, \"relevance_score\": -1}]}";
        server.tryOut(BUDGET);
        assertThat(score()).isEqualTo(Map.of(9L, -1.0));
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        answer = "{\"results\": [" + " ".repeat(2 << 20) + "]}";
        assertThat(score()).isEmpty();
    }

    @Test
    void aServerThatFailedIsLeftAloneForTenSeconds() {
        status = 500;
        assertThat(score()).isEmpty();
        status = 200;
        answer = "{\"results\": [{\"index\": 0, \"relevance_score\": 2}]}";
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(score()).isEmpty();
        assertThat(asked).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(score()).isEqualTo(Map.of(7L, 2.0));
        assertThat(score()).isNotEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsWaitedForUntilTheBudgetEnds() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        http.removeContext("/v1/rerank");
        http.createContext(
                "/v1/rerank",
                _ -> {
                    try {
                        asleep.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThat(server.score("?", CANDIDATES, Duration.ofMillis(100))).isEmpty();
        asleep.countDown();
    }

    @Test
    void aRealServerScoresEveryPassage(@TempDir Path folder) throws Exception {
        try (var llama = LlamaServer.start(folder, 1, "--reranking");
                var real =
                        new RerankServer(
                                new RerankerSettings(llama.url() + "/v1", "", LlamaServer.KEY))) {
            assertThat(real.score("How many days of leave?", CANDIDATES, BUDGET))
                    .containsOnlyKeys(7L, 9L);
        }
    }

    @Test
    void anAddressThatIsNoneIsSaidAtOnce() {
        assertThatThrownBy(() -> new RerankerSettings("localhost:8081", "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zhiwen.reranker.url");
    }

    private Map<Long, Double> score() {
        return server.score("How many days of leave?", CANDIDATES, BUDGET);
    }

    private static StoredChunk chunk(long id, String text) {
        Span span = new Span(0, text.length());
        return new StoredChunk(
                id,
                KnowledgeBaseId.random(),
                DocumentId.random(),
                1,
                "handbook.md",
                new Chunk(0, text, List.of(), null, null, span, span, 1, Language.EN));
    }
}
