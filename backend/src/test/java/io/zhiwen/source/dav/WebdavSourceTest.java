package io.zhiwen.source.dav;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.OutgoingSettings;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Remembered;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.io.OutputStream;
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
import org.junit.jupiter.api.io.TempDir;

/// A real WebDAV server on this machine, read through the guard; and servers that mean no good.
class WebdavSourceTest {

    @TempDir static Path folder;
    @TempDir static Path work;

    private static DavServer server;

    private final Remembered look = new Remembered();
    private OutgoingHttp http;
    private HttpServer bad;

    @BeforeAll
    static void serve() throws Exception {
        server = new DavServer(folder.toRealPath(), work);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws IOException {
        http = http("127.0.0.1");
        server.asked.clear();
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

    private Map<String, String> read(String url, String... fields) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.putAll(Map.of("url", url, "user", DavServer.USER, "password", DavServer.PASSWORD));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return look.of(new WebdavKind(http).open(new Place(all)));
    }

    private static void isTrouble(Trouble trouble, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e -> assertThat(e.trouble()).as(e.detail()).isEqualTo(trouble));
    }

    private static void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void filesOfAllFoldersComeAndLaterOnlyWhatHasChanged() throws Exception {
        write("共享/制度 2026.md", "15 天");
        write("共享/a+b & 100%.txt", "odd name");
        write("共享/in/deep/plan.md", "plan");
        write("共享/.hidden/no.md", "no");
        write("共享/old.md", "old");
        write("other/no.md", "no");

        assertThat(read(server.url("/共享")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "制度 2026.md",
                                "15 天",
                                "a+b & 100%.txt",
                                "odd name",
                                "in/deep/plan.md",
                                "plan",
                                "old.md",
                                "old"));
        assertThat(look.things.get("in/deep/plan.md").name()).isEqualTo("plan.md");

        server.asked.clear();
        assertThat(read(server.url("/%E5%85%B1%E4%BA%AB/")).values()).containsOnly("same");
        assertThat(server.asked).hasSize(3).allMatch(each -> each.startsWith("PROPFIND"));

        write("共享/in/deep/plan.md", "another plan");
        Files.delete(folder.resolve("共享/old.md"));
        assertThat(read(server.url("/共享"), "include", "*.md"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("制度 2026.md", "same", "in/deep/plan.md", "another plan"));
        assertThat(look.incomplete).isNull();
    }

    @Test
    void aWrongPasswordAPlaceThatIsNotThereAndAPrivateAddressAreSaid() throws Exception {
        write("x/a.md", "a");
        isTrouble(Trouble.REFUSED, () -> read(server.url("/x"), "password", "wrong"));
        isTrouble(Trouble.NOT_FOUND, () -> read(server.url("/no-such-folder")));
        isTrouble(Trouble.UNUSABLE, () -> read("file:///etc"));
        isTrouble(Trouble.UNUSABLE, () -> read(server.url("/a/../../etc")));
        http.close();
        http = http();
        isTrouble(Trouble.FORBIDDEN, () -> read(server.url("/x")));
    }

    /// Answers lists by folder and files by path; what is missing is not there.
    private String badServer(Map<String, String> lists, Map<String, String> files) {
        bad.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        boolean list = exchange.getRequestMethod().equals("PROPFIND");
                        String said =
                                (list ? lists : files).get(exchange.getRequestURI().toString());
                        byte[] body = ("" + said).getBytes(UTF_8);
                        exchange.sendResponseHeaders(
                                said == null ? 404 : list ? 207 : 200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        return "http://127.0.0.1:" + bad.getAddress().getPort() + "/dav";
    }

    private static String list(String... entries) {
        return "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\">"
                + String.join("", entries)
                + "</d:multistatus>";
    }

    private static String file(String href, int bytes) {
        return "<d:response><d:href>%s</d:href><d:propstat><d:prop><d:resourcetype/>"
                        .formatted(href)
                + "<d:getetag>\"1\"</d:getetag><d:getcontentlength>%d</d:getcontentlength>"
                        .formatted(bytes)
                + "</d:prop></d:propstat></d:response>";
    }

    private static String folder(String href) {
        return "<d:response><d:href>%s</d:href><d:propstat><d:prop><d:resourcetype>".formatted(href)
                + "<d:collection/></d:resourcetype></d:prop></d:propstat></d:response>";
    }

    @Test
    void namesThatLeadElsewhereAreToldAndNeverAskedFor() throws Exception {
        String url =
                badServer(
                        Map.of(
                                "/dav/",
                                list(
                                        folder("/dav/"),
                                        folder("/dav"),
                                        file("/dav/a.md", 1),
                                        file("http://another.example/dav/b.md", 1),
                                        file("/dav/../secret.md", 1),
                                        file("/dav/%2e%2e/secret2.md", 1),
                                        file("/etc/passwd", 1),
                                        file("/dav/c%0Ad.md", 1),
                                        file("/dav/%ff.md", 1),
                                        folder("/dav/in/"),
                                        file("/dav/in/deeper/than/asked.md", 1)),
                                "/dav/in/",
                                list(folder("/dav/"), folder("/dav/in/"))),
                        Map.of("/dav/a.md", "a", "/dav/b.md", "b"));
        assertThat(read(url))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "a.md", "a",
                                "b.md", "b",
                                "/dav/../secret.md", "ODD_ADDRESS",
                                "/dav/%2e%2e/secret2.md", "ODD_ADDRESS",
                                "/etc/passwd", "ODD_ADDRESS",
                                "/dav/c%0Ad.md", "ODD_ADDRESS",
                                "/dav/%ff.md", "ODD_ADDRESS",
                                "/dav/", "ODD_ADDRESS"));
    }

