package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Assistants at the doors for programs: who makes, sees and asks them, and what a model is told.
class AssistantsDoorTest extends House {

    private static final String ALL = "/api/v1/assistants";
    private static final String JSON = "application/json";
    private static final String QUESTION = "How many days of annual leave are there?";

    private KnowledgeBaseId hidden = KnowledgeBaseId.random();

    @BeforeEach
    void aBaseOfItsOwn() {
        hidden = library.create(root, "Hidden " + UUID.randomUUID()).id();
    }

    @AfterEach
    void takeThemBack() {
        db.sql("delete from assistant").update();
        db.sql("delete from model_server").update();
        library.delete(root, hidden);
    }

    @Test
    void whoReadsOneOfItsBasesAsksThatOneAndSeesNothingOfTheOther() throws Exception {
        awaitReady(upload(hidden, "secret.txt", "Annual leave of the staff abroad is 40 days."));
        awaitReady(documentA);
        var made = made("Leave desk", "", baseA, hidden);
        var one = ALL + "/" + made.get("id").asString();
        assertThat(ids(made)).containsExactlyInAnyOrder(baseA.toString(), hidden.toString());

        var limited = service(limitedKey);
        var seen = limited.get(one).json();
        assertThat(ids(seen)).containsExactly(baseA.toString());
        assertThat(seen.get("prompt").isNull()).isTrue();
        assertThat(seen.get("changeable").asBoolean()).isFalse();
        var answer = ask(limited, "\"assistant\": \"leave DESK\"");
        assertThat(answer.get("answer").asString()).contains("15").doesNotContain("40");
        var all = ask(service(fullKey), "\"assistant\": \"" + seen.get("id").asString() + "\"");
        assertThat(cited(all)).contains("secret.txt");

        var other = "\"assistant\": \"Leave desk\", \"knowledge_base_ids\": [\"%s\"]";
        assertThat(asked(limited, other.formatted(hidden)).status()).isEqualTo(404);
        var narrowed = ask(service(fullKey), other.formatted(baseA));
        assertThat(cited(narrowed)).doesNotContain("secret.txt");
        assertThat(asked(service(fullKey), other.formatted(baseB)).status()).isEqualTo(404);
        assertThat(limited.send("DELETE", one, "", "").status()).isEqualTo(403);
    }

    @Test
    void forWhoReadsNoneOfItsBasesItIsNotThere() throws Exception {
        var one = ALL + "/" + made("Hidden desk", "", hidden).get("id").asString();
        var limited = service(limitedKey);

        assertThat(limited.get(ALL).body()).doesNotContain("Hidden desk");
        assertThat(limited.get("/v1/models").body()).doesNotContain("Hidden desk");
        assertThat(limited.get(one).status()).isEqualTo(404);
        assertThat(limited.send("PUT", one, wish("X", "", baseA), JSON).status()).isEqualTo(404);
        assertThat(limited.send("DELETE", one, "", "").status()).isEqualTo(404);
        assertThat(asked(limited, "\"assistant\": \"Hidden desk\"").status()).isEqualTo(404);
        assertThat(asked(limited, "\"assistant\": \"No desk\"").status()).isEqualTo(404);
    }

    @Test
    void theModelIsToldItsInstructionsOnItsOwnServerInAChatThatStaysWithIt() throws Exception {
        awaitReady(documentA);
        try (var usual = new ScriptedServer(one -> one.stream().token("Usual [1]").finish());
                var own = new ScriptedServer(one -> one.stream().token("Own [1]").finish())) {
            server("usual", usual);
            var rest =
                    ", \"prompt\": {\"role\": \"You are Ada of the leave desk.\"},"
                            + " \"model_server_id\": \"%s\"".formatted(server("own", own));
            var id = made("Ada", rest, baseA).get("id").asString();

            var first =
                    ask(
                            service(limitedKey),
                            "\"assistant\": \"Ada\", \"conversation_id\": \"new\"");

            assertThat(first.get("answer").asString()).startsWith("Own");
            assertThat(own.requests.getLast().body()).contains("You are Ada of the leave desk.");
            assertThat(usual.requests).noneMatch(sent -> sent.body().contains("Ada"));
            var chat = first.get("conversation_id").asString();
            var on = ask(service(limitedKey), "\"conversation_id\": \"" + chat + "\"");
            assertThat(on.get("answer").asString()).startsWith("Own");
            assertThat(
                            service(limitedKey)
                                    .get("/api/v1/chats/" + chat)
                                    .json()
                                    .get("assistant_id")
                                    .asString())
                    .isEqualTo(id);

            assertThat(ask(service(limitedKey), "\"trace\": false").get("answer").asString())
                    .startsWith("Usual");
            service(fullKey).send("DELETE", ALL + "/" + id, "", "");
            assertThat(asked(service(limitedKey), "\"conversation_id\": \"" + chat + "\"").status())
                    .isEqualTo(404);
            service(limitedKey).send("DELETE", "/api/v1/chats/" + chat, "", "");
        }
    }

