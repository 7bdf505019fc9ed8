package io.zhiwen.ingest.embed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small embedding server that does as it is told: a text is how often it has each letter, in
/// as many dimensions as its model's name ends in, and everything that can go wrong goes wrong on
/// demand.
public final class ScriptedEmbeddings implements AutoCloseable {

    /// What goes wrong.
    public enum Fault {
        NONE,
        STATUS_500,
        HANGS,
        NO_JSON,
        ONE_SHORT,
        ONE_TWICE,
        NOT_A_NUMBER,
        ALL_ZERO,
        WRONG_DIMENSION,
        ANOTHER_MODEL
    }

    public volatile Fault fault = Fault.NONE;

    /// Longer texts are refused as llama.cpp refuses them.
    public volatile int window = Integer.MAX_VALUE;

    /// Requests that are let through; filled by tests that want to stop in the middle.
    public final Semaphore passes = new Semaphore(1_000_000);

    public final List<List<String>> asked = new CopyOnWriteArrayList<>();
    public volatile @Nullable String authorization;

    private final CountDownLatch asleep = new CountDownLatch(1);
    private final HttpServer http;

    public ScriptedEmbeddings() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/v1/embeddings", this::answer);
        http.start();
    }

    EmbeddingServerSettings settings(String... models) {
        return settings(Duration.ofSeconds(2), models);
    }

    private EmbeddingServerSettings settings(Duration atMost, String... models) {
        return new EmbeddingServerSettings(
                url(), List.of(models), "sesame", "", "", 1_000, 4, atMost);
    }

    /// Who asks it, without a pause between tries.
    public Embedders embedders(Encoders bundled, Duration atMost, String... models) {
        var settings = settings(atMost, models);
        return new Embedders(bundled, settings, new EmbeddingServer(settings, List.of()));
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        asleep.countDown();
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
        List<String> texts = new ArrayList<>();
        body.get("input").forEach(text -> texts.add(text.asString()));
        asked.add(texts);
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            passes.acquire();
            if (fault == Fault.HANGS) {
                asleep.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (texts.stream().anyMatch(text -> text.length() > window)) {
            send(exchange, 500, "{\"error\":{\"message\":\"input is too large to process\"}}");
        } else if (fault == Fault.STATUS_500) {
            send(exchange, 500, "{\"error\":{\"message\":\"out of memory\"}}");
        } else {
            send(exchange, 200, fault == Fault.NO_JSON ? "<html>" : vectors(body, texts));
        }
    }

    private String vectors(JsonNode body, List<String> texts) {
        int dimension =
                Integer.parseInt(body.get("model").asString().replaceAll(".*[^0-9]", ""))
                        + (fault == Fault.WRONG_DIMENSION ? 1 : 0);
        List<String> items = new ArrayList<>();
        int count = texts.size() - (fault == Fault.ONE_SHORT ? 1 : 0);
        for (int i = 0; i < count; i++) {
            int index = fault == Fault.ONE_TWICE ? 0 : i;
            items.addFirst(
                    "{\"index\":%d,\"embedding\":%s}"
                            .formatted(index, vector(texts.get(index), dimension)));
        }
        return "{\"object\":\"list\",\"data\":[" + String.join(",", items) + "]}";
    }

    private String vector(String text, int dimension) {
        double[] vector = new double[dimension];
        int shift = fault == Fault.ANOTHER_MODEL ? 7 : 0;
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(c -> vector[(c * (1 + shift) + shift) % dimension]++);
        List<String> numbers = new ArrayList<>();
        for (double number : vector) {
            numbers.add(fault == Fault.ALL_ZERO ? "0" : Double.toString(number + 0.001));
        }
        if (fault == Fault.NOT_A_NUMBER) {
            numbers.set(0, "\"NaN\"");
        }
        return "[" + String.join(",", numbers) + "]";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
