package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.conversation.LastingNotes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What somebody wants every chat of theirs to know, at the page, in a chat, and for nobody else.
class NotesDoorTest extends House {

    @Autowired LastingNotes notes;

    @BeforeEach
    @AfterEach
    void forget() {
        db.sql("delete from user_note").update();
        db.sql("delete from model_server").update();
    }

    @Test
    void aNoteIsKeptChangedUsedInChatsAndForgottenByItsOwnerOnly() throws Exception {
        awaitReady(documentA);
        var root = signedIn("root").withToken();
        root.form("/settings/notes", Map.of("text", " I work in <Zwolle>.\nHi "));
        assertThat(root.get("/settings/notes").body()).contains("I work in &lt;Zwolle&gt;. Hi");
        var id = notes.of(House.root).getFirst().id();

        var other = signedIn("mei").withToken();
        assertThat(other.get("/settings/notes").body()).doesNotContain("Zwolle");
        var path = "/settings/notes/" + id;
        assertThat(other.form(path, Map.of("text", "mine")).status()).isEqualTo(404);
        assertThat(other.form(path + "/delete", Map.of()).status()).isEqualTo(404);
        assertThat(db.sql("select detail::text from audit_event").query(String.class).list())
                .noneMatch(row -> row.contains("Zwolle"));

        root.form(path, Map.of("text", "I work in Bremen."));
        assertThat(notes.of(House.root))
                .extracting(LastingNotes.Note::text)
                .containsExactly("I work in Bremen.");
        assertThat(root.get("/settings/notes").body()).contains("Changed.");
        root.form(path, Map.of("text", "x".repeat(301)));
        assertThat(root.get("/settings/notes").body()).contains("at most 300 characters");
        root.form(path + "/delete", Map.of());
        assertThat(notes.of(House.root)).isEmpty();
    }

    @Test
    void thereIsAnEndToThem() throws Exception {
        for (int i = 0; i < LastingNotes.MOST; i++) {
            notes.add(House.root, "note " + i);
        }
        var root = signedIn("root").withToken();
        root.form("/settings/notes", Map.of("text", "one more"));
        assertThat(root.get("/settings/notes").body())
                .contains("There are 20 notes already.")
                .doesNotContain("one more");
    }

    @Test
    void aServiceThatActsForAUserSeesThatUsersNotes() throws Exception {
        var wish = new KeyWish("notes portal", true, Set.of(), KeyScope.ALL, true, null);
        var portal = service(keys.create(House.root, wish).secret());
        var key = portal.onBehalfOf("mei");
        var made = key.post("/api/v1/notes", "{\"text\": \"短一点\"}");
        assertThat(made.status()).isEqualTo(201);
        var path = "/api/v1/notes/" + made.json().get("id").asString();
        assertThat(key.get("/api/v1/notes").json().at("/items/0/text").asString()).isEqualTo("短一点");
        assertThat(portal.onBehalfOf("root").get("/api/v1/notes").json().get("items")).isEmpty();
        assertThat(key.send("DELETE", path, "", "").status()).isEqualTo(204);
        assertThat(key.send("DELETE", path, "", "").status()).isEqualTo(404);
    }
}
