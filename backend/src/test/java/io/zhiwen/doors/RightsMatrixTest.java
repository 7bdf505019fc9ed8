package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who gets what answer at each door: `rights-matrix.txt` beside this class has a row for each
/// mapped route, and a column for each kind of visitor, on what they may read (`own`) and what they
/// may not (`hidden`). A route without a row fails. What is hidden has the canary in it, and nobody
/// who may not read it is ever sent that, nor is it in the log.
class RightsMatrixTest extends House {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> VISITORS =
            List.of(
                    "stranger",
                    "reader own",
                    "reader hidden",
                    "editor own",
                    "manager own",
                    "admin",
                    "limited own",
                    "limited hidden",
                    "full");

    /// What has to be there before it is undone, by a request of the full key.
    private static final Map<String, String> DONE_BEFORE =
            Map.of(
                    "DELETE .*/grants/\\{to}",
                    "same {\"role\":\"reader\"}",
                    "DELETE .*/pause",
                    "same {\"reason\":\"m\"}",
                    "DELETE .*/settings/\\{key}",
                    "same {\"value\":\"m\"}",
                    "POST /library/\\{id}/people/remove",
                    "/api/v1/knowledge-bases/{base}/grants/everyone {\"role\":\"reader\"}",
                    "POST /library/folders/\\{id}/rights/remove",
                    "/api/v1/folders/{folder}/rights/grants/everyone {\"role\":\"reader\"}",
                    "POST /library/documents/\\{id}/rights/remove",
                    "/api/v1/documents/{document}/rights/grants/everyone {\"role\":\"reader\"}",
                    "POST /library/\\{id}/resume",
                    "/api/v1/knowledge-bases/{base}/pause {\"reason\":\"m\"}",
                    "POST /admin/settings/reset",
                    "/api/v1/settings/zhiwen.product.announcement {\"value\":\"m\"}");

    /// Names of what is found only under the `{id}` before it.
    private static final List<String> CHILDREN =
            List.of("{source}", "{run}", "{passage}", "{edit}", "{question}", "{document}");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    record Row(String method, String pattern, String query, String body, List<String> expected) {

        static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            var route = cells.getFirst().split("\\s+", 3);
            var body = route.length > 2 ? route[2] : "";
            var path = route[1].split("(?=\\?)", 2);
            return new Row(
                    route[0],
                    path[0],
                    path.length > 1 ? path[1] : "",
                    body,
                    expected(cells.subList(1, cells.size())));
        }

        private static List<String> expected(List<String> cells) {
            if (cells.size() == VISITORS.size()) {
                return cells;
            }
            List<String> all = new ArrayList<>(cells);
            all.addAll(VISITORS.indexOf("editor own"), List.of(cells.get(1), cells.get(1)));
            return all;
        }

        Visitor.Reply knock(Visitor who, RightsTarget target)
                throws IOException, InterruptedException {
            return knock(who, target, target.fill(pattern, pattern + query));
        }

        Visitor.Reply knock(Visitor who, RightsTarget target, String path)
                throws IOException, InterruptedException {
            var sent = target.fill(pattern, body);
            if (body.startsWith("FILE")) {
                var file = sent.equals("FILE") ? "matrix.txt matrix" : sent.substring(5);
                var parts = file.split(" ", 2);
                var content =
                        parts[1].startsWith("0x")
                                ? HexFormat.of().parseHex(parts[1].substring(2))
                                : parts[1].replace("\\n", "\n").getBytes(UTF_8);
                return who.upload(method, path, parts[0], content);
            }
            var type = body.startsWith("{") ? "application/json" : FORM;
            return who.send(method, path, sent, sent.isEmpty() ? "" : type);
        }

        String route() {
            return method + " " + pattern;
        }

        /// Whether the visitor in this column is let in and may change what it finds.
        boolean changes(int visitor) {
            return mutates()
                    && !List.of("401", "403", "404", "sign-in").contains(expected.get(visitor));
        }