    @Test
    void whoManagesAllItsBasesChangesItAndChoosesNoModelServer() throws Exception {
        var mine = library.create(root, "Mine " + UUID.randomUUID()).id();
        var scopes = Set.of(KeyScope.SEARCH, KeyScope.ASK, KeyScope.MANAGE);
        var wanted = new KeyWish("desk", false, Set.of(baseA, mine), scopes, false, null);
        var key = service(keys.create(root, wanted).secret());
        var made = key.post(ALL, wish("Desk", "", baseA, mine));
        assertThat(made.status()).isEqualTo(201);
        var one = made.header("Location");

        try (var model = new ScriptedServer(sent -> sent.stream().token("x").finish())) {
            var server = ", \"model_server_id\": \"" + server("gpu", model) + "\"";
            assertThat(key.send("PUT", one, wish("Desk", server, mine), JSON).status())
                    .isEqualTo(403);
            assertThat(
                            service(fullKey)
                                    .send("PUT", one, wish("Desk", server, baseA, mine), JSON)
                                    .status())
                    .isEqualTo(200);
            var kept = key.send("PUT", one, wish("Desk 2", server, baseA, mine), JSON);
            assertThat(kept.status()).isEqualTo(200);
            made("Taken", "", baseA);
            var taken = key.send("PUT", one, wish("taken", server, mine), JSON);
            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.json().at("/errors/0/field").asString()).isEqualTo("name");
        }
        assertThat(key.send("PUT", one, wish("Desk", "", hidden), JSON).status()).isEqualTo(404);

