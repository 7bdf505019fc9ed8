package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Role;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What leaves the house and who leaves it is written down, by whatever door.
class AuditDoorTest extends House {

    private static final Pattern CHAT = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");

    @Test
    void whatIsTakenAlongIsWrittenDown() throws Exception {
        awaitReady(documentA);
        var mei = signedIn("mei");
        var said = mei.post("/app/conversations", "{\"text\": \"How many days of annual leave?\"}");
        var found = CHAT.matcher(said.body());
        assertThat(found.find()).as(said.body()).isTrue();
        var chat = UUID.fromString(found.group(1));
        for (var format : List.of("md", "docx", "pdf")) {
            assertThat(mei.get("/chat/" + chat + "/export." + format).status()).isEqualTo(200);
        }
        assertThat(written("chat:" + chat))
                .containsExactly(
                        "user:mei conversation.export markdown",
                        "user:mei conversation.export docx",
                        "user:mei conversation.export pdf");
        assertThat(mei.post("/app/conversations/" + chat + "/share", "{}").status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) { // the second time there is nothing to do
            mei.send("DELETE", "/app/conversations/" + chat + "/share", "", "");
        }
        mei.send("DELETE", "/app/conversations/" + chat, "", "");
        assertThat(written("chat:" + chat))
                .endsWith(
                        "user:mei conversation.share ",
                        "user:mei conversation.unshare ",
                        "user:mei conversation.delete ");
        assertThat(mei.form("/sign-out", Map.of()).status()).isEqualTo(302);
        assertThat(written("user:" + member.id())).endsWith("user:mei user.sign-out ");

        var full = service(fullKey);
        var asked =
                full.post(
                        "/api/v1/ask",
                        "{\"question\": \"How many days of annual leave?\", \"conversation_id\": \"new\"}");
        var ofKey = asked.json().get("conversation_id").asString();
        full.get("/api/v1/chats/" + ofKey + "/export");
        full.send("DELETE", "/api/v1/chats/" + ofKey, "", "");
        assertThat(written("chat:" + ofKey))
                .containsExactly(
                        "key:full conversation.export markdown", "key:full conversation.delete ");
        full.get("/api/v1/knowledge-bases/" + baseA + "/approved-answers/export");
        full.get("/api/v1/dashboard/export?table=documents&knowledge_base_id=" + baseA);
        assertThat(written("base:" + baseA))
                .endsWith("key:full approved-answer.export ", "key:full dashboard.export ");
        full.get("/api/v1/feedback/training?form=text");
        assertThat(written("feedback")).endsWith("key:full feedback.export text");
    }

    @Test
    void aSiemReadsTheTrailToItsEndGoesOnAndCountsTheChainAgain() throws Exception {
        var full = service(fullKey);
        var from = db.sql("select count(*) from audit_event").query(Long.class).single();
        List<JsonNode> all = new ArrayList<>();
        var cursor = "0";
        for (var page = page(full, cursor);
                !page.get("items").isEmpty();
                page = page(full, cursor)) {
            page.get("items").forEach(all::add);
            cursor = page.get("next_cursor").asString();
        }
        assertThat(all).hasSizeGreaterThan(from.intValue());
        assertThat(all.getLast().get("action").asString()).isEqualTo("audit.export");
        var last = "";
        for (var entry : all) {
            assertThat(entry.get("previous_hash").asString()).isEqualTo(last);
            last = hash(last, entry);
            assertThat(entry.get("hash").asString()).isEqualTo(last);
        }
        users.create(root, "audited", PASSWORD, Role.MEMBER);
        var more = page(full, cursor).get("items");
        assertThat(more).hasSize(1);
        assertThat(more.get(0).get("action").asString()).isEqualTo("user.create");
        assertThat(
                        full.get(
                                        "/api/v1/audit?action=user&actor=root&limit=200&since=2026-01-01T00:00:00Z")
                                .json()
                                .get("items")
                                .valueStream())
                .isNotEmpty()
                .allMatch(one -> one.get("action").asString().startsWith("user."))
                .allMatch(one -> one.get("actor").asString().contains("root"));
        assertThat(service(limitedKey).get("/api/v1/audit").status()).isEqualTo(403);
    }

    private static JsonNode page(Visitor full, String cursor) throws Exception {
        return full.get("/api/v1/audit?limit=200&cursor=" + cursor).json();
    }

    /// As the description of the route says.
    private static String hash(String before, JsonNode entry) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(before.getBytes(UTF_8));
        var at =
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(entry.get("at").asString()));
        for (var part :
                List.of(
                        entry.get("link").asString(),
                        entry.get("id").asString(),
                        Long.toString(at),
                        entry.get("actor").asString(),
                        entry.get("action").asString(),
                        entry.get("object").asString(),
                        entry.get("detail").asString())) {
            var bytes = part.getBytes(UTF_8);
            digest.update((bytes.length + ":").getBytes(UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<String> written(String object) {
        return db.sql(
                        """
                        select actor || ' ' || action || ' '
                            || coalesce(detail ->> 'format', detail ->> 'form', '')
                        from audit_event where object = :object order by id
                        """)
                .param("object", object)
                .query(String.class)
                .list();
    }
}
