package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.OpenSessions;
import io.zhiwen.widget.WidgetWish;
import io.zhiwen.widget.Widgets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Accounts, groups and keys as programs make them.
class AccountsApiTest extends House {

    private static final String JSON = "application/json";

    @Autowired OpenSessions sessions;
    @Autowired Widgets widgets;

    @Test
    void aProgramMakesAnAccountDisablesItAndSignsItOut() throws Exception {
        var full = service(fullKey);
        var made = full.post("/api/v1/users", "{\"name\": \"anna\", \"role\": \"member\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).contains("no-store");
        var path = made.header("Location");
        var password = made.json().get("one_time_password").asString();
        var anna = stranger().signIn("anna", password);
        var id = UUID.fromString(made.json().get("user").get("id").asString());
        assertThat(sessions.of(root, id)).hasSize(1);
        assertThat(full.send("DELETE", path + "/sessions", "", "").json().get("ended").asInt())
                .isEqualTo(1);
        assertThat(anna.get("/chat").told()).isEqualTo("sign-in");
        assertThat(
                        full.send("PUT", path + "/state", "{\"enabled\": false}", JSON)
                                .json()
                                .get("enabled")
                                .asBoolean())
                .isFalse();
        assertThat(stranger().form("/sign-in", java.util.Map.of()).status()).isNotEqualTo(200);
        assertThat(
                        full.post("/api/v1/users", "{\"name\": \"anna\", \"role\": \"member\"}")
                                .status())
                .isEqualTo(409);
        assertThat(full.post("/api/v1/users", "{\"name\": \"li\", \"role\": \"boss\"}").status())
                .isEqualTo(400);
        assertThat(
                        full.send(
                                        "DELETE",
                                        "/api/v1/users/" + UUID.randomUUID() + "/sessions",
                                        "",
                                        "")
                                .status())
                .isEqualTo(404);
    }

    @Test
    void aProgramMakesAKeyWhoseSecretIsToldOnceAndTakesItBack() throws Exception {
        var full = service(fullKey);
        var wanted =
                "{\"name\": \"portal\", \"knowledge_base_ids\": [\"%s\"], \"scopes\": [\"search\"]}"
                        .formatted(baseA);
        var made = full.named("once").post("/api/v1/keys", wanted);
        assertThat(made.status()).isEqualTo(201);
        var secret = made.json().get("secret").asString();
        var portal = service(secret);
        assertThat(portal.get("/api/v1/knowledge-bases/" + baseA).status()).isEqualTo(200);
        assertThat(portal.get("/api/v1/knowledge-bases/" + baseB).status()).isEqualTo(404);
        assertThat(full.get("/api/v1/keys").body()).contains("portal").doesNotContain(secret);
        assertThat(
                        db.sql("select count(*) from idempotent_request where key = 'once'")
                                .query(Long.class)
                                .single())
                .as("no reply with a secret is kept")
                .isZero();
        assertThat(full.send("DELETE", made.header("Location"), "", "").status()).isEqualTo(204);
        assertThat(portal.get("/api/v1/knowledge-bases").status()).isEqualTo(401);
        assertThat(
                        full.post(
                                        "/api/v1/keys",
                                        wanted.replace(
                                                baseA.toString(), UUID.randomUUID().toString()))
                                .status())
                .isEqualTo(404);
        assertThat(full.post("/api/v1/keys", wanted.replace("search", "fly")).status())
                .isEqualTo(400);
    }

    @Test
    void whichKeysAndWidgetsReachABaseIsExplained() throws Exception {
        var base = library.create(root, "Explained").id();
        var key = keys.create(root, "explained", false, List.of(base)).row().id();
        var widget =
                widgets.create(
                        root,
                        new WidgetWish(
                                "explained widget",
                                List.of("https://a"),
                                Set.of(base),
                                null,
                                null,
                                null));
        var path = "/api/v1/knowledge-bases/" + base + "/rights/keys";
        var page = "/library/" + base + "/people";
        var told = service(fullKey).get(path).json().get("items");
        assertThat(
                        told.valueStream()
                                .map(
                                        one ->
                                                one.get("name").asString()
                                                        + " "
                                                        + one.get("by").asString()))
                .contains(
                        "full all_knowledge_bases",
                        "explained knowledge_base",
                        "explained widget knowledge_base")
                .noneMatch(one -> one.startsWith("limited"));
        assertThat(signedIn("root").get(page).body())
                .contains("explained widget", "They have no role here");
        grants.give(root, base, new Grantee.Everyone(), BaseRole.READER);
        assertThat(service(fullKey).get(path).body()).contains("\"by\":\"everyone\"");
        assertThat(signedIn("root").get(page).body()).doesNotContain("They have no role here");
        keys.revoke(root, key);
        widgets.revoke(root, widget.id());
        assertThat(service(fullKey).get(path).body()).doesNotContain("explained");
    }

    @Test
    void aProgramRenamesAGroup() throws Exception {
        var group = groups.create(root, "Sales " + UUID.randomUUID());
        var renamed =
                service(fullKey)
                        .send(
                                "PUT",
                                "/api/v1/groups/" + group.id(),
                                "{\"name\": \"Selling\"}",
                                JSON);
        assertThat(renamed.json().get("name").asString()).isEqualTo("Selling");
    }
}
