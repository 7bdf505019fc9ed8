package io.zhiwen.source.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.OutgoingSettings;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Remembered;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real S3 server on this machine, read through the guard; and servers that mean no good.
@Timeout(60)
class BucketSourceTest {

    @TempDir static Path folder;

    private static BucketServer server;

    private final Remembered look = new Remembered();
    private OutgoingHttp http;
    private HttpServer bad;

    @BeforeAll
    static void serve() throws Exception {
        server = new BucketServer(folder);
        server.make("handbook");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws IOException {
        http = http("127.0.0.1");
        bad = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bad.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        bad.start();
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        bad.stop(0);
    }

    private static OutgoingHttp http(String... allowed) {
        return new OutgoingHttp(new AddressGuard(new OutgoingSettings(List.of(allowed))));
    }

    private Map<String, String> read(String... fields) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("endpoint", server.endpoint());
        all.put("bucket", "handbook");
        all.put("access_key", BucketServer.ACCESS_KEY);
        all.put("secret_key", BucketServer.SECRET_KEY);
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return look.of(new BucketKind(http).open(new Place(all)));
    }

    private static void isTrouble(Trouble trouble, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e -> assertThat(e.trouble()).as(e.detail()).isEqualTo(trouble));
    }

    @Test
    void objectsBelowThePrefixComeAndLaterOnlyWhatHasChanged() throws Exception {
        server.put("handbook", "docs/制度 2026+.md", "15 天");
        server.put("handbook", "docs/in/plan.md", "plan");
        server.put("handbook", "docs/in/", "");
        server.put("handbook", "docs/old.md", "old");
        server.put("handbook", "other/no.md", "no");

        assertThat(read("prefix", "docs/"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "docs/制度 2026+.md",
                                "15 天",
                                "docs/in/plan.md",
                                "plan",
                                "docs/old.md",
                                "old"));
        assertThat(look.things.get("docs/in/plan.md").name()).isEqualTo("plan.md");
        assertThat(read("prefix", "docs/").values()).containsOnly("same");

        server.put("handbook", "docs/in/plan.md", "nalp");
        server.delete("handbook", "docs/old.md");
        assertThat(read("prefix", "docs/", "include", "in/*.md"))
                .containsExactly(Map.entry("docs/in/plan.md", "nalp"));
        assertThat(read("prefix", "docs/").keySet())
                .containsExactly("docs/in/plan.md", "docs/制度 2026+.md");
        assertThat(look.incomplete).isNull();
    }

    @Test
    void thousandsOfObjectsComePageByPage() throws Exception {
        server.make("many");
        Path bucket = folder.resolve("buckets").resolve("many");
        for (int i = 0; i < 2100; i++) {
            Files.writeString(bucket.resolve("n%04d.md".formatted(i)), "" + i);
        }
        look.glance = true;
        assertThat(read("bucket", "many")).hasSize(2100).containsKey("n2099.md");
    }

    @Test
    void wrongKeysAStrangeBucketAndAPrivateAddressAreSaid() throws Exception {
        isTrouble(Trouble.REFUSED, () -> read("secret_key", "wrong"));
        isTrouble(Trouble.REFUSED, () -> read("access_key", "", "secret_key", ""));
        isTrouble(Trouble.NOT_FOUND, () -> read("bucket", "no-such-bucket"));
        isTrouble(Trouble.UNUSABLE, () -> read("secret_key", ""));
        isTrouble(Trouble.UNUSABLE, () -> read("endpoint", "file:///etc"));
        isTrouble(Trouble.UNUSABLE, () -> read("region", "../x"));
        http.close();
        http = http();
        isTrouble(Trouble.FORBIDDEN, () -> read());
    }

    /// Answers lists in turn, each its own page, and `o` for each object.
    private String badServer(String... pages) {
        int[] asked = {0};
        bad.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        String query = "" + exchange.getRequestURI().getRawQuery();
                        boolean list = query.contains("list-type=2");
                        byte[] body =
                                (list ? pages[Math.min(asked[0]++, pages.length - 1)] : "o")
                                        .getBytes(UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        return "http://127.0.0.1:" + bad.getAddress().getPort();
    }

    private static String page(String next, String... keys) {
        var page = new StringBuilder("<ListBucketResult>");
        page.append("<IsTruncated>%s</IsTruncated>".formatted(!next.equals("end")));
        if (!next.equals("end") && !next.isEmpty()) {
            page.append("<NextContinuationToken>%s</NextContinuationToken>".formatted(next));
        }
        for (String key : keys) {
            page.append(
                    "<Contents><Key>%s</Key><ETag>\"1\"</ETag><Size>1</Size></Contents>"
                            .formatted(key));
        }
        return page.append("</ListBucketResult>").toString();
    }

    @Test
    void keysThatAreNotBelowThePrefixAndOtherBytesThanWereListedAreLeftOut() throws Exception {
        String url =
                badServer(
                        page("2", "docs/a.md", "etc/passwd"),
                        page("end", "docs/b.md", "docs/c.md")
                                .replace(
                                        "c.md</Key><ETag>\"1\"</ETag><Size>1",
                                        "c.md</Key><Size>9"));
        assertThat(read("endpoint", url, "prefix", "docs/"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "docs/a.md", "o",
                                "docs/b.md", "o",
                                "docs/c.md", "STILL_WRITTEN",
                                "etc/passwd", "ODD_ADDRESS"));
    }

    @Test
    void aListThatDoesNotGoOnIsNoListAndNoneIsAFileOrTheWeb() {
        for (String answer :
                List.of(
                        page("", "a.md"),
                        page("again", "a.md"),
                        "<html><body>sign in</body></html>".repeat(3),
                        page("end", "a.md").replace("</ListBucketResult>", ""),
                        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                                + page("end", "&a;"))) {
            String url = badServer(answer);
            assertThatThrownBy(() -> read("endpoint", url))
                    .as(answer)
                    .isInstanceOf(SourceUnavailable.class);
            bad.removeContext("/");
        }
    }

    @Test
    void aPageWithoutEndIsCutOffAndARedirectInsideIsNotFollowed() {
        bad.createContext(
                "/endless",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 0);
                        byte[] much = page("end", "a.md").repeat(100).getBytes(UTF_8);
                        exchange.getResponseBody().write("<ListBucketResult>".getBytes(UTF_8));
                        while (true) {
                            exchange.getResponseBody().write(much);
                        }
                    }
                });
        bad.createContext(
                "/to",
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().set("Location", "http://169.254.169.254/");
                        exchange.sendResponseHeaders(307, -1);
                    }
                });
        String url = "http://127.0.0.1:" + bad.getAddress().getPort();
        isTrouble(Trouble.TOO_LARGE, () -> read("endpoint", url, "bucket", "endless"));
        isTrouble(Trouble.ODD, () -> read("endpoint", url, "bucket", "to"));
    }
}
