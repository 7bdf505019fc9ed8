package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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

        Visitor.Reply knock(Visitor who, Target target) throws IOException, InterruptedException {
            var path = target.fill(pattern + query);
            var sent = target.fill(body);
            if (body.equals("FILE")) {
                return who.upload(method, path, "matrix.txt", "matrix".getBytes(UTF_8));
            }
            var type = body.startsWith("{") ? "application/json" : FORM;
            return who.send(method, path, sent, sent.isEmpty() ? "" : type);
        }

        String route() {
            return method + " " + pattern;
        }

        /// Whether the visitor in this column is let in and may change what it finds.
        boolean changes(int visitor) {
            return !method.equals("GET")
                    && !List.of("401", "403", "404", "sign-in").contains(expected.get(visitor));
        }
    }

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
        List<String> different = new ArrayList<>();
        var readerIn = signedIn("mei");
        var editorIn = signedIn("ed");
        var managerIn = signedIn("mana");
        var adminIn = signedIn("root");
        var ownTarget = target(true);
        var hiddenTarget = target(false);
        var log = new Log();
        for (var row : rows()) {
            List<String> got = new ArrayList<>();
            for (int i = 0; i < VISITORS.size(); i++) {
                var visitor = VISITORS.get(i);
                var who =
                        switch (visitor.split(" ")[0]) {
                            case "reader" -> readerIn;
                            case "editor" -> editorIn;
                            case "manager" -> managerIn;
                            case "admin" -> adminIn;
                            case "limited" -> service(limitedKey);
                            case "full" -> service(fullKey);
                            default -> stranger();
                        };
                boolean hidden = visitor.endsWith("hidden");
                var unchanged = hidden ? hiddenTarget : ownTarget;
                var target = row.changes(i) ? target(!hidden) : unchanged;
                var reply = row.knock(who, target);
                assertThat(reply.status()).as("%s as %s", row.route(), visitor).isLessThan(500);
                if (!visitor.equals("admin") && !visitor.equals("full")) {
                    assertThat(reply.body() + reply.raw().headers().map())
                            .as("%s as %s", row.route(), visitor)
                            .doesNotContain(CANARY);
                }
                got.add(reply.told());
            }
            if (!got.equals(row.expected())) {
                different.add(
                        row.route() + "\n  got      " + got + "\n  expected " + row.expected());
            }
            if (row.pattern().equals("/sign-out") || row.pattern().equals("/sign-in")) {
                readerIn = signedIn("mei");
                editorIn = signedIn("ed");
                managerIn = signedIn("mana");
                adminIn = signedIn("root");
            }
        }
        assertThat(different).as(String.join("\n", different)).isEmpty();
        assertThat(log.lines()).doesNotContain(CANARY);
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
        var admin = signedIn("root").withoutToken();
        var target = target(true);
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

    private static List<Row> rows() throws IOException {
        try (var file = RightsMatrixTest.class.getResourceAsStream("rights-matrix.txt")) {
            var text = new String(file.readAllBytes(), UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    /// A base of its own for each request that may change it, so that what one deletes the next one
    /// does not miss.
    record Target(
            KnowledgeBaseId base,
            UUID document,
            UUID user,
            UUID key,
            UUID group,
            UUID inner,
            UUID folder) {

        String fill(String pattern) {
            var noChat = UUID.randomUUID().toString();
            var id =
                    pattern.contains("/groups/")
                            ? group.toString()
                            : pattern.contains("/users/")
                                    ? user.toString()
                                    : pattern.contains("/keys/")
                                            ? key.toString()
                                            : pattern.contains("/folders/{id}")
                                                    ? folder.toString()
                                                    : pattern.contains("/documents/{id}")
                                                                    || pattern.startsWith("/files/")
                                                            ? document.toString()
                                                            : pattern.startsWith("/chat")
                                                                            || pattern.contains(
                                                                                    "/conversations")
                                                                    ? noChat
                                                                    : base.toString();
            return pattern.replace("{id}", id)
                    .replace("{question}", noChat)
                    .replace("{answer}", noChat)
                    .replace("{item}", noChat)
                    .replace("{widget}", noChat)
                    .replace("{webhook}", noChat)
                    .replace("{passage}", "0")
                    .replace("{reason}", "crashed")
                    .replace("{edit}", noChat)
                    .replace("{key}", "zwp_none")
                    .replace("{link}", noChat)
                    .replace("{run}", noChat)
                    .replace("{profile}", noChat)
                    .replace("{note}", noChat)
                    .replace("{server}", noChat)
                    .replace("{base}", base.toString())
                    .replace("{source}", folder.toString()) // which has the folder's id here
                    .replace("{user}", user.toString())
                    .replace("{document}", document.toString())
                    .replace("{inner}", inner.toString())
                    .replace("{to}", "user:" + user)
                    .replace("{fresh}", "m" + UUID.randomUUID())
                    .replace("{version}", "1")
                    .replace("{page}", "1");
        }
    }

    private Target target(boolean readable) {
        var name = readable ? "matrix" : "matrix " + CANARY;
        var base = library.create(root, name).id();
        var document = UUID.randomUUID();
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, created_by)
                        values (:id, :base, :name || '.txt', 'test')
                        """)
                .param("id", document)
                .param("name", name)
                .param("base", base.value())
                .update();
        db.sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, reason_code, uploaded_by)
                        select :id, 1, 'matrix.txt', sha256, bytes, 'failed', 'NO_TEXT', 'test'
                        from document_version where document_id = :like limit 1
                        """)
                .param("id", document)
                .param("like", documentA.value())
                .update();
        if (readable) {
            grants.grant(root, member.id(), base);
            grants.give(root, base, new Grantee.Person(editor.id()), BaseRole.EDITOR);
            grants.give(root, base, new Grantee.Person(manager.id()), BaseRole.MANAGER);
            db.sql(
                            """
                            insert into api_key_base (api_key_id, knowledge_base_id)
                            select id, :base from api_key where name = 'limited'
                            """)
                    .param("base", base.value())
                    .update();
        }
        var user = UUID.randomUUID();
        // the hash of a password takes its time, and nobody signs in as this one
        db.sql(
                        """
                        insert into app_user (id, name, password_hash, role, one_time_password)
                        select :id, 'm' || cast(:id as text), password_hash, role, true
                        from app_user where id = :like
                        """)
                .param("id", user)
                .param("like", member.id())
                .update();
        var key = keys.create(root, "matrix", false, List.of(base)).row().id();
        var group = groups.create(root, "m" + UUID.randomUUID()).id();
        var inner = groups.create(root, "m" + UUID.randomUUID()).id();
        var folder = folders.create(root, base, null, name).value();
        db.sql(
                        """
                        insert into source (id, knowledge_base_id, kind, name, place, created_by)
                        values (:id, :base, 'folder', :name, '{"path": "/nowhere"}', 'test')
                        """)
                .param("id", folder)
                .param("name", name)
                .param("base", base.value())
                .update();
        return new Target(base, document, user, key, group, inner, folder);
    }
}
