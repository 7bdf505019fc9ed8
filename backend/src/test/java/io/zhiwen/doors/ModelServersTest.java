package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Model servers as an admin sets them up, seen at the doors.
class ModelServersTest extends House {

    private static final String ASK =
            "{\"model\": \"Handbook\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"How many days of annual leave are there?\"}]}";

    @BeforeEach
    @AfterEach
    void removeThem() {
        db.sql("delete from model_server").update();
    }

    @Test
    void aServiceRegistersTestsChoosesAndRemovesAServerAndNeverSeesItsKey() throws Exception {
        var service = service(fullKey);
        var all = "/api/v1/model-servers";
        try (var server = new ScriptedServer(one -> one.stream().token("Hello.").finish())) {
            var made =
                    service.post(
                            all,
                            "{\"name\": \"GPU\", \"url\": \"%s\", \"key\": \"sk-of-gpu\"}"
                                    .formatted(server.url()));
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.json().get("key").asString()).isEqualTo("kept");
            assertThat(made.json().get("standard").asBoolean()).isTrue();
            var one = all + "/" + made.json().get("id").asString();

            var tested = service.post(one + "/test", "").json();
            assertThat(tested.get("ok").asBoolean()).isTrue();
            assertThat(tested.get("sample").asString()).isEqualTo("Hello.");
            assertThat(server.requests.getLast().header("Authorization"))
                    .isEqualTo("Bearer sk-of-gpu");

            var changed = "{\"name\": \"Card\", \"url\": \"%s\", \"slots\": 7}";
            var now = service.send("PUT", one, changed.formatted(server.url()), JSON).json();
            assertThat(now.get("slots").asInt()).isEqualTo(7);
            assertThat(now.get("key").asString()).isEqualTo("kept");
            var choice = "{\"model_server_id\": \"" + now.get("id").asString() + "\"}";
            var ofBase = "/api/v1/knowledge-bases/" + baseA + "/model-server";
            assertThat(service.send("PUT", ofBase, choice, JSON).status()).isEqualTo(204);
            assertThat(db.sql("select count(*) from base_model_server").query(Long.class).single())
                    .isEqualTo(1);
            var said = made.body() + service.get(all).body() + service.get(one).body() + audited();
            assertThat(said).doesNotContain("sk-of-gpu");

            assertThat(service.send("DELETE", one, "", "").status()).isEqualTo(204);
            assertThat(service.get(one).status()).isEqualTo(404);
            var forbidden = "{\"name\": \"X\", \"url\": \"http://169.254.169.254\"}";
            var refused = service.post(all, forbidden);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("url");
        }
    }

    private static final String JSON = "application/json";

    @Test
    void aRegisteredServerWritesFromTheNextQuestionOnAndItsKeyIsNowhereInTheClear()
            throws Exception {
        awaitReady(documentA);
        var admin = signedIn("root");
        try (var server =
                new ScriptedServer(
                        one ->
                                one.stream()
                                        .delta("{\"reasoning_content\":\"hmm\"}")
                                        .token("Fifteen days. [1]")
                                        .finish())) {
            post(admin, "/admin/models", form("GPU", server.url(), "sk-of-gpu"));
            var page = admin.get("/admin/models").body();
            assertThat(page).contains("GPU").doesNotContain("sk-of-gpu");

            var answer = service(limitedKey).post("/v1/chat/completions", ASK).json();

            var message = answer.get("choices").get(0).get("message");
            assertThat(message.get("content").asString()).isEqualTo("Fifteen days. [1]");
            assertThat(message.get("reasoning_content").asString()).isEqualTo("hmm");
            assertThat(answer.get("usage").get("prompt_tokens").asInt()).isEqualTo(7);
            assertThat(answer.get("usage").get("total_tokens").asInt()).isEqualTo(10);
            assertThat(answer.get("zhiwen").get("engine").asString()).isEqualTo("llm");
            assertThat(server.requests.getLast().body())
                    .containsPattern("leave.txt\\\\\" date=\\\\\"\\d{4}-\\d\\d-\\d\\d\\\\\"");
            assertThat(server.requests.getLast().header("Authorization"))
                    .isEqualTo("Bearer sk-of-gpu");
            assertThat(
                            db.sql("select encode(sealed_key, 'escape') from model_server")
                                    .query(String.class)
                                    .single())
                    .doesNotContain("sk-of-gpu");
            assertThat(audited()).contains("model-server.add").doesNotContain("sk-of-gpu");

            // the key stays when the form brings none
            post(admin, "/admin/models/" + id("GPU"), form("Card", server.url(), "") + "&slots=7");
            service(limitedKey).post("/v1/chat/completions", ASK);
            assertThat(server.requests.getLast().header("Authorization"))
                    .isEqualTo("Bearer sk-of-gpu");

            post(admin, "/admin/models/" + id("Card") + "/delete", "");
            assertThat(
                            service(limitedKey)
                                    .post("/v1/chat/completions", ASK)
                                    .json()
                                    .get("zhiwen")
                                    .get("engine")
                                    .asString())
                    .isEqualTo("extractive");
        }
    }

    @Test
    void aBaseIsAnsweredByTheServerChosenForIt() throws Exception {
        awaitReady(documentA);
        var admin = signedIn("root");
        try (var first = new ScriptedServer(one -> one.stream().token("First [1]").finish());
                var second = new ScriptedServer(one -> one.stream().token("Second [1]").finish())) {
            post(admin, "/admin/models", form("one", first.url(), ""));
            post(admin, "/admin/models", form("two", second.url(), ""));
            assertThat(answered()).startsWith("First [1]");

            post(admin, "/admin/models/bases", "base=" + baseA + "&server=" + id("two"));
            assertThat(answered()).startsWith("Second [1]");

            post(admin, "/admin/models/bases", "base=" + baseA + "&server=");
            post(admin, "/admin/models/" + id("two") + "/standard", "");
            assertThat(answered()).startsWith("Second [1]");
        }
    }

    @Test
    void whatIsNoUsableServerIsRefusedWithItsReason() throws Exception {
        var admin = signedIn("root");
        post(admin, "/admin/models", form("meta", "http://169.254.169.254/v1", ""));
        assertThat(admin.get("/admin/models").body()).contains("data-testid=\"wrong\"");
        post(admin, "/admin/models", form("", "http://127.0.0.1:1/v1", ""));
        assertThat(admin.get("/admin/models").body()).contains("data-testid=\"wrong\"");
        assertThat(db.sql("select count(*) from model_server").query(Long.class).single()).isZero();
    }

    private String answered() throws Exception {
        return service(limitedKey)
                .post("/v1/chat/completions", ASK)
                .json()
                .get("choices")
                .get(0)
                .get("message")
                .get("content")
                .asString();
    }

    private static void post(Visitor admin, String path, String form) throws Exception {
        assertThat(admin.send("POST", path, form, "application/x-www-form-urlencoded").status())
                .isEqualTo(302);
    }

    private String audited() {
        return String.join(
                "\n",
                db.sql("select action || ' ' || detail::text from audit_event")
                        .query(String.class)
                        .list());
    }

    private UUID id(String name) {
        return db.sql("select id from model_server where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }

    private static String form(String name, String url, String key) {
        return "name=" + name + "&url=" + url + "&model=m&key=" + key;
    }
}
