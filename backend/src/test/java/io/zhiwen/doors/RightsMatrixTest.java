package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who gets what answer at each door: `rights-matrix.txt` beside this class has a row for each
/// mapped route, and a column for each kind of visitor, on what they may read (`own`) and what they
/// may not (`hidden`). A route without a row fails. What is hidden has the canary in it, and nobody
/// who may not read it is ever sent that, nor is it in the log.
class RightsMatrixTest extends RightsHouse {

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

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    /// What came of a row.
    ///
    /// @param written whether somebody who was let in left a line in the audit trail
    record Visited(RightsMatrix.Row row, List<String> got, boolean written) {

        boolean letsSomebodyIn() {
            return got.stream().anyMatch(one -> one.matches("2..|302"));
        }
    }

    private static List<Visited> visited = List.of();
    private static String logged = "";

    @Test
    void everyMappedRouteHasARow() throws IOException {
        Set<String> rows =
                RightsMatrix.rows().stream()
                        .map(RightsMatrix.Row::route)
                        .collect(Collectors.toSet());
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
        var closed = RightsMatrix.reasons("closed-to-all.txt");
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
                .containsExactlyInAnyOrderElementsOf(
                        RightsMatrix.reasons("unwritten.txt").keySet());
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
        for (var visitor : RightsMatrix.VISITORS) {
            owners.add(owner(visitor));
            unchanged.add(target(!visitor.endsWith("hidden"), owners.getLast()));
        }
        List<Visited> all = new ArrayList<>();
        var password =
                db.sql("select password_hash from app_user where name = 'root'")
                        .query(String.class)
                        .single();
        var log = new Logged();
        for (var row : RightsMatrix.rows()) {
            List<String> got = new ArrayList<>();
            boolean written = false;
            for (int i = 0; i < RightsMatrix.VISITORS.size(); i++) {
                var visitor = RightsMatrix.VISITORS.get(i);
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
    private void prepare(RightsMatrix.Row row, Visitor full, RightsTarget target) throws Exception {
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

    @Test
    void aSessionCannotChangeAnythingWithoutTheTokenOfItsPage() throws Exception {
        awaitReady(documentA);
        var admin = signedIn("root").withoutToken();
        var target = target(true, root.id());
        for (var row : RightsMatrix.rows()) {
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

    private static Set<UUID> people() {
        return Set.of(root.id(), member.id(), editor.id(), manager.id());
    }
}
