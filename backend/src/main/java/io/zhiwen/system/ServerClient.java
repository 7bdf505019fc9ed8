package io.zhiwen.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST door of a running server, from the shell. Waits and asks again when the server is busy.
final class ServerClient implements AutoCloseable {

    /// The server said no.
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /// A document as the server sees it.
    ///
    /// @param parts how many came in it
    record Document(
            String id, String name, String status, @Nullable String reason, int chunks, int parts) {

        boolean isDone() {
            return status.equals("ready") || status.equals("failed");
        }

        /// Named with the archive or mail it came in.
        Document in(Document around) {
            return new Document(id, around.name() + " › " + name, status, reason, chunks, parts);
        }

        private static Document of(JsonNode json) {
            return new Document(
                    json.get("id").asString(),
                    json.get("name").asString(),
                    json.get("status").asString(),
                    json.hasNonNull("reason") ? json.get("reason").asString() : null,
                    json.hasNonNull("chunks") ? json.get("chunks").asInt() : 0,
                    json.hasNonNull("parts") ? json.get("parts").get("total").asInt() : 0);
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BOUNDARY = "zhiwen-ingest-7d1f0a63c2";
    private static final int MOST_TRIES = 8;
    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(30);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String address;
    private final String key;

    /// @param address of the server, without a path
    ServerClient(String address, String key) {
        this.address = address.replaceAll("/+$", "") + "/api/v1";
        this.key = key;
    }

    /// The id of the base with exactly this name.
    Optional<String> base(String name) throws IOException, InterruptedException {
        String cursor = "";
        do {
            JsonNode page = send(request("/knowledge-bases?limit=100" + cursor).GET().build());
            for (JsonNode base : page.get("items")) {
                if (base.get("name").asString().equals(name)) {
                    return Optional.of(base.get("id").asString());
                }
            }
            cursor = next(page);
        } while (!cursor.isEmpty());
        return Optional.empty();
    }

    String createBase(String name) throws IOException, InterruptedException {
        return send(request("/knowledge-bases")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("name", name))))
                        .build())
                .get("id")
                .asString();
    }

    private static String next(JsonNode page) {
        return page.hasNonNull("next_cursor")
                ? "&cursor="
                        + URLEncoder.encode(
                                page.get("next_cursor").asString(), StandardCharsets.UTF_8)
                : "";
    }

    Document upload(String base, Path file) throws IOException, InterruptedException {
        return Document.of(
                send(
                        request("/knowledge-bases/" + base + "/documents")
                                .timeout(LONGEST_UPLOAD)
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(multipart(file))
                                .build()));
    }

    Document document(String id) throws IOException, InterruptedException {
        return Document.of(send(request("/documents/" + id).GET().build()));
    }

    /// Those that came in an archive or a mail.
    List<Document> parts(String id) throws IOException, InterruptedException {
        List<Document> parts = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    send(request("/documents/" + id + "/parts?limit=100" + cursor).GET().build());
            for (JsonNode part : page.get("items")) {
                parts.add(Document.of(part));
            }
            cursor = next(page);
        } while (!cursor.isEmpty());
        return parts;
    }

    /// Waits for the whole answer.
    void ask(String base, String question) throws IOException, InterruptedException {
        String json =
                JSON.writeValueAsString(
                        Map.of("question", question, "knowledge_base_ids", List.of(base)));
        JsonNode _ =
                send(
                        request("/ask")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json))
                                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + key)
                .header(
                        "Accept-Language",
                        System.getenv().getOrDefault("LANG", "en").substring(0, 2));
    }

    /// Streams the file; its length goes before it.
    private static HttpRequest.BodyPublisher multipart(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceAll("[\"\\r\\n]", "_");
        byte[] head =
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + name
                                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        long length = head.length + Files.size(file) + tail.length;
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> body(head, file, tail)), length);
    }

    private static InputStream body(byte[] head, Path file, byte[] tail) {
        try {
            return new SequenceInputStream(
                    Collections.enumeration(
                            List.of(
                                    new ByteArrayInputStream(head),
                                    Files.newInputStream(file),
                                    new ByteArrayInputStream(tail))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            int status = response.statusCode();
            if (status / 100 == 2) {
                return JSON.readTree(response.body());
            }
            if ((status != 429 && status != 503) || tries == MOST_TRIES) {
                throw new Refused(status + " " + sentence(response.body()));
            }
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(tries);
            pause(Duration.ofSeconds(Math.clamp(seconds, 1, 60)));
        }
    }

    /// What a problem says, or the start of whatever else came.
    private static String sentence(String body) {
        if (body.startsWith("{")) {
            JsonNode problem = JSON.readTree(body);
            if (problem.hasNonNull("detail")) {
                return problem.get("detail").asString();
            }
        }
        return body.substring(0, Math.min(200, body.length()));
    }

    void pause(Duration duration) throws InterruptedException {
        boolean _ = closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        http.close();
    }
}
