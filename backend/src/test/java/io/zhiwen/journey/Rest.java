package io.zhiwen.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST door as a service with a key uses it.
public final class Rest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String BOUNDARY = "zhiwen-test-boundary";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String url;
    private final String key;

    public Rest(RunningProduct product, String key) {
        this(product.url(), key);
    }

    public Rest(String address, String key) {
        this.url = address + "/api/v1";
        this.key = key;
    }

    /// It answered, but not as expected.
    public static final class Unexpected extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String retryAfter;

        Unexpected(HttpRequest request, HttpResponse<?> response) {
            super(
                    request.method()
                            + " "
                            + request.uri()
                            + ": "
                            + response.statusCode()
                            + " "
                            + response.body());
            this.status = response.statusCode();
            this.retryAfter = response.headers().firstValue("Retry-After").orElse("");
        }

        public int status() {
            return status;
        }

        public String retryAfter() {
            return retryAfter;
        }
    }

    public String createBase(String name) throws IOException, InterruptedException {
        return post("/knowledge-bases", Map.of("name", name)).get("id").asString();
    }

    public String createBase(String name, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest request =
                named(request("/knowledge-bases"), idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("name", name))))
                        .build();
        return send(request, 201).get("id").asString();
    }

    /// @return the new document's id
    public String upload(String base, String fileName, byte[] content)
            throws IOException, InterruptedException {
        return upload(base, fileName, content, "");
    }

    /// @param idempotencyKey empty for none
    public String upload(String base, String fileName, byte[] content, String idempotencyKey)
            throws IOException, InterruptedException {
        return send(
                        named(request("/knowledge-bases/" + base + "/documents"), idempotencyKey)
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(multipart(fileName, content))
                                .build(),
                        202)
                .get("id")
                .asString();
    }

    public JsonNode replace(String document, String fileName, byte[] content, String idempotencyKey)
            throws IOException, InterruptedException {
        return send(
                named(request("/documents/" + document), idempotencyKey)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .PUT(multipart(fileName, content))
                        .build(),
                202);
    }

    public void delete(String document, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest request =
                named(request("/documents/" + document), idempotencyKey).DELETE().build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 204) {
            throw new Unexpected(request, response);
        }
    }

    /// The bytes as they were uploaded last.
    public byte[] original(String document) throws IOException, InterruptedException {
        HttpRequest request = request("/documents/" + document + "/original").GET().build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new Unexpected(request, response);
        }
        return response.body();
    }

    private static HttpRequest.BodyPublisher multipart(String fileName, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + fileName
                                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.BodyPublishers.ofByteArray(body.toByteArray());
    }

    private static HttpRequest.Builder named(HttpRequest.Builder request, String idempotencyKey) {
        return idempotencyKey.isEmpty()
                ? request
                : request.header("Idempotency-Key", idempotencyKey);
    }

    public JsonNode document(String id) throws IOException, InterruptedException {
        return send(request("/documents/" + id).GET().build(), 200);
    }

    /// Every document of a base, over all pages.
    public List<JsonNode> documents(String base) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    send(
                            request("/knowledge-bases/" + base + "/documents?limit=200" + next)
                                    .GET()
                                    .build(),
                            200);
            page.get("items").forEach(all::add);
            JsonNode cursor = page.get("next_cursor");
            next = cursor == null || cursor.isNull() ? "" : "&cursor=" + cursor.asString();
        } while (!next.isEmpty());
        return all;
    }

    /// Waits until no document of the base is in work.
    public List<JsonNode> settled(String base, Duration limit)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            List<JsonNode> documents = documents(base);
            if (documents.stream()
                    .allMatch(
                            d -> List.of("ready", "failed").contains(d.get("status").asString()))) {
                return documents;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("still in work after " + limit + ": " + documents);
            }
            Thread.sleep(200);
        }
    }

    public List<JsonNode> search(String base, String query, int limit)
            throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        post("/search", Map.of("query", query, "knowledge_base_ids", List.of(base), "limit", limit))
                .get("items")
                .forEach(items::add);
        return items;
    }

    public JsonNode ask(String base, String question) throws IOException, InterruptedException {
        return post("/ask", Map.of("question", question, "knowledge_base_ids", List.of(base)));
    }

    private JsonNode post(String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
        return send(request, path.equals("/knowledge-bases") ? 201 : 200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() != expected) {
            throw new Unexpected(request, response);
        }
        return JSON.readTree(response.body());
    }
}