        service(fullKey).send("PUT", one, wish("Desk", "", mine, hidden), JSON);
        assertThat(key.send("PUT", one, wish("Desk", "", mine), JSON).status()).isEqualTo(403);
        assertThat(key.send("DELETE", one, "", "").status()).isEqualTo(403);
        assertThat(service(fullKey).send("DELETE", one, "", "").status()).isEqualTo(204);
        assertThat(
                        db.sql("select action from audit_event where object = :one order by id")
                                .param("one", "assistant:" + made.json().get("id").asString())
                                .query(String.class)
                                .list())
                .containsExactly(
                        "assistant.create",
                        "assistant.change",
                        "assistant.change",
                        "assistant.change",
                        "assistant.delete");
        library.delete(root, mine);
    }

    @Test
    void programsThatSpeakToOpenAiFindItAmongTheModelsAndAskIt() throws Exception {
        awaitReady(documentA);
        var id = made("Help desk", "", baseA, hidden).get("id").asString();
        made("Day/night desk", "", baseA);
        var limited = service(limitedKey);

        var models = limited.get("/v1/models").json().get("data").valueStream().toList();
        assertThat(models)
                .extracting(model -> model.get("id").asString())
                .contains("assistant:Help desk", "zhiwen", "Handbook")
                .doesNotContain("assistant:Day/night desk");
        assertThat(models)
                .extracting(model -> model.get("name").asString())
                .contains("Help desk", "Day/night desk");
        var one = limited.get("/v1/models/assistant:" + id);
        assertThat(one.json().get("id").asString()).isEqualTo("assistant:Help desk");

        for (var model : List.of("assistant:Help desk", "assistant:" + id)) {
            var answer = completed(limited, model, "").json();
            assertThat(answer.at("/choices/0/message/content").asString()).contains("15");
            assertThat(answer.get("model").asString()).isEqualTo("assistant:Help desk");
        }
        var document = ", \"document_ids\": [\"" + documentB + "\"]";
        assertThat(completed(service(fullKey), "assistant:Help desk", document).status())
                .isEqualTo(404);
        made("Hidden desk", "", hidden);
        assertThat(completed(limited, "assistant:Hidden desk", "").status()).isEqualTo(404);
    }

    private static Visitor.Reply completed(Visitor visitor, String model, String rest)
            throws Exception {
        return visitor.post(
                "/v1/chat/completions",
                """
                {"model": "%s", "messages": [{"role": "user", "content": "%s"}]%s}
                """
                        .formatted(model, QUESTION, rest));
    }

    @Test
    void aManagerMakesOneOnThePageAndAReaderChoosesItInTheChat() throws Exception {
        grants.give(root, baseA, new Grantee.Person(manager.id()), BaseRole.MANAGER);
        var maker = signedIn("mana");
        var wanted =
                "name=Page+desk&description=Asks+%3Cb%3E&base="
                        + baseA
                        + "&role=You+are+Bo.&openings=How+much+leave%3F%0ASince+when%3F&enabled=true";
        var form = "application/x-www-form-urlencoded";
        assertThat(maker.send("POST", "/library/assistants", wanted, form).status()).isEqualTo(302);
        assertThat(maker.send("POST", "/library/assistants", wanted, form).body())
                .contains("Another assistant has this name", "You are Bo.</textarea>");
        var id = db.sql("select id from assistant").query(UUID.class).single();
        assertThat(maker.get("/library/assistants/" + id).body()).contains("Since when?");

        var reader = signedIn("mei");
        assertThat(reader.get("/library/assistants").body())
                .contains("Page desk", "Asks &lt;b&gt;")
                .doesNotContain("You are Bo.", "/library/assistants/" + id);
        assertThat(reader.get("/chat?assistant=" + id).body())
                .containsPattern("value=\"" + id + "\"[^>]*checked")
                .contains("How much leave?");
        assertThat(signedIn("ed").get("/chat?assistant=" + id).body()).doesNotContain("Page desk");
        assertThat(maker.send("POST", "/library/assistants/" + id + "/delete", "", "").status())
                .isEqualTo(302);
        grants.revoke(root, manager.id(), baseA);
    }

    @Test
    void aDeletedBaseLeavesItAndWithoutOneItIsOff() throws Exception {
        var gone = library.create(root, "Gone " + UUID.randomUUID()).id();
        var one = ALL + "/" + made("Two bases", "", baseA, gone).get("id").asString();
        var alone = ALL + "/" + made("One base", "", gone).get("id").asString();

        library.delete(root, gone);

        var full = service(fullKey);
        assertThat(ids(full.get(one).json())).containsExactly(baseA.toString());
        assertThat(full.get(one).json().get("on").asBoolean()).isTrue();
        assertThat(ids(full.get(alone).json())).isEmpty();
        assertThat(full.get(alone).json().get("on").asBoolean()).isFalse();
        assertThat(asked(full, "\"assistant\": \"One base\"").status()).isEqualTo(404);
    }

    @Test
    void oneThatIsOffIsThereOnlyForThoseWhoChangeIt() throws Exception {
        var one = made("Resting", ", \"enabled\": false", baseA).get("id").asString();
        assertThat(service(fullKey).get(ALL + "/" + one).json().get("on").asBoolean()).isFalse();
        assertThat(service(limitedKey).get(ALL + "/" + one).status()).isEqualTo(404);
        assertThat(asked(service(fullKey), "\"assistant\": \"Resting\"").status()).isEqualTo(404);
    }

    @Test
    void aPersonForWhomAKeyActsUsesThemByTheirOwnRights() throws Exception {
        var wanted = new KeyWish("portal", true, Set.of(), KeyScope.ALL, true, null);
        var portal = service(keys.create(root, wanted).secret()).onBehalfOf("mana");
        made("Desk of mana", ", \"prompt\": {\"notes\": \"n\"}", hidden);
        assertThat(portal.get(ALL).body()).doesNotContain("Desk of mana");

        grants.give(root, hidden, new Grantee.Person(manager.id()), BaseRole.MANAGER);

        assertThat(portal.get(ALL).json().at("/items/0/prompt/notes").asString()).isEqualTo("n");
    }

    private JsonNode made(String name, String rest, KnowledgeBaseId... bases) throws Exception {
        var made = service(fullKey).post(ALL, wish(name, rest, bases));
        assertThat(made.status()).isEqualTo(201);
        return made.json();
    }

    private static String wish(String name, String rest, KnowledgeBaseId... bases) {
        var ids = List.of(bases).stream().map(base -> "\"" + base + "\"").toList();
        return "{\"name\": \"%s\", \"knowledge_base_ids\": %s%s}".formatted(name, ids, rest);
    }

    private static Visitor.Reply asked(Visitor visitor, String rest) throws Exception {
        return visitor.post("/api/v1/ask", "{\"question\": \"" + QUESTION + "\", " + rest + "}");
    }

    private static JsonNode ask(Visitor visitor, String rest) throws Exception {
        var reply = asked(visitor, rest);
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    private String server(String name, ScriptedServer server) throws Exception {
        return service(fullKey)
                .post(
                        "/api/v1/model-servers",
                        "{\"name\": \"%s\", \"url\": \"%s\", \"model\": \"m\"}"
                                .formatted(name, server.url()))
                .json()
                .get("id")
                .asString();
    }

    private static List<String> ids(JsonNode assistant) {
        return assistant.get("knowledge_base_ids").valueStream().map(JsonNode::asString).toList();
    }

    private static List<String> cited(JsonNode answer) {
        return answer.get("citations")
                .valueStream()
                .map(one -> one.at("/document/name").asString())
                .toList();
    }
}
