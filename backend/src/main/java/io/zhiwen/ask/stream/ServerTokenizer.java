package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.Tokenizer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has the model's server count: `/tokenize` beside `/v1`, as llama.cpp, vLLM and SGLang offer it.
/// A server that has none, or is slow, is not asked again for a while; nobody waits for it long.
final class ServerTokenizer implements Tokenizer {

    private static final Logger log = LoggerFactory.getLogger(ServerTokenizer.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(5);
    private static final int LARGEST_REPLY = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LlmSettings settings;
    private final HttpClient client;
    private final LongSupplier nanos;
    private volatile long notBefore;
    private volatile boolean resting;

    ServerTokenizer(LlmSettings settings, HttpClient client, LongSupplier nanos) {
        this.settings = settings;
        this.client = client;
        this.nanos = nanos;
    }

    @Override
    public OptionalInt count(String text) {
        if (text.isEmpty()) {
            return OptionalInt.of(0);
        }
        if ((resting && nanos.getAsLong() - notBefore < 0)
                || !ModelAddress.isAllowed(settings.tokenize())) {
            return OptionalInt.empty();
        }
        OptionalInt counted = asked(text);
        resting = counted.isEmpty();
        notBefore = nanos.getAsLong() + UNTIL_ASKED_AGAIN.toNanos();
        return counted;
    }

    private OptionalInt asked(String text) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(
                        request(settings.tokenize(), text),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), LARGEST_REPLY));
        try {
            HttpResponse<byte[]> reply = sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return reply.statusCode() == 200 ? counted(reply.body()) : OptionalInt.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | JacksonException e) {
            log.debug("the model server does not count tokens", e);
        } finally {
            sent.cancel(true);
        }
        return OptionalInt.empty();
    }

    /// llama.cpp reads `content`, the others `prompt`; each ignores what it does not know.
    private HttpRequest request(URI url, String text) {
        String body =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("model", settings.model())
                                .put("content", text)
                                .put("prompt", text)
                                .put("add_special", false)
                                .put("add_special_tokens", false));
        HttpRequest.Builder http =
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!settings.key().isEmpty()) {
            http.header("Authorization", "Bearer " + settings.key());
        }
        return http.build();
    }

    private static OptionalInt counted(byte[] reply) {
        JsonNode json = JSON.readTree(reply);
        if (json.path("count").isInt() && json.path("count").intValue() > 0) {
            return OptionalInt.of(json.path("count").intValue());
        }
        JsonNode tokens = json.path("tokens");
        return tokens.isArray() && !tokens.isEmpty()
                ? OptionalInt.of(tokens.size())
                : OptionalInt.empty();
    }
}