        boolean mutates() {
            return !method.equals("GET");
        }
    }

    /// What came of a row.
    ///
    /// @param written whether somebody who was let in left a line in the audit trail
    record Visited(Row row, List<String> got, boolean written) {

        boolean letsSomebodyIn() {
            return got.stream().anyMatch(one -> one.matches("2..|302"));
        }
    }

    private static List<Visited> visited = List.of();
    private static String logged = "";

    @Test
    void everyMappedRouteHasARow() throws IOException {
        Set<String> rows = rows().stream().map(Row::route).collect(Collectors.toSet());
        Set<String> without = new TreeSet<>(mapped());
        without.removeAll(rows);
        assertThat(without).as("routes without a row in rights-matrix.txt").isEmpty();
        Set<String> stale = new TreeSet<>(rows);
        stale.removeAll(mapped());
        assertThat(stale).as("rows without a route").isEmpty();
    }

    @Test
    void everyVisitorGetsAtEachDoorWhatTheMatrixSays() throws Exception {
        var different =
                visited().stream()
                        .filter(one -> !one.got().equals(one.row().expected()))
                        .map(
                                one ->
                                        one.row().route()
                                                + "\n  got      "
                                                + one.got()
                                                + "\n  expected "
                                                + one.row().expected())
                        .toList();
        assertThat(different).as(String.join("\n", different)).isEmpty();
        assertThat(logged).doesNotContain(CANARY);
    }

    @Test
    void everyRowIsProvenBySomebodyWhoIsLetIn() throws Exception {
        var closed = reasons("closed-to-all.txt");
        assertThat(
                        visited().stream()
                                .filter(one -> !one.letsSomebodyIn())
                                .map(RightsMatrixTest::route))
                .containsExactlyInAnyOrderElementsOf(closed.keySet());
    }

    @Test
    @DisplayName("T34: each change leaves a line in the audit trail")
    void everyRouteThatChangesSomethingIsWrittenDown() throws Exception {
        var unwritten =
                visited().stream()
                        .filter(one -> one.row().mutates() && one.letsSomebodyIn())
                        .filter(one -> !one.written())
                        .map(RightsMatrixTest::route)
                        .toList();
        assertThat(unwritten)
                .containsExactlyInAnyOrderElementsOf(reasons("unwritten.txt").keySet());
    }

    private static String route(Visited one) {
        return one.row().route();
    }

    private List<Visited> visited() throws Exception {
        if (!visited.isEmpty()) {
            return visited;
        }
        awaitReady(documentA);
        awaitReady(documentB);
        var acting =
                keys.create(root, new KeyWish("acting", true, Set.of(), KeyScope.ALL, true, null))
                        .secret();
        Map<String, Visitor> doors = new HashMap<>();
        doors.put("stranger", stranger());
        doors.put("limited", service(limitedKey));
        doors.put("full", service(fullKey));
        signIn(doors);
        List<UUID> owners = new ArrayList<>();
        List<RightsTarget> unchanged = new ArrayList<>();
        for (var visitor : VISITORS) {
            owners.add(owner(visitor));
            unchanged.add(target(!visitor.endsWith("hidden"), owners.getLast()));
        }
        List<Visited> all = new ArrayList<>();
        var password =
                db.sql("select password_hash from app_user where name = 'root'")
                        .query(String.class)
                        .single();
        var log = new Log();
        for (var row : rows()) {
            List<String> got = new ArrayList<>();
            boolean written = false;
            for (int i = 0; i < VISITORS.size(); i++) {
                var visitor = VISITORS.get(i);
                var who = doors.get(visitor.split(" ")[0]);
                var owner = owners.get(i);
                if (visitor.equals("full") && row.pattern().startsWith("/api/v1/notes")) {
                    who = service(acting).onBehalfOf("mei");
                    owner = member.id();
                }
                var target =
                        row.changes(i)
                                ? target(!visitor.endsWith("hidden"), owner)
                                : unchanged.get(i);
                if (row.changes(i)) {
                    prepare(row, doors.get("full"), target);
                }
                long before = lastLine();
                var reply = row.knock(who, target);
                if (!visitor.equals("admin") && !visitor.equals("full")) {
                    assertThat(reply.body() + reply.raw().headers().map())
                            .as("%s as %s", row.route(), visitor)
                            .doesNotContain(CANARY);
                }
                got.add(reply.told());
                if (row.pattern().equals("/settings/password") && row.changes(i)) {
                    db.sql("update app_user set password_hash = :hash where id in (:people)")
                            .param("hash", password)
                            .param("people", people())
                            .update();
                    signIn(doors);
                }
                written |= row.mutates() && wrote(visitor, before);
            }
            all.add(new Visited(row, got, written));
            if (row.pattern().matches("/sign-in|/settings/sessions/end")) {
                signIn(doors);
            }
            if (row.mutates() && row.pattern().matches(".*/(model-servers|models)\\b.*")) {
                db.sql("update model_server set is_default = false").update();
            }
        }
        logged = log.lines();
        for (var key : List.of("zhiwen.product.announcement", "zhiwen.product.logo")) {
            doors.get("full").send("DELETE", "/api/v1/settings/" + key, "", "");
        }
        db.sql("delete from webhook").update();
        db.sql("delete from model_server").update();
        visited = all;
        return all;
    }

    /// What is undone has to be done before.
    private void prepare(Row row, Visitor full, RightsTarget target) throws Exception {
        for (var done : DONE_BEFORE.entrySet()) {
            if (row.route().matches(done.getKey())) {
                var before = done.getValue().split(" ", 2);
                var path = before[0].equals("same") ? row.pattern() : before[0];
                full.send("PUT", target.fill(row.pattern(), path), before[1], "application/json");
            }
        }
        if (row.route().matches(".*/sources/\\{source}/stop")) {
            db.sql(
                            """
                            insert into source_run (id, source_id, mode, state, node, lease_until)
                            values (:id, :source, 'sync', 'running', 'm', now() + interval '1 hour')
                            """)
                    .param("id", UUID.randomUUID())
                    .param("source", UUID.fromString(target.ids().get("folder")))
                    .update();
        }
    }

    private void signIn(Map<String, Visitor> doors) throws IOException, InterruptedException {
        doors.put("reader", signedIn("mei"));
        doors.put("editor", signedIn("ed"));
        doors.put("manager", signedIn("mana"));
        doors.put("admin", signedIn("root"));
    }

    /// Whose chats a visitor finds: their own, but the hidden ones are somebody else's.
    private UUID owner(String visitor) {
        return switch (visitor) {
            case "reader own" -> member.id();
            case "editor own" -> editor.id();
            case "manager own" -> manager.id();
            case "limited own" -> key("limited");
            case "full" -> key("full");
            default -> root.id();
        };
    }

    private long lastLine() {
        return db.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
    }

    private boolean wrote(String visitor, long after) {
        var actor =
                switch (visitor.split(" ")[0]) {
                    case "reader" -> "user:mei";
                    case "editor" -> "user:ed";
                    case "manager" -> "user:mana";
                    case "admin" -> "user:root";
                    case "limited" -> "key:limited";
                    default -> "key:full";
                };
        return db.sql(
                        "select exists (select from audit_event where id > :after and actor = :actor)")
                .param("after", after)
                .param("actor", actor)
                .query(Boolean.class)
                .single();
    }

    @TestFactory
    @DisplayName("T8: a child id of something else is not there")
    Stream<DynamicTest> aChildIsFoundUnderItsOwnParentOnly() throws Exception {
        awaitReady(documentA);
        awaitReady(documentB);
        return rows().stream()
                .filter(row -> row.pattern().contains("{id}"))
                .flatMap(
                        row ->
                                CHILDREN.stream()
                                        .filter(child -> row.pattern().contains(child))
                                        .map(
                                                child ->
                                                        DynamicTest.dynamicTest(
                                                                row.route()
                                                                        + " with another "
                                                                        + child,
                                                                () -> stray(row, child))));
    }

    private void stray(Row row, String child) throws Exception {
        boolean service = row.pattern().startsWith("/api/");
        var who = service ? service(fullKey) : signedIn("root");
        var owner = service ? key("full") : root.id();
        var own = target(true, owner);
        var other = target(false, owner);
        var path =
                own.fill(row.pattern(), row.pattern().replace(child, "\0"))
                        .replace("\0", other.fill(row.pattern(), child));
        long before = lastLine();
        var reply = row.knock(who, own, path + row.query());
        assertThat(reply.told())
                .isIn(
                        row.pattern().startsWith("/library/documents/")
                                ? List.of("302", "404")
                                : List.of("404"));
        assertThat(reply.body()).doesNotContain(CANARY);
        assertThat(wrote(service ? "full" : "admin", before)).as("changed something").isFalse();
    }

    /// Everything that is logged from now on, as it is written.
    private static final class Log {

        private final ListAppender<ILoggingEvent> events = new ListAppender<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

        Log() {
            events.start();
            root.addAppender(events);
        }

        String lines() {
            root.detachAppender(events);
            var lines = new StringBuilder();
            for (var event : List.copyOf(events.list)) {
                lines.append(event.getMDCPropertyMap()).append(event.getFormattedMessage());
                for (var cause = event.getThrowableProxy();
                        cause != null;
                        cause = cause.getCause()) {
                    lines.append(cause.getMessage());
                }
                lines.append('\n');
            }
            return lines.toString();
        }
    }

    @Test
    void aSessionCannotChangeAnythingWithoutTheTokenOfItsPage() throws Exception {
        awaitReady(documentA);
        var admin = signedIn("root").withoutToken();
        var target = target(true, root.id());
        for (var row : rows()) {
            if (row.method().equals("GET") || row.pattern().matches("/(api|v1|widget)/.*|/mcp")) {
                continue;
            }
            var reply = row.knock(admin, target);
            assertThat(reply.status()).as(row.route()).isEqualTo(403);
            assertThat(library.base(access.everythingFor(root), target.base())).isPresent();
        }
        assertThat(admin.get("/settings").status()).isEqualTo(200);
    }

    private Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        routes.getHandlerMethods()
                .forEach(
                        (info, handler) -> {
                            if (!handler.getBeanType().getName().startsWith("io.zhiwen.")
                                    || handler.getBeanType().getSimpleName().equals("ErrorPages")) {
                                return;
                            }
                            for (var pattern : info.getPatternValues()) {
                                for (var method : info.getMethodsCondition().getMethods()) {
                                    mapped.add(method + " " + pattern);
                                }
                            }
                        });
        return mapped;
    }

    /// Routes, each with why it is so.
    private static Map<String, String> reasons(String file) throws IOException {
        try (var lines = RightsMatrixTest.class.getResourceAsStream(file)) {
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|"))
                    .collect(Collectors.toMap(one -> one[0].strip(), one -> one[1].strip()));
        }
    }

    private static List<Row> rows() throws IOException {
        try (var file = RightsMatrixTest.class.getResourceAsStream("rights-matrix.txt")) {
            var text = new String(file.readAllBytes(), UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    /// With everything in it for each request that may change it, so that what one deletes the next
    /// one does not miss.
    private RightsTarget target(boolean readable, UUID owner) {
        var like = readable ? documentA : documentB;
        return RightsTarget.furnish(db, readable, owner, like.value());
    }

    private static Set<UUID> people() {
        return Set.of(root.id(), member.id(), editor.id(), manager.id());
    }

    private UUID key(String name) {
        return db.sql("select id from api_key where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }
}
