package io.zhiwen.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T21: what people name on a page leads nowhere inside.
class OutgoingHttpTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 10_000, 3);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    /// Every name is this machine.
    private OutgoingHttp allowing(String... allowed) {
        return new OutgoingHttp(
                new AddressGuard(
                        new OutgoingSettings(List.of(allowed)),
                        host -> {
                            lookedUp.add(host);
                            return new InetAddress[] {InetAddress.getLoopbackAddress()};
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.3.4",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "198.18.0.1",
                "192.0.0.192",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:10.0.0.1]",
                "[::127.0.0.1]",
                "[2001:db8::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "localhost",
                "LOCALHOST."
            })
    void noAddressOfThisMachineOrAPrivateNetworkIsReached(String host) {
        var guard = new AddressGuard(new OutgoingSettings(List.of()));
        assertThatThrownBy(() -> guard.resolve(host)).isInstanceOf(ForbiddenAddress.class);
    }

    @Test
    @Timeout(30)
    void anAnswerWithoutEndIsGivenUpWhenItIsClosed() throws Exception {
        var gone = new CountDownLatch(1);
        server.createContext(
                "/endless",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var out = exchange.getResponseBody()) {
                        while (true) {
                            out.write(new byte[8192]);
                        }
                    } catch (IOException e) {
                        gone.countDown();
                        throw e;
                    }
                });
        var uri = URI.create("http://a.example:" + server.getAddress().getPort() + "/endless");
        try (var http = allowing("a.example")) {
            try (var reply = http.send(Call.get(uri, Map.of(), LIMITS))) {
                assertThatThrownBy(() -> reply.body().readAllBytes())
                        .isInstanceOf(ReplyTooLarge.class);
            }
            gone.await();
        }
    }

    @Test
    void aPublicAddressPasses() throws Exception {
        var guard = new AddressGuard(new OutgoingSettings(List.of()));
        assertThat(guard.resolve("93.184.216.34")).hasSize(1);
        assertThat(guard.resolve("[2606:2800:220:1::1]")).hasSize(1);
    }

    @Test
    void aNameWithOnePrivateAddressAmongItsOwnIsRefused() {
        var guard =
                new AddressGuard(
                        new OutgoingSettings(List.of()),
                        _ ->
                                new InetAddress[] {
                                    InetAddress.getByName("93.184.216.34"),
                                    InetAddress.getByName("10.0.0.7")
                                });
        assertThatThrownBy(() -> guard.resolve("mixed.test")).isInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void theSettingNamesHostsTheirSubdomainsAndNetworks() throws Exception {
        assertThat(status("wiki.lan", "wiki.lan")).isEqualTo(200);
        assertThat(status("a.corp.test", "*.corp.test")).isEqualTo(200);
        assertThat(status("any.test", "127.0.0.0/8")).isEqualTo(200);
        assertThat(status("any.test", "10.0.0.0/8", "127.0.0.1", "::1")).isEqualTo(200);
        assertThatThrownBy(() -> status("evilcorp.test", "*.corp.test", "10.0.0.0/8"))
                .isInstanceOf(ForbiddenAddress.class);
        assertThatThrownBy(() -> status("corp.test", "wiki.lan"))
                .isInstanceOf(ForbiddenAddress.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433", "0x7f000001", "127.1", "[::1]"})
    void anAddressInFiguresDoesNotPassTheLookUpBy(String host) throws Exception {
        try (var http = new OutgoingHttp(new AddressGuard(new OutgoingSettings(List.of())))) {
            assertThatThrownBy(() -> http.send(Call.get(at(host, "/"), Map.of(), LIMITS)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aRedirectInsideIsRefusedBeforeAnythingIsAsked() throws Exception {
        try (var http = allowing("good.test")) {
            var call = Call.get(at("good.test", "/to-evil"), Map.of(), LIMITS);
            assertThatThrownBy(() -> http.send(call)).isInstanceOf(ForbiddenAddress.class);
            var file = Call.get(at("good.test", "/to-file"), Map.of(), LIMITS);
            assertThatThrownBy(() -> http.send(file)).hasMessageContaining("only http");
        }
        assertThat(asked).containsExactly("/to-evil", "/to-file");
    }

    @Test
    void redirectsAreFollowedToTheirEndAndNoFurtherThanAllowed() throws Exception {
        try (var http = allowing("good.test")) {
            try (var reply = http.send(Call.get(at("good.test", "/two"), Map.of(), LIMITS))) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.uri()).hasPath("/end");
            }
            var circle = Call.get(at("good.test", "/circle"), Map.of(), LIMITS);
            assertThatThrownBy(() -> http.send(circle)).hasMessageContaining("redirects");
        }
    }

    @Test
    void secretsStayWithTheHostTheyWereGivenFor() throws Exception {
        var secret = Map.of("Authorization", "Bearer s3cret");
        try (var http = allowing("good.test", "other.test");
                var reply = http.send(Call.get(at("good.test", "/to-other"), secret, LIMITS))) {
            assertThat(body(reply)).isEqualTo("null");
        }
        try (var http = allowing("good.test");
                var reply = http.send(Call.get(at("good.test", "/two"), secret, LIMITS))) {
            assertThat(body(reply)).isEqualTo("Bearer s3cret");
        }
    }

    @Test
    void whatIsPostedIsNotSentOn() throws Exception {
        try (var http = allowing("good.test");
                var reply =
                        http.send(
                                Call.post(
                                        at("good.test", "/two"),
                                        Map.of("Content-Type", "text/plain"),
                                        "hello".getBytes(StandardCharsets.UTF_8),
                                        LIMITS))) {
            assertThat(reply.status()).isEqualTo(302);
        }
        assertThat(asked).containsExactly("/two");
    }

    @Test
    void aConnectionGoesToWhatWasLookedUpOnce() throws Exception {
        assertThat(status("good.test", "good.test")).isEqualTo(200);
        assertThat(lookedUp).containsExactly("good.test");
    }

    @Test
    void aBombEndsAtTheLimitHoweverSmallItCameIn() throws Exception {
        try (var http = allowing("good.test");
                var reply = http.send(Call.get(at("good.test", "/bomb"), Map.of(), LIMITS))) {
            assertThatThrownBy(() -> body(reply)).isInstanceOf(ReplyTooLarge.class);
        }
    }

    @Test
    void whoDripsIsCutOffWhenTheTimeIsUp() throws Exception {
        var limits = new Limits(Duration.ofMillis(300), 10_000, 0);
        try (var http = allowing("good.test")) {
            var silent = Call.get(at("good.test", "/silent"), Map.of(), limits);
            assertThatThrownBy(() -> http.send(silent)).isInstanceOf(InterruptedIOException.class);
            var drips = Call.get(at("good.test", "/drip"), Map.of(), limits);
            assertThatThrownBy(
                            () -> {
                                try (var reply = http.send(drips)) {
                                    body(reply);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    private int status(String host, String... allowed) throws IOException {
        try (var http = allowing(allowed);
                var reply = http.send(Call.get(at(host, "/end"), Map.of(), LIMITS))) {
            return reply.status();
        }
    }

    private URI at(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    private static String body(Reply reply) throws IOException {
        return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        try (exchange) {
            switch (path) {
                case "/to-evil" -> redirect(exchange, at("evil.test", "/end").toString());
                case "/to-other" -> redirect(exchange, at("other.test", "/end").toString());
                case "/to-file" -> redirect(exchange, "file:///etc/passwd");
                case "/two" -> redirect(exchange, "/one");
                case "/one" -> redirect(exchange, "end");
                case "/circle" -> redirect(exchange, "/circle");
                case "/bomb" -> bomb(exchange);
                case "/silent" -> waitForTheEnd();
                case "/drip" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                    waitForTheEnd();
                }
                default ->
                        say(exchange, "" + exchange.getRequestHeaders().getFirst("Authorization"));
            }
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void say(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void bomb(HttpExchange exchange) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1_000_000]);
        }
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, packed.size());
        exchange.getResponseBody().write(packed.toByteArray());
    }

    private void waitForTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
