package io.zhiwen.source.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.OutgoingSettings;
import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A site on this machine, over real HTTP through the guard.
class WebSourceTest {

    /// By path: the status, `:`, then the body; headers may stand before the body, each a line that
    /// begins with `>`.
    private final Map<String, String> site = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Kept look = new Kept();
    private HttpServer server;
    private String root;
    private OutgoingHttp http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort();
        http = http("127.0.0.1");
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.stop(0);
    }

    private static OutgoingHttp http(String... allowed) {
        return new OutgoingHttp(new AddressGuard(new OutgoingSettings(List.of(allowed))));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            String said = site.getOrDefault(path, "404:");
            int status = Integer.parseInt(said.substring(0, 3));
            String body = said.substring(4);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            while (body.startsWith(">")) {
                String[] line = body.substring(1).split("\n", 2);
                String[] header = line[0].split(": ", 2);
                exchange.getResponseHeaders().set(header[0], header[1]);
                body = line[1];
                boolean same =
                        header[1].equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
                if (header[0].equals("ETag") && same) {
                    exchange.sendResponseHeaders(304, -1);
                    return;
                }
            }
            byte[] bytes = path.endsWith(".gz") ? zipped(body) : body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static byte[] zipped(String body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    private static final class Kept implements Look {

        final Map<String, String> told = new TreeMap<>();
        final Map<String, String> fingerprints = new HashMap<>();
        final Map<String, String> names = new HashMap<>();
        @Nullable Reason incomplete;

        @Override
        public @Nullable String fingerprintOf(String address) {
            return fingerprints.get(address);
        }

        @Override
        public void found(Thing thing) throws IOException, InterruptedException {
            String before = fingerprints.put(thing.address(), thing.fingerprint());
            if (thing.fingerprint().equals(before)) {
                told.put(thing.address(), "same");
                return;
            }
            names.put(thing.address(), thing.name());
            try (var bytes = thing.content().open()) {
                told.put(thing.address(), new String(bytes.readAllBytes(), UTF_8));
            } catch (LeftOut e) {
                told.put(thing.address(), e.reason().name());
            }
        }

        @Override
        public void leftOut(String address, Reason reason, String detail) {
            told.put(address, reason.name());
        }

        @Override
        public void incomplete(Reason reason) {
            incomplete = reason;
        }
    }

    private Map<String, String> read(Map<String, String> fields) throws Exception {
        return read(http, fields);
    }

    private Map<String, String> read(OutgoingHttp by, Map<String, String> fields) throws Exception {
        look.told.clear();
        look.incomplete = null;
        asked.clear();
        Map<String, String> all = new HashMap<>(Map.of("start", root + "/", "pause", "0"));
        all.putAll(fields);
        new WebKind(by).open(new Place(all)).each(look);
        Map<String, String> byPath = new TreeMap<>();
        look.told.forEach((address, told) -> byPath.put(address.replace(root, ""), told));
        return byPath;
    }

    private static String html(String title, String body) {
        return "200:<html><head><title>%s</title></head><body><nav>Home | Imprint</nav>%s</body></html>"
                .formatted(title, body);
    }

    @Test
    void pagesAreFollowedToTheirDepthAndOnTheirOwnSiteOnly() throws Exception {
        site.put(
                "/",
                html(
                        "Start",
                        "<main>Welcome <a href='a#x'>a</a>"
                                + " <a href='http://169.254.169.254/latest/'>cloud</a>"
                                + " <a href='http://localhost:1/'>inside</a> <a href='mailto:x@y'>m</a></main>"));
        site.put("/a", html("A", "<p>First</p><a href='/b'>b</a> <a href='/gone'>gone</a>"));
        site.put("/b", html("B", "<p>Second</p><a href='/c'>c</a>"));
        site.put("/c", html("C", "<p>Third</p>"));
        assertThat(read(Map.of("depth", "1"))).containsOnlyKeys("/", "/a");
        assertThat(read(Map.of("depth", "2"))).containsOnlyKeys("/", "/a", "/b");
        assertThat(asked).containsExactly("/robots.txt", "/", "/a", "/b", "/gone");
        assertThat(read(Map.of("depth", "0"))).containsOnlyKeys("/");
        assertThat(look.incomplete).isNull();
    }

    @Test
    void whatAPageIsAboutIsKeptWithoutWhatSurroundsItOnEveryPage() throws Exception {
        site.put(
                "/",
                html(
                        "Urlaub 1/2",
                        "<script>track()</script><main class='x' nonce='1'>"
                                + "<h1>Urlaub</h1><table><tr><td colspan=2>15 Tage</td></tr></table></main>"
                                + "<aside>Werbung</aside><footer>Impressum</footer>"));
        var told = read(Map.of()).get("/");
        assertThat(told).contains("15 Tage", "colspan=\"2\"", "<title>Urlaub 1-2</title>");
        assertThat(told).doesNotContain("track", "Imprint", "Werbung", "Impressum", "nonce");
        assertThat(look.names.values()).containsExactly("Urlaub 1-2.html");
        site.put("/", site.get("/").replace("nonce='1'", "nonce='2'").replace("Werbung", "Neu"));
        assertThat(read(Map.of())).containsEntry("/", "same");
        site.put("/", site.get("/").replace("15 Tage", "16 Tage"));
        assertThat(read(Map.of()).get("/")).contains("16 Tage");
    }

    @Test
    void robotsAreRespected() throws Exception {
        site.put(
                "/robots.txt",
                "200:>Content-Type: text/plain\nUser-agent: *\nDisallow: /private\n");
        site.put(
                "/",
                html(
                        "S",
                        "<a href='/private/x'>x</a><a href='/open'>o</a>"
                                + "<a rel='nofollow' href='/not'>n</a><a href='/to-private'>t</a><a href='/no'>no</a>"));
        site.put("/private/x", html("X", "secret"));
        site.put("/open", html("O", "open"));
        site.put("/not", html("N", "not"));
        site.put("/no", "200:<head><meta name=robots content=noindex></head>hidden");
        site.put("/to-private", "302:>Location: /private/x\n");
        var told = read(Map.of());
        assertThat(told).containsOnlyKeys("/", "/open", "/private/x", "/no");
        assertThat(told).containsEntry("/private/x", "ROBOTS").containsEntry("/no", "ROBOTS");
        assertThat(asked).doesNotContain("/not");

        site.put("/robots.txt", "500:");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e -> assertThat(e.trouble()).isEqualTo(Trouble.UNREACHABLE));
    }

    @Test
    void aSitemapListsThePagesAndKnowsNoEntities() throws Exception {
        site.put(
                "/sitemap.xml",
                "200:>Content-Type: application/xml\n<sitemapindex><sitemap><loc>"
                        + root
                        + "/more.xml.gz</loc></sitemap></sitemapindex>");
        site.put(
                "/more.xml.gz",
                "200:>Content-Type: application/gzip\n<!DOCTYPE x [<!ENTITY e SYSTEM '"
                        + root
                        + "/canary'>]><urlset><url><loc>"
                        + root
                        + "/a</loc></url><url><loc>"
                        + root
                        + "/file.pdf</loc></url><url><loc>http://other.test/</loc></url><url><loc>&e;</loc></url></urlset>");
        site.put("/a", html("A", "<p>First</p><a href='/b'>b</a>"));
        site.put("/file.pdf", "200:>Content-Type: application/pdf\n>ETag: \"7\"\n%PDF");
        site.put("/b", html("B", "not listed"));
        assertThat(read(Map.of("start", root + "/sitemap.xml")))
                .containsOnlyKeys("/a", "/file.pdf");
        assertThat(look.names).containsEntry(root + "/file.pdf", "file.pdf");
        assertThat(asked).doesNotContain("/canary", "/b");
        site.put("/a", html("A", "<p>Changed</p>"));
        var again = read(Map.of("start", root + "/sitemap.xml"));
        assertThat(again).containsEntry("/file.pdf", "same");
        assertThat(again.get("/a")).contains("Changed");
    }

    @Test
    void whatIsAtAnUnreachableOrForbiddenPlaceStaysAndWhatIsGoneIsNotTold() throws Exception {
        site.put(
                "/",
                html(
                        "S",
                        "<a href='/a'>a</a><a href='/b'>b</a><a href='/c'>c</a><a href='/d'>d</a>"));
        site.put("/a", "500:");
        site.put("/b", "403:");
        site.put("/d", "302:>Location: http://10.0.0.1/\n");
        assertThat(read(Map.of()))
                .containsOnlyKeys("/", "/a", "/b", "/d")
                .containsEntry("/a", "UNREADABLE")
                .containsEntry("/b", "REFUSED_THERE")
                .containsEntry("/d", "ELSEWHERE");
        site.remove("/");
        assertThatThrownBy(() -> read(Map.of())).isInstanceOf(SourceUnavailable.class);
    }

    @Test
    void anAddressInsideIsForbiddenUnlessTheSettingNamesIt() throws Exception {
        site.put("/", html("S", "x"));
        try (var strict = http()) {
            assertThatThrownBy(() -> read(strict, Map.of()))
                    .isInstanceOfSatisfying(
                            SourceUnavailable.class,
                            e -> assertThat(e.trouble()).isEqualTo(Trouble.FORBIDDEN));
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void moreThanMayBeBroughtIsToldSoThatNothingCountsAsGone() throws Exception {
        site.put("/", html("S", "<a href='/a'>a</a><a href='/b'>b</a><a href='/c'>c</a>"));
        site.put("/a", html("A", "a"));
        site.put("/b", html("B", "b"));
        assertThat(read(Map.of("most", "2"))).containsOnlyKeys("/", "/a");
        assertThat(look.incomplete).isEqualTo(Reason.TOO_MANY);
    }

    @Test
    void patternsChoosePages() throws Exception {
        site.put("/", html("S", "<a href='/docs/a'>a</a><a href='/blog/b'>b</a>"));
        site.put("/docs/a", html("A", "a"));
        site.put("/blog/b", html("B", "b"));
        assertThat(read(Map.of("include", "docs/**"))).containsOnlyKeys("/", "/docs/a");
    }
}
