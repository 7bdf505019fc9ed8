package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Access;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Grants;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Role;
import io.zhiwen.account.Users;
import io.zhiwen.ask.prompt.Prompt;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Part;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.library.Status;
import io.zhiwen.node.Notifications;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.system.ZhiwenApplication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two nodes on one database, each with its own index, pool and line.
@Timeout(180)
class NodesTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir static Path folder;

    private static final AtomicInteger writing = new AtomicInteger();
    private static final AtomicInteger mostWriting = new AtomicInteger();

    private static ScriptedServer model;
    private static DataSource database;
    private static JdbcClient db;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext two;
    private static Principal.User root;

    @BeforeAll
    static void start() throws IOException {
        model = new ScriptedServer(NodesTest::write);
        database = TestPostgres.fresh();
        db = JdbcClient.create(database);
        var url = TestPostgres.urlOf(database);
        one = node("one", url, "web");
        two = node("two", url, "both");
        var id = db.sql("select id from app_user").query(UUID.class).single();
        root = new Principal.User(id, "root", true);
    }

    @AfterAll
    static void stop() throws IOException {
        two.close();
        one.close();
        model.close();
    }

    @Test
    void aDocumentOfOneNodeIsFoundOnTheOtherAndADeletionHoldsThereAtOnce() throws Exception {
        var base = of(one, Library.class).create(root, "Leave").id();
        var key = of(one, ApiKeys.class).create(root, "portal", false, List.of(base));
        var document = upload(one, base, "leave.txt", "Everybody has 21 days of zebra leave.");
        // node one takes no jobs, so node two did it, woken by the upload's commit
        await(() -> ready(base, document));
        await(() -> found(two, key.secret(), "zebra leave"));
        await(() -> found(one, key.secret(), "zebra leave"));

        // the index of node two cannot follow, so only the database can know
        of(two, IndexFollower.class).close();
        of(one, Library.class).delete(root, document);

        assertThat(found(two, key.secret(), "zebra leave")).isFalse();
        assertThat(found(one, key.secret(), "zebra leave")).isFalse();

        of(one, ApiKeys.class).revoke(root, key.row().id());
        assertThat(search(two, key.secret(), "zebra").status()).isEqualTo(401);
    }

    @Test
    void aSessionOfOneNodeIsGoodOnTheOtherUntilItEndsAnywhere() throws Exception {
        of(one, Users.class).create(root, "lin", PASSWORD, Role.MEMBER);
        db.sql("update app_user set one_time_password = false").update();
        var here = new Visitor(port(one), "", "", "").signIn("lin", PASSWORD);
        var there = new Visitor(port(two), here.session(), here.token(), "");
        assertThat(there.get("/chat").status()).isEqualTo(200);
        assertThat(there.withToken().form("/sign-out", Map.of()).status()).isEqualTo(302);
        assertThat(here.get("/chat").told()).isEqualTo("sign-in");

        var again = new Visitor(port(two), "", "", "").signIn("lin", PASSWORD);
        var lin = db.sql("select id from app_user where name = 'lin'").query(UUID.class).single();
        of(one, Users.class).disable(root, lin);
        assertThat(again.get("/chat").told()).isEqualTo("sign-in");
    }

    @Test
    void aRightTakenAwayOnOneNodeIsGoneOnTheOther() {
        var base = of(one, Library.class).create(root, "Board").id();
        var mei = of(one, Users.class).create(root, "mei", PASSWORD, Role.MEMBER).principal();
        of(one, Grants.class).grant(root, mei.id(), base);
        assertThat(of(two, Access.class).everythingFor(mei).bases()).containsExactly(base);
        of(one, Grants.class).revoke(root, mei.id(), base);
        assertThat(of(two, Access.class).everythingFor(mei).bases()).isEmpty();
    }

    @Test
    void aSettingChangedOnOneNodeHoldsOnTheOther() {
        await(() -> of(two, Notifications.class).isListening());
        of(one, RuntimeSettings.class).change(root, Map.of(Setting.PRODUCT_NAME, "Archive"));
        await(() -> of(two, RuntimeSettings.class).text(Setting.PRODUCT_NAME).equals("Archive"));
    }

    @Test
    void nodesCountTriesTogether() throws Exception {
        for (int i = 0; i < 10; i++) {
            var node = new Visitor(port(i % 2 == 0 ? one : two), "", "", "");
            assertThat(attempt(node)).endsWith("/sign-in?error");
        }
        assertThat(attempt(new Visitor(port(one), "", "", ""))).endsWith("/sign-in?throttled");
        assertThat(attempt(new Visitor(port(two), "", "", ""))).endsWith("/sign-in?throttled");
    }

    @Test
    void nodesTogetherAskAModelForNoMoreAnswersAtOnceThanItsSlots() throws Exception {
        var prompt = new Prompt("Be brief.", List.of(), "How many days of leave?");
        List<Thread> askers = new ArrayList<>();
        Queue<Part> ends = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 12; i++) {
            var writer = of(i % 2 == 0 ? one : two, Models.class).configured().orElseThrow();
            Part[] last = new Part[1];
            askers.add(
                    Thread.startVirtualThread(
                            () -> {
                                writer.write("", prompt, part -> last[0] = part, () -> false);
                                ends.add(last[0]);
                            }));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(ends).hasSize(12).allMatch(Part.Finished.class::isInstance);
        assertThat(mostWriting.get()).isBetween(1, 2);
    }

    @Test
    void eachNodeShowsItselfAndHearsTheOthers() {
        await(
                () ->
                        of(one, Notifications.class).isListening()
                                && of(two, Notifications.class).isListening());
        assertThat(
                        db.sql("select name || ' ' || role from node order by 1")
                                .query(String.class)
                                .list())
                .contains("one web", "two both");
    }

    @Test
    void aNodeForJobsAnswersThoseWhoWatchItAndNobodyElse() throws Exception {
        try (var three = node("three", TestPostgres.urlOf(database), "ingest")) {
            var stranger = new Visitor(port(three), "", "", "");
            assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(stranger.get("/sign-in").status()).isEqualTo(404);
            var refused = search(three, "zw_any", "zebra");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.body()).contains("not-served-here");
        }
    }

    @Test
    void behindAProxyThatSpeaksTlsTheSessionIsBoundToItsHost() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(one) + "/sign-in"))
                        .header("X-Forwarded-Proto", "https")
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var cookies =
                    http.send(request, HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .allValues("Set-Cookie");
            assertThat(cookies)
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("__Host-zhiwen=")
                    .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
                    .doesNotContain("Domain");
        }
        assertThat(new Visitor(port(one), "", "", "").get("/sign-in").header("Set-Cookie"))
                .startsWith("zhiwen=")
                .doesNotContain("Secure");
    }

    private static void write(ScriptedServer.Connection connection)
            throws IOException, InterruptedException {
        mostWriting.accumulateAndGet(writing.incrementAndGet(), Math::max);
        connection.stream().token("21 ");
        // long enough that the others come meanwhile
        Thread.sleep(50);
        connection.token("days");
        writing.decrementAndGet();
        connection.finish();
    }

    private static String attempt(Visitor visitor) throws Exception {
        var page = visitor.get("/sign-in");
        var token = page.body().replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        return new Visitor(visitor.port(), Visitor.session(page), token, "")
                .form("/sign-in", Map.of("username", "nobody", "password", "wrong password"))
                .header("Location");
    }

    private static DocumentId upload(
            ConfigurableApplicationContext node, KnowledgeBaseId base, String name, String text)
            throws Exception {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return of(node, Library.class).upload(root, base, name, bytes).id();
    }

    private static boolean ready(KnowledgeBaseId base, DocumentId document) {
        var scope = of(one, Access.class).chosenBy(root, List.of(base));
        var status = of(one, Library.class).document(scope, document).orElseThrow().status();
        assertThat(status).isNotEqualTo(Status.FAILED);
        return status == Status.READY;
    }

    private static boolean found(ConfigurableApplicationContext node, String key, String words) {
        var reply = search(node, key, words);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body().contains("zebra leave");
    }

    private static Visitor.Reply search(
            ConfigurableApplicationContext node, String key, String words) {
        try {
            return new Visitor(port(node), "", "", key)
                    .post("/api/v1/search", "{\"query\": \"" + words + "\"}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier until) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.yield();
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static <T> T of(ConfigurableApplicationContext node, Class<T> type) {
        return node.getBean(type);
    }

    private static int port(ConfigurableApplicationContext node) {
        return Integer.parseInt(node.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static ConfigurableApplicationContext node(String name, String url, String role) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("zhiwen.data", folder.resolve(name).toString());
        settings.put("zhiwen.blobs.folder", folder.resolve("blobs").toString());
        settings.put("zhiwen.db.url", url);
        settings.put("zhiwen.db.user", "postgres");
        settings.put("zhiwen.node.name", name);
        settings.put("zhiwen.node.role", role);
        settings.put("zhiwen.admin.user", "root");
        settings.put("zhiwen.admin.password", PASSWORD);
        settings.put("zhiwen.llm.url", model.url());
        settings.put("zhiwen.llm.slots", "2");
        settings.put("server.port", "0");
        settings.put("server.forward-headers-strategy", "native");
        return new SpringApplicationBuilder(ZhiwenApplication.class)
                .properties(settings)
                .registerShutdownHook(false)
                .run("--server.port=0");
    }
}
