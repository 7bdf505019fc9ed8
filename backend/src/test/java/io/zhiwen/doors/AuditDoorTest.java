package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
                        "user:mei chat.export markdown",
                        "user:mei chat.export docx",
                        "user:mei chat.export pdf");
        assertThat(mei.post("/app/conversations/" + chat + "/share", "{}").status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) { // the second time there is nothing to do
            mei.send("DELETE", "/app/conversations/" + chat + "/share", "", "");
        }
        mei.send("DELETE", "/app/conversations/" + chat, "", "");
        assertThat(written("chat:" + chat))
                .endsWith(
                        "user:mei chat.share ", "user:mei chat.unshare ", "user:mei chat.delete ");
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
                .containsExactly("key:full chat.export markdown", "key:full chat.delete ");
        full.get("/api/v1/knowledge-bases/" + baseA + "/approved-answers/export");
        full.get("/api/v1/dashboard/export?table=documents&knowledge_base_id=" + baseA);
        assertThat(written("base:" + baseA))
                .endsWith("key:full approved-answer.export ", "key:full dashboard.export ");
        full.get("/api/v1/feedback/training?form=text");
        assertThat(written("feedback")).endsWith("key:full feedback.export text");
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
