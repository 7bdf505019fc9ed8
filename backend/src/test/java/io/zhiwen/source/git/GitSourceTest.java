package io.zhiwen.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.outgoing.AddressGuard;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.OutgoingSettings;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Remembered;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Repositories of a real Git server on this machine, read through the guard; and servers that mean
/// no good.
class GitSourceTest {

    @TempDir static Path repositories;
    @TempDir Path copies;

    private static GitServer server;

    private final Remembered look = new Remembered();
    private OutgoingHttp http;

    @BeforeAll
    static void serve() throws Exception {
        server = new GitServer(repositories);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() {
        http = http("127.0.0.1");
        server.asked.clear();
        server.logins.clear();
    }

    @AfterEach
    void close() throws IOException {
        http.close();
    }

    private static OutgoingHttp http(String... allowed) {
        return new OutgoingHttp(new AddressGuard(new OutgoingSettings(List.of(allowed))));
    }

    private Map<String, String> read(String url, String... fields) throws Exception {
        return read(64 << 20, url, fields);
    }

    private Map<String, String> read(long most, String url, String... fields) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("url", url));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return look.of(new GitKind(http, new GitCopies(copies, most)).open(new Place(all)));
    }

    private static void isTrouble(Trouble trouble, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SourceUnavailable.class,
                        e -> assertThat(e.trouble()).as(e.detail()).isEqualTo(trouble));
    }

    @Test
    void theFilesOfTheMainBranchComeAndLaterOnlyWhatHasChanged() throws Exception {
        server.commit(
                "handbook.git",
                "main",
                Map.of(
                        "README.md",
                        "# Hi",
                        "docs/休假.md",
                        "15 天",
                        "docs/old.md",
                        "old",
                        "a.c",
                        "x"));
        server.commit("handbook.git", "draft", Map.of("README.md", "# Draft"));
        String[] fields = {"include", "*.md", "link", "https://git.example/blob/main/{path}"};

        assertThat(read(server.url("handbook.git"), fields))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("README.md", "# Hi", "docs/休假.md", "15 天", "docs/old.md", "old"));
        assertThat(look.things.get("docs/休假.md").name()).isEqualTo("休假.md");
        assertThat(look.things.get("docs/休假.md").link())
                .hasToString("https://git.example/blob/main/docs/%E4%BC%91%E5%81%87.md");

        server.asked.clear();
        assertThat(read(server.url("handbook.git"), fields).values()).containsOnly("same");
        assertThat(server.asked).containsExactly("GET /handbook.git/info/refs");

        server.commit(
                "handbook.git",
                "main",
                Map.of("README.md", "# Hi", "docs/休假.md", "20 天", "docs/new.md", "old"));
        assertThat(read(server.url("handbook.git"), fields))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("README.md", "same", "docs/休假.md", "20 天", "docs/new.md", "old"));
        assertThat(look.incomplete).isNull();

        assertThat(read(server.url("handbook.git"), "branch", "draft"))
                .containsExactly(Map.entry("README.md", "# Draft"));
    }

    @Test
    void aFolderOfTheRepositoryIsReadAloneAndPatternsCountFromThere() throws Exception {
        server.commit(
                "sub.git", "main", Map.of("a.md", "a", "docs/b.md", "b", "docs/in/c.md", "c"));
        assertThat(read(server.url("sub.git"), "folder", "/docs/", "include", "in/*.md"))
                .containsExactly(Map.entry("docs/in/c.md", "c"));
        isTrouble(Trouble.NOT_FOUND, () -> read(server.url("sub.git"), "folder", "doc"));
        isTrouble(Trouble.NOT_FOUND, () -> read(server.url("sub.git"), "branch", "no-such"));
        isTrouble(Trouble.NOT_FOUND, () -> read(server.url("no-such.git")));
    }

    @Test
    void aPrivateRepositoryWantsItsTokenWhichNoOtherHostIsTold() throws Exception {
        server.commit("private.git", "main", Map.of("a.md", "secret"));
        assertThat(read(server.url("private.git"), "token", GitServer.TOKEN))
                .containsExactly(Map.entry("a.md", "secret"));
        isTrouble(Trouble.REFUSED, () -> read(server.url("private.git"), "token", "wrong"));
        isTrouble(Trouble.REFUSED, () -> read(server.url("private.git")));

        server.commit("open.git", "main", Map.of("a.md", "a"));
        server.logins.clear();
        try (var other = new Elsewhere(exchange -> redirect(exchange, server.url("open.git")))) {
            assertThat(read(other.url(), "token", "t-1")).containsKey("a.md");
        }
        assertThat(server.logins).isNotEmpty().containsOnly("null");
    }

    @Test
    void linksOtherRepositoriesAndLargeFilesElsewhereAreToldAndNotFollowed() throws Exception {
        server.commit(
                "odd.git",
                "main",
                Map.of(
                        "a.md",
                        "a",
                        "etc.md",
                        "link:/etc/passwd",
                        "vendor",
                        "submodule:x",
                        "big.pdf",
                        "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n",
                        ".github/hidden.md",
                        "h"));
        assertThat(read(server.url("odd.git")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "a.md",
                                "a",
                                "etc.md",
                                "LINK",
                                "vendor",
                                "OTHER_REPOSITORY",
                                "big.pdf",
                                "LFS"));
    }

    @Test
    void toTryAPlaceOutNamesAreEnoughAndNothingIsKept() throws Exception {
        server.commit("glance.git", "main", Map.of("a.md", "a", "docs/b.md", "b"));
        look.glance = true;
        for (boolean filters : List.of(true, false)) {
            var config = server.repository("glance.git").getConfig();
            config.setBoolean("uploadpack", null, "allowFilter", filters);
            config.save();
            assertThat(read(server.url("glance.git")).keySet())
                    .containsExactly("a.md", "docs/b.md");
        }
        try (Stream<Path> left = Files.list(copies)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsNoAddressOfTheWebIsRefusedWithoutALook() {
        for (String url :
                List.of(
                        repositories.resolve("handbook.git").toString(),
                        "file://" + repositories.resolve("handbook.git"),
                        "ssh://git@example.org/a.git",
                        "git@example.org:a.git",
                        "git://example.org/a.git",
                        "ext::sh -c id",
                        "https://mei:pw@example.org/a.git")) {
            isTrouble(Trouble.UNUSABLE, () -> read(url));
        }
        isTrouble(Trouble.UNUSABLE, () -> read(server.url("a.git"), "branch", "../x"));
        isTrouble(Trouble.UNUSABLE, () -> read(server.url("a.git"), "link", "javascript:{path}"));
    }

    @Test
    void anAddressInsideIsRefusedAndARedirectThereToo() throws Exception {
        try (var bait =
                new Elsewhere(exchange -> redirect(exchange, "http://169.254.169.254/latest"))) {
            isTrouble(Trouble.FORBIDDEN, () -> read(bait.url()));
        }
        http.close();
        http = http();
        isTrouble(Trouble.FORBIDDEN, () -> read(server.url("handbook.git")));
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aFetchThatEndsHalfwayLeavesNoHalfCopy() throws Exception {
        server.commit("cut.git", "main", Map.of("a.md", "a".repeat(5000), "b.md", noise(200_000)));
        try (var cut = new Elsewhere(exchange -> passOn(exchange, "cut.git", 60_000))) {
            isTrouble(Trouble.UNREACHABLE, () -> read(cut.url()));
            assertThat(look.told).isEmpty();
            cut.answer = exchange -> passOn(exchange, "cut.git", Integer.MAX_VALUE);
            assertThat(read(cut.url()).keySet()).containsExactly("a.md", "b.md");
        }
        try (Stream<Path> files = Files.walk(copies)) {
            Files.delete(files.filter(file -> file.endsWith("whole")).findFirst().orElseThrow());
        }
        look.fingerprints.clear();
        assertThat(read(server.url("cut.git")).keySet()).containsExactly("a.md", "b.md");
    }

    @Test
    void aRepositoryThatIsTooLargeIsNotBrought() throws Exception {
        server.commit("large.git", "main", Map.of("a.md", noise(300_000)));
        isTrouble(Trouble.TOO_LARGE, () -> read(100_000, server.url("large.git")));
        server.commit("swollen.git", "main", Map.of("a.md", "a".repeat(300_000)));
        isTrouble(Trouble.TOO_LARGE, () -> read(100_000, server.url("swollen.git")));
    }

    @Test
    void theCopiesTogetherStayWithinTheirRoom() throws Exception {
        for (String name : List.of("r1.git", "r2.git", "r3.git")) {
            server.commit(name, "main", Map.of(name + ".md", noise(100_000)));
            read(150_000, server.url(name));
        }
        try (Stream<Path> left = Files.list(copies)) {
            assertThat(left.count()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatLiesAboutItselfEndsTheRunAndNotTheProcess() throws Exception {
        try (var liar = new Elsewhere(exchange -> say(exchange, "text/html", "<html>"))) {
            isTrouble(Trouble.ODD, () -> read(liar.url()));
            String branch =
                    "1".repeat(40) + " refs/heads/main\0multi_ack_detailed no-done shallow\n";
            liar.answer =
                    exchange -> {
                        if (exchange.getRequestMethod().equals("GET")) {
                            say(
                                    exchange,
                                    "application/x-git-upload-pack-advertisement",
                                    line("# service=git-upload-pack\n")
                                            + "0000"
                                            + line(branch)
                                            + "0000");
                        } else {
                            say(
                                    exchange,
                                    "application/x-git-upload-pack-result",
                                    "0000" + line("NAK\n") + "PACK\0\0\0\2\177\377\377\377");
                        }
                    };
            assertThatThrownBy(() -> read(liar.url(), "branch", "main"))
                    .isInstanceOf(SourceUnavailable.class)
                    .hasMessageContaining("2147483647 objects");
        }
    }

    @Test
    void aTreeThatHoldsItselfManyTimesEndsSomewhere() throws Exception {
        var repository = server.repository("bomb.git");
        try (var inserter = repository.newObjectInserter()) {
            ObjectId inner = inserter.insert(Constants.OBJ_BLOB, new byte[] {'x'});
            FileMode mode = FileMode.REGULAR_FILE;
            for (int level = 0; level < 7; level++) {
                var tree = new TreeFormatter();
                for (char name = 'a'; name < 'k'; name++) {
                    tree.append(name + "", mode, inner);
                }
                inner = inserter.insert(tree);
                mode = FileMode.TREE;
            }
            server.commit(repository, inserter, "main", inner);
        }
        var tree =
                new GitTree(repository, "", Patterns.of(new Place(Map.of())), GitLink.of(""), 500);
        tree.each(repository.resolve("main"), look);
        assertThat(look.told).hasSizeBetween(400, 500);
        assertThat(look.incomplete).isEqualTo(Reason.TOO_MANY);
    }

    @Test
    void aServerThatDoesNotStopTalkingIsCutOff() throws Exception {
        byte[] progress = (line("\2counting ".repeat(100)) + "0000").getBytes(US_ASCII);
        try (var chatter = new GitChatter(endlessly(progress))) {
            assertThatThrownBy(() -> chatter.transferTo(OutputStream.nullOutputStream()))
                    .hasMessageContaining("does not stop");
        }
        byte[] pack = line("\1" + "p".repeat(60_000)).getBytes(US_ASCII);
        try (var whole = new GitChatter(new ByteArrayInputStream(pack))) {
            assertThat(whole.readAllBytes()).isEqualTo(pack);
        }
        try (var endless = new GitChatter(endlessly(pack))) {
            endless.skipNBytes(100 << 20); // of a pack it may be as much as it likes
        }
    }

    private static InputStream endlessly(byte[] bytes) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                int next = bytes[at] & 0xff;
                at = (at + 1) % bytes.length;
                return next;
            }

            @Override
            public int read(byte[] to, int from, int most) {
                int some = Math.min(most, bytes.length - at);
                System.arraycopy(bytes, at, to, from, some);
                at = (at + some) % bytes.length;
                return some;
            }
        };
    }

    private static String noise(int bytes) {
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    private static String line(String text) {
        return "%04x%s".formatted(text.length() + 4, text);
    }

    private static void say(HttpExchange exchange, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(ISO_8859_1);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        String rest = exchange.getRequestURI().toString().replaceFirst("^/x", "");
        exchange.getResponseHeaders().set("Location", to + rest);
        exchange.sendResponseHeaders(302, -1);
    }

    /// Says what the real server says, and falls silent after so many bytes of a pack.
    private static void passOn(HttpExchange exchange, String name, int most) throws IOException {
        var to =
                URI.create(
                        server.url(name)
                                + exchange.getRequestURI().toString().replaceFirst("^/x", ""));
        var call = (HttpURLConnection) to.toURL().openConnection();
        var body = new ByteArrayOutputStream();
        exchange.getRequestBody().transferTo(body);
        if (exchange.getRequestMethod().equals("POST")) {
            call.setDoOutput(true);
            call.setRequestProperty(
                    "Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
            String packed = exchange.getRequestHeaders().getFirst("Content-Encoding");
            if (packed != null) {
                call.setRequestProperty("Content-Encoding", packed);
            }
            call.getOutputStream().write(body.toByteArray());
        }
        byte[] all = call.getInputStream().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", call.getContentType());
        exchange.sendResponseHeaders(200, all.length);
        exchange.getResponseBody().write(all, 0, Math.min(most, all.length));
    }

    @FunctionalInterface
    private interface Answers {
        void to(HttpExchange exchange) throws IOException;
    }

    /// Another host, on this machine too.
    private static final class Elsewhere implements AutoCloseable {

        volatile Answers answer;
        private final HttpServer http;

        Elsewhere(Answers answer) throws IOException {
            this.answer = answer;
            this.http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext(
                    "/",
                    exchange -> {
                        try (exchange) {
                            this.answer.to(exchange);
                        }
                    });
            http.start();
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/x";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