    @Test
    void otherBytesThanWereListedAndHalfABodyAreLeftOutThisTime() throws Exception {
        String url =
                badServer(
                        Map.of(
                                "/dav/",
                                list(
                                        file("/dav/a.md", 7),
                                        file("/dav/gone.md", 1),
                                        file("/dav/c.md", 1))),
                        Map.of("/dav/a.md", "a", "/dav/c.md", "c"));
        bad.createContext(
                "/dav/half.md",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 1000);
                        exchange.getResponseBody().write(new byte[500]);
                    }
                });
        assertThat(read(url))
                .isEqualTo(Map.of("a.md", "STILL_WRITTEN", "gone.md", "UNREADABLE", "c.md", "c"));
        bad.removeContext("/");
        url = badServer(Map.of("/dav/", list(file("/dav/half.md", 1000))), Map.of());
        assertThat(read(url)).isEqualTo(Map.of("half.md", "UNREADABLE"));
    }

    @Test
    void aFolderThatCannotBeListedLeavesTheRestAndNothingCountsAsGone() throws Exception {
        String url =
                badServer(
                        Map.of("/dav/", list(file("/dav/a.md", 1), folder("/dav/in/"))),
                        Map.of("/dav/a.md", "a"));
        assertThat(read(url)).isEqualTo(Map.of("a.md", "a", "in/", "UNREADABLE"));
        assertThat(look.incomplete).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void whatIsNoListOrNoWholeListEndsTheRun() {
        for (String answer :
                List.of(
                        "<html><body>sign in</body></html>",
                        list(file("/dav/a.md", 1)).replace("</d:multistatus>", ""),
                        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                                + list(file("/dav/&a;", 1)),
                        "<!DOCTYPE x [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;\">]>"
                                + list(file("/dav/&b;", 1)),
                        "<x xmlns='DAV:'>".repeat(100_000))) {
            String url = badServer(Map.of("/dav/", answer), Map.of());
            assertThatThrownBy(() -> read(url)).isInstanceOf(SourceUnavailable.class);
            assertThat(look.told).isEmpty();
            bad.removeContext("/");
        }
    }

    @Test
    void aListWithoutEndIsCutOffAndARedirectInsideIsNotFollowed() {
        bad.createContext(
                "/dav/",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(207, 0);
                        endless(exchange);
                    }
                });
        String url = "http://127.0.0.1:" + bad.getAddress().getPort();
        isTrouble(Trouble.TOO_LARGE, () -> read(url + "/dav"));
        bad.createContext(
                "/to/",
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().set("Location", "http://169.254.169.254/");
                        exchange.sendResponseHeaders(301, -1);
                    }
                });
        isTrouble(Trouble.ODD, () -> read(url + "/to"));
    }

    private static void endless(HttpExchange exchange) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write("<multistatus xmlns='DAV:'>".getBytes(UTF_8));
        byte[] much = file("/dav/a.md", 1).replace("d:", "").repeat(100).getBytes(UTF_8);
        while (true) {
            out.write(much); // until the other side has had enough
        }
    }
}
