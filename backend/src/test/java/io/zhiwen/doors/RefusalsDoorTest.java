package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.forbid.BaseRefusals;
import io.zhiwen.ask.forbid.Forbidden;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What a base does not talk about, set at a page and over REST, seen at the doors.
class RefusalsDoorTest extends House {

    @Autowired BaseRefusals refusals;

    @AfterEach
    void forbidNothing() {
        refusals.save(root, baseA, Forbidden.NONE);
    }

    @Test
    void aManagerTriesRulesAndKeepsThemAndEveryDoorRefuses() throws Exception {
        awaitReady(documentA);
        var admin = signedIn("root").withToken();
        var path = "/library/" + baseA + "/refusals";
        var draft =
                Map.of(
                        "phrases", "annual leave\n<b>Falcon</b>",
                        "topics", "",
                        "patterns", "\\d{17}[\\dX]",
                        "likeness", "80",
                        "reply", "Ask the office.",
                        "sample", "How many days of ANNUAL  LEAVE are there?");

        var tried = admin.form(path + "/test", draft).body();

        assertThat(tried)
                .contains("Refused: it has the words “annual leave”.")
                .contains("&lt;b&gt;Falcon&lt;/b&gt;");
        assertThat(refusals.in(root, baseA)).isEqualTo(Forbidden.NONE);

        assertThat(admin.form(path, draft).status()).isEqualTo(302);

        assertThat(admin.get(path).body()).contains("Ask the office.");
        var asked =
                """
                {"model": "Handbook", "messages": [{"role": "user", "content":
                 "How many days of annual leave are there?"}]}""";
        var answer = service(limitedKey).post("/v1/chat/completions", asked).json();
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Ask the office.");
        var chat =
                admin.send(
                                "POST",
                                "/app/conversations",
                                "{\"text\": \"How many days of annual leave are there?\"}",
                                "application/json",
                                "text/event-stream")
                        .body();
        // and no hint to ask in other words
        assertThat(chat).contains("Ask the office.").contains("\"refused\":false");
        var rest =
                service(limitedKey)
                        .post(
                                "/api/v1/ask",
                                "{\"question\": \"How many days of annual leave are there?\"}")
                        .json();
        assertThat(rest.toString()).contains("Ask the office.");
        assertThat(
                        db.sql(
                                        "select detail ->> 'rule' from audit_event where action ="
                                                + " 'answer.refused' and object = :base and actor like"
                                                + " 'key:%'")
                                .param("base", "base:" + baseA)
                                .query(String.class)
                                .list())
                .contains("annual leave", "annual leave");
    }

    @Test
    void aRuleThatCannotBeKeptIsSaidAndKeepsWhatWasTyped() throws Exception {
        var admin = signedIn("root").withToken();
        var path = "/library/" + baseA + "/refusals";
        assertThat(admin.form(path, Map.of("patterns", "((x{1000}){1000}){1000}")).body())
                .contains("repeats too much")
                .contains("((x{1000}){1000}){1000}</textarea>");
        var rest = "/api/v1/knowledge-bases/" + baseA + "/refusals";
        assertThat(put(rest, "{\"patterns\": [\"(\"]}").status()).isEqualTo(422);
        assertThat(put(rest, "{\"phrases\": [\"裁员\"]}").status()).isEqualTo(204);
        assertThat(service(fullKey).get(rest).json().at("/phrases/0").asString()).isEqualTo("裁员");
        var verdict = service(fullKey).post(rest + "/test", "{\"text\": \"今年會裁員嗎\"}").json();
        assertThat(verdict.get("refused").asBoolean()).isTrue();
        assertThat(verdict.at("/match/kind").asString()).isEqualTo("phrase");
    }

    private Visitor.Reply put(String path, String json) throws Exception {
        return service(fullKey).send("PUT", path, json, "application/json");
    }
}
