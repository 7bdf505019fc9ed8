package io.zhiwen.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The rest of a company's network on one port: a program that is told things, a sign-in, a server
/// with an embedding model, a page that shows a widget.
final class Elsewhere implements AutoCloseable {

    private final HttpServer server;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean embeds = true;
    private volatile String script = "";

    Elsewhere() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/told",
                exchange -> {
                    told.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    say(exchange, 200, "{}");
                });
        server.createContext(
                "/company/.well-known/openid-configuration",
                exchange -> say(exchange, 200, metadata()));
        server.createContext(
                "/v1/embeddings",
                exchange ->
                        say(
                                exchange,
                                embeds ? 200 : 401,
                                embeds
                                        ? "{\"data\":[{\"index\":0,\"embedding\":[0.6,0.8,0]}]}"
                                        : "{\"error\":\"no such key\"}"));
        server.createContext(
                "/intranet",
                exchange ->
                        say(
                                exchange,
                                200,
                                "text/html; charset=utf-8",
                                "<!DOCTYPE html><html lang=en><title>Intranet</title><link rel=icon href=data:,>"
                                        + script));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String issuer() {
        return url() + "/company";
    }

    /// What came to `/told`.
    String told() {
        return String.join("\n", told);
    }

    void embeds(boolean now) {
        embeds = now;
    }

    /// What stands on `/intranet`.
    void publishes(String script) {
        this.script = script;
    }

    private String metadata() {
        return """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
         "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
        """
                .formatted(issuer());
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        say(exchange, status, "application/json", json);
    }

    private static void say(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
