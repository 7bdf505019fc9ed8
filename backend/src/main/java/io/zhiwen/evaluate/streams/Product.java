package io.zhiwen.evaluate.streams;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packaged product as a process of its own, asked by REST.
public final class Product implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern HEAP =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} ([0-9.E+]+)$");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
    private final String url;
    private final List<String> keys;
    private final Process process;

    private Product(String url, List<String> keys, Process process) {
        this.url = url;
        this.keys = keys;
        this.process = process;
    }

    /// @param program that starts it, `backend/target/app/zhiwen`
    /// @param folder for its data and its log, empty
    /// @param keys how many askers there are to be, as one may only have some answers at once
    public static Product start(Path program, Path folder, int keys, Map<String, String> settings)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder serve = new ProcessBuilder(program.toString(), "serve");
        serve.environment().putAll(settings);
        serve.environment().put("ZHIWEN_DATA", folder.resolve("data").toString());
        serve.environment().put("ZHIWEN_PORT", Integer.toString(port));
        serve.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        Process process = serve.start();
        Product starting = new Product("http://127.0.0.1:" + port, List.of(), process);
        try {
            starting.awaitReady(folder.resolve("log"));
            List<String> made = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                made.add(newKey(program, "streams " + i, serve.environment()));
            }
            return new Product(starting.url, List.copyOf(made), process);
        } catch (IOException | InterruptedException | RuntimeException e) {
            starting.close();
            throw e;
        }
    }

    /// Without a slash at the end.
    public String url() {
        return url;
    }

    private static String newKey(Path program, String name, Map<String, String> environment)
            throws IOException {
        ProcessBuilder key = new ProcessBuilder(program.toString(), "key", name);
        key.environment().putAll(environment);
        Process made = key.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /// A base with one document that is ready to be found.
    void furnish(String text) throws IOException, InterruptedException {
        String base = id(send("POST", "/api/v1/knowledge-bases", "{\"name\": \"Handbook\"}"));
        String boundary = "----streams";
        String body =
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leave.txt\"\r\n\r\n%s\r\n--%s--\r\n"
                        .formatted(boundary, text, boundary);
        HttpRequest upload =
                request("/api/v1/knowledge-bases/" + base + "/documents")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        String document = id(checked(http.send(upload, BodyHandlers.ofString())));
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!send("GET", "/api/v1/documents/" + document, "").contains("\"ready\"")) {
            if (System.nanoTime() > end) {
                throw new IOException("the document is not ready after " + START_LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /// The lines of the events with which a question is answered.
    ///
    /// @param asker whose key is used, any number
    Stream<String> ask(int asker, String question) throws IOException, InterruptedException {
        HttpRequest ask =
                request("/api/v1/ask", keys.get(asker % keys.size()))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"question\": \"" + question + "\", \"stream\": true}"))
                        .build();
        HttpResponse<Stream<String>> reply = http.send(ask, BodyHandlers.ofLines());
        if (reply.statusCode() != 200) {
            throw new IOException(
                    "status " + reply.statusCode() + ": " + reply.body().limit(3).toList());
        }
        return reply.body();
    }

    /// Bytes of Java objects, garbage included.
    long heap() throws IOException, InterruptedException {
        Matcher pools = HEAP.matcher(send("GET", "/actuator/prometheus", ""));
        double sum = 0;
        while (pools.find()) {
            sum += Double.parseDouble(pools.group(1));
        }
        return (long) sum;
    }

    /// Bytes of memory that the process occupies; 0 where the system does not say.
    long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        http.shutdownNow();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpRequest readiness =
                HttpRequest.newBuilder(URI.create(url + "/actuator/health/readiness")).build();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (http.send(readiness, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notListeningYet) {
                // asked again
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException("the product did not start:\n" + Files.readString(log));
    }

    private String send(String method, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build();
        return checked(http.send(request, BodyHandlers.ofString()));
    }

    private HttpRequest.Builder request(String path) {
        return request(path, keys.getFirst());
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + key);
    }

    private static String checked(HttpResponse<String> reply) throws IOException {
        if (reply.statusCode() >= 300) {
            throw new IOException(
                    reply.request().uri() + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body();
    }

    private static String id(String json) throws IOException {
        Matcher id = ID.matcher(json);
        if (!id.find()) {
            throw new IOException("no id in " + json);
        }
        return id.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
