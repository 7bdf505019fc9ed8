package io.zhiwen.doors;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody at a door: with a session, with a key, or with nothing.
record Visitor(
        int port, String session, String token, String key, String idempotencyKey, String user) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern META = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"");

    Visitor(int port, String session, String token, String key) {
        this(port, session, token, key, "", "");
    }

    /// The same one, whose requests are all on behalf of this user.
    Visitor onBehalfOf(String user) {
        return new Visitor(port, session, token, key, idempotencyKey, user);
    }

    /// The same one, whose requests all have this `Idempotency-Key`.
    Visitor named(String idempotencyKey) {
        return new Visitor(port, session, token, key, idempotencyKey, user);
    }

    /// What came back.
    record Reply(HttpResponse<String> raw) {
        int status() {
            return raw.statusCode();
        }

        String body() {
            return raw.body();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(raw.body());
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /// A number, or `sign-in` for the way there.
        String told() {
            return status() == 302 && header("Location").endsWith("/sign-in")
                    ? "sign-in"
                    : Integer.toString(status());
        }
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return HTTP.send(
                        request(path, "*/*").GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    Reply post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json, "application/json");
    }

    Reply form(String path, Map<String, String> fields) throws IOException, InterruptedException {
        var body = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        body.append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                                .append('&'));
        return send("POST", path, body.toString(), "application/x-www-form-urlencoded");
    }

    Reply upload(String method, String path, String name, byte[] content)
            throws IOException, InterruptedException {
        var head =
                "--zhiwen\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--zhiwen--\r\n".getBytes(StandardCharsets.UTF_8));
        var request =
                request(path, "text/html, application/json;q=0.9, */*;q=0.1")
                        .header("Content-Type", "multipart/form-data; boundary=zhiwen")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        return reply(request);
    }

    Reply send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        return send(method, path, body, type, "text/html, application/json;q=0.9, */*;q=0.1");
    }

    Reply send(String method, String path, String body, String type, String accept)
            throws IOException, InterruptedException {
        var request =
                request(path, accept)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return reply(request);
    }

    /// For replies that go on.
    HttpResponse<InputStream> open(String path, String json)
            throws IOException, InterruptedException {
        return HTTP.send(
                request(path, "text/event-stream")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    Visitor signIn(String name, String password) throws IOException, InterruptedException {
        var page = get("/sign-in");
        var anonymous = new Visitor(port, session(page), find(TOKEN, page.body()), "");
        var in = anonymous.form("/sign-in", Map.of("username", name, "password", password));
        var cookie = session(in);
        if (cookie.isEmpty()) {
            throw new IllegalStateException("not let in: " + in.header("Location"));
        }
        var session = new Visitor(port, cookie, "", "");
        return session.withToken();
    }

    /// The token the pages of this session hold now.
    Visitor withToken() throws IOException, InterruptedException {
        return new Visitor(port, session, find(META, get("/settings").body()), key);
    }

    Visitor withoutToken() {
        return new Visitor(port, session, "", key);
    }

    static String session(Reply reply) {
        return reply.raw().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("zhiwen="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElse("");
    }

    private HttpRequest.Builder request(String path, String accept) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Accept", accept);
        if (!session.isEmpty()) {
            request.header("Cookie", session);
        }
        if (!token.isEmpty()) {
            request.header("X-CSRF-TOKEN", token);
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (!user.isEmpty()) {
            request.header("On-Behalf-Of", user);
        }
        return request;
    }

    private static Reply reply(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return new Reply(
                HTTP.send(
                        request.build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    private static String find(Pattern pattern, String page) {
        var found = pattern.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("no token in " + page);
        }
        return found.group(1);
    }
}
