package io.zhiwen.ingest.embed;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/embeddings` as llama.cpp, vLLM, TEI, Ollama and OpenAI speak it. An answer that is not
/// exactly one finite vector for each text, all of one length, is none. Safe for concurrent use.
final class EmbeddingServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long LARGEST_ANSWER = 64L << 20;
    private static final int SHOWN_OF_A_REFUSAL = 200;

    /// A text is not halved below this: a server that refuses it still has another reason.
    private static final int SHORTEST = 50;

    /// How servers say with status 500 that a text is longer than their model's window.
    private static final Pattern TOO_LONG =
            Pattern.compile("too (large|long)|exceed|context (size|length)|maximum.{0,20}length");

    private final EmbeddingServerSettings settings;
    private final List<Duration> pauses;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpClient client;

    EmbeddingServer(EmbeddingServerSettings settings) {
        this(settings, List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }

    /// @param pauses before each further try of those who can wait
    EmbeddingServer(EmbeddingServerSettings settings, List<Duration> pauses) {
        this.settings = settings;
        this.pauses = List.copyOf(pauses);
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .build();
    }

    EmbeddingServerSettings settings() {
        return settings;
    }

    /// For one who waits: one try, no longer than `atMost`.
    float[] now(String model, String text, Duration atMost) {
        return ask(model, List.of(capped(text)), atMost).getFirst();
    }

    /// For work in the background: in batches, each with a few tries.
    List<float[]> patiently(String model, List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += settings.batch()) {
            int to = Math.min(from + settings.batch(), texts.size());
            vectors.addAll(
                    tried(model, texts.subList(from, to).stream().map(this::capped).toList()));
        }
        return vectors;
    }

    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
        threads.shutdownNow();
    }

    private List<float[]> tried(String model, List<String> texts) {
        for (Duration pause : pauses) {
            try {
                return ask(model, texts, settings.timeLimit());
            } catch (EmbeddingUnavailable e) {
                await(pause, e);
            }
        }
        return ask(model, texts, settings.timeLimit());
    }

    private void await(Duration pause, EmbeddingUnavailable because) {
        try {
            if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw because;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw because;
        }
    }

    /// Texts of which one is refused are asked for one by one, and that one shorter and shorter.
    private List<float[]> ask(String model, List<String> texts, Duration atMost) {
        HttpResponse<byte[]> response = send(model, texts, atMost);
        if (response.statusCode() == 200) {
            return read(response.body(), texts.size());
        }
        if (refusesTheText(response)) {
            if (texts.size() > 1) {
                return texts.stream()
                        .map(text -> ask(model, List.of(text), atMost).getFirst())
                        .toList();
            }
            String text = texts.getFirst();
            if (text.length() >= 2 * SHORTEST) {
                return ask(model, List.of(cut(text, text.length() / 2)), atMost);
            }
        }
        throw unavailable("status " + response.statusCode() + said(response));
    }

    private HttpResponse<byte[]> send(String model, List<String> texts, Duration atMost) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request(model, texts),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw unavailable(
                    e.getCause() instanceof ConnectException
                            ? "no connection"
                            : String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String model, List<String> texts) {
        var body = JSON.createObjectNode();
        body.put("model", model);
        var input = body.putArray("input");
        texts.forEach(input::add);
        body.put("encoding_format", "float");
        var request =
                HttpRequest.newBuilder(settings.endpoint())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return request.build();
    }

    private String capped(String text) {
        return cut(text, settings.maxChars());
    }

    /// Never between the two halves of a character.
    private static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars);
    }

    private static boolean refusesTheText(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 400, 413, 422 -> true;
            case 500 -> TOO_LONG.matcher(said(response).toLowerCase(Locale.ROOT)).find();
            default -> false;
        };
    }

    private static String said(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return body.isEmpty() ? "" : ": " + cut(body, SHOWN_OF_A_REFUSAL);
    }

    private List<float[]> read(byte[] body, int count) {
        JsonNode data;
        try {
            data = JSON.readTree(body).path("data");
        } catch (JacksonException e) {
            throw unavailable("no JSON");
        }
        if (data.size() != count) {
            throw unavailable(data.size() + " vectors for " + count + " texts");
        }
        float[][] vectors = new float[count][];
        BitSet given = new BitSet(count);
        for (int i = 0; i < count; i++) {
            JsonNode one = data.get(i);
            int index = one.path("index").asInt(i);
            if (index < 0 || index >= count || given.get(index)) {
                throw unavailable("a vector for text " + index + " of " + count);
            }
            given.set(index);
            vectors[index] = vector(one.path("embedding"));
        }
        List<float[]> read = List.of(vectors);
        if (read.stream().mapToInt(vector -> vector.length).distinct().count() > 1) {
            throw unavailable("vectors of several lengths");
        }
        return read;
    }

    private float[] vector(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble(Double.NaN);
            squares += vector[i] * (double) vector[i];
        }
        if (!Double.isFinite(squares) || squares == 0) {
            throw unavailable("a vector that is none");
        }
        return UnitVector.of(vector);
    }

    private EmbeddingUnavailable unavailable(String why) {
        return new EmbeddingUnavailable("the embedding server " + settings.url() + ": " + why);
    }
}
