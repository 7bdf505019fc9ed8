package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.store.StoredChunk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A cross-encoder behind `POST /v1/rerank`, as llama.cpp, vLLM, Infinity, Jina and Cohere speak
/// it. A score is the logarithm of the odds that a passage answers: llama.cpp gives it so, the
/// others as a probability, which is seen by what they send. A server that fails is not asked again
/// for some seconds, in which it scores nothing. Safe for concurrent use.
public final class RerankServer implements Reranker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RerankServer.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 1 << 20;

    /// Nearer to 0 or 1 a probability says no more.
    private static final double LEAST = 1e-6;

    private final RerankerSettings settings;
    private final LongSupplier nanos;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private volatile boolean givesLogits;
    private volatile long failedAt;
    private volatile boolean failed;

    public RerankServer(RerankerSettings settings) {
        this(settings, System::nanoTime);
    }

    RerankServer(RerankerSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .build();
    }

    @Override
    public Map<Long, Double> score(String question, List<StoredChunk> candidates, Duration budget) {
        boolean rests = failed && nanos.getAsLong() - failedAt < REST.toNanos();
        if (rests || candidates.isEmpty()) {
            return Map.of();
        }
        var texts = candidates.stream().map(one -> one.chunk().embeddedText()).toList();
        try {
            Map<Integer, Double> scores = ask(question, texts, budget);
            failed = false;
            return scores.entrySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    one -> candidates.get(one.getKey()).id(), Map.Entry::getValue));
        } catch (IOException e) {
            return nothing(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    /// Has it read something tiny, also while it is not asked otherwise.
    ///
    /// @throws UncheckedIOException when it gives no scores, with the reason
    public void tryOut(Duration budget) {
        try {
            var _ = ask("知问?", List.of("知问", "Zhiwen"), budget);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        }
    }

    /// Scores by the place of the text.
    private Map<Integer, Double> ask(String question, List<String> texts, Duration budget)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request(question, texts),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return read(answer.get(budget.toNanos(), TimeUnit.NANOSECONDS), texts.size());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + budget.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public double weight(double score) {
        return score;
    }

    @Override
    public double relevance(Relevance bundled, Signals signals, double score) {
        return 1 / (1 + Math.exp(-score));
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    private Map<Long, Double> nothing(String why) {
        failedAt = nanos.getAsLong();
        failed = true;
        log.warn(
                "the rerank server {} is not asked for {} s: {}",
                settings.endpoint(),
                REST.toSeconds(),
                why);
        return Map.of();
    }

    private HttpRequest request(String question, List<String> texts) {
        var body = JSON.createObjectNode();
        if (!settings.model().isEmpty()) {
            body.put("model", settings.model());
        }
        body.put("query", question);
        var documents = body.putArray("documents");
        texts.forEach(documents::add);
        body.put("top_n", texts.size());
        body.put("return_documents", false);
        var request =
                HttpRequest.newBuilder(settings.endpoint())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return request.build();
    }

    private Map<Integer, Double> read(HttpResponse<byte[]> response, int count) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        Map<Integer, Double> given = new HashMap<>();
        for (JsonNode result : results(response.body())) {
            int index = result.path("index").asInt(-1);
            double score = result.path("relevance_score").asDouble(Double.NaN);
            if (index < 0 || index >= count || !Double.isFinite(score)) {
                throw new IOException("a result that is none: " + result);
            }
            given.put(index, score);
        }
        if (given.isEmpty()) {
            throw new IOException("no results");
        }
        if (given.values().stream().anyMatch(score -> score < 0 || score > 1)) {
            givesLogits = true;
        }
        if (!givesLogits) {
            given.replaceAll((_, probability) -> logarithmOfOdds(probability));
        }
        return Map.copyOf(given);
    }

    private static JsonNode results(byte[] body) throws IOException {
        try {
            return JSON.readTree(body).path("results");
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
    }

    private static double logarithmOfOdds(double probability) {
        double sure = Math.clamp(probability, LEAST, 1 - LEAST);
        return Math.log(sure / (1 - sure));
    }
}
