package io.zhiwen.evaluate.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that speaks as OpenAI's chat completions do and always takes the same time. A question
/// says in itself how its answer goes: `ticket 17 of 40 words` is answered by `t17w0 t17w1 ...`, so
/// that an answer that reached the wrong reader, or only in part, is seen.
final class ScriptedModel implements AutoCloseable {

    static final Duration FIRST_WORD = Duration.ofMillis(100);
    static final Duration NEXT_WORD = Duration.ofMillis(100);

    private static final Pattern ORDER = Pattern.compile("ticket (\\d+) of (\\d+) words");
    private static final int WORDS_OF_A_SENTENCE = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ScriptedModel(HttpServer server) {
        this.server = server;
    }

    static ScriptedModel start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        ScriptedModel model = new ScriptedModel(server);
        server.setExecutor(model.threads);
        server.createContext("/v1/models", model::list);
        server.createContext("/v1/chat/completions", model::answer);
        server.start();
        return model;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    static String question(int ticket, int words) {
        return "How many days of annual leave are there? ticket "
                + ticket
                + " of "
                + words
                + " words";
    }

    static String word(int ticket, int number) {
        return "t" + ticket + "w" + number;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void list(HttpExchange exchange) throws IOException {
        byte[] models =
                "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, models.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(models);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        long asked = System.nanoTime();
        String request =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        MatchResult order = lastOrder(request);
        int ticket = Integer.parseInt(order.group(1));
        int words = Integer.parseInt(order.group(2));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            long next = asked + FIRST_WORD.toNanos();
            for (int i = 0; i < words; i++) {
                awaitUntil(next);
                next += NEXT_WORD.toNanos();
                send(out, delta(word(ticket, i) + (endsSentence(i, words) ? ". " : " ")));
            }
            send(
                    out,
                    "{\"id\":\"s\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                            + "\"finish_reason\":\"stop\"}]}");
            send(out, "[DONE]");
        }
    }

    private static MatchResult lastOrder(String request) {
        Matcher found = ORDER.matcher(request);
        MatchResult last = null;
        while (found.find()) {
            last = found.toMatchResult();
        }
        if (last == null) {
            throw new IllegalArgumentException("a question without an order: " + request);
        }
        return last;
    }

    private static boolean endsSentence(int word, int words) {
        return word % WORDS_OF_A_SENTENCE == WORDS_OF_A_SENTENCE - 1 || word == words - 1;
    }

    private static String delta(String text) {
        return "{\"id\":\"s\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text
                + "\"}}]}";
    }

    private static void send(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void awaitUntil(long nanoTime) throws IOException {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            if (Thread.interrupted()) {
                throw new IOException("the model is closed");
            }
        }
    }
}
