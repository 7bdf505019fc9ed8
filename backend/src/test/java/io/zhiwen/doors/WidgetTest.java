package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.widget.Widgets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class WidgetTest extends House {

    private static final String SITE = "https://intranet.example";
    private static final String ASKED =
            "{\"question\": \"How many days of annual leave are there?\"}";

    @Autowired Widgets widgets;

    @AfterEach
    void forget() {
        db.sql("delete from knowledge_base_reader where user_id is null and group_id is null")
                .update();
        db.sql("delete from api_key where id in (select api_key_id from widget)").update();
    }

    @Test
    void aWidgetAnswersWithWhatEveryoneMayReadInItsBasesAndNothingElse() throws Exception {
        awaitReady(documentA);
        awaitReady(documentB);
        JsonNode made = made("null", null);
        var path = "/widget/" + made.path("public_key").asString();
        var page = stranger().get(path + "?language=zh&theme=dark");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("想了解什么？", "data-theme=\"dark\"", "Ask HR");
        assertThat(page.header("Content-Security-Policy"))
                .contains("frame-ancestors 'self' " + SITE + ";");
        assertThat(page.header("X-Frame-Options")).isEmpty();
        assertThat(page.header("Set-Cookie")).isEmpty();

        assertThat(ask(path)).as("nothing is for everyone").contains("\"refused\":true");
        grants.give(root, baseA, new Grantee.Everyone(), BaseRole.READER);
        assertThat(ask(path)).contains("15 days", "leave.txt").doesNotContain(CANARY);
        grants.give(root, baseB, new Grantee.Everyone(), BaseRole.READER);
        assertThat(ask(path)).as("another base").doesNotContain(CANARY);

        var key = made.path("id").asString();
        assertThat(service(fullKey).send("DELETE", "/api/v1/widgets/" + key, "", "").status())
                .isEqualTo(204);
        assertThat(stranger().get(path).status()).isEqualTo(404);
        assertThat(stranger().post(path + "/ask", ASKED).status()).isEqualTo(404);
    }

    @Test
    void aWidgetMayHaveTheRightsOfAReaderButOfNoAdmin() throws Exception {
        awaitReady(documentA);
        JsonNode made = made("\"" + member.id() + "\"", null);
        var path = "/widget/" + made.path("public_key").asString();
        assertThat(ask(path)).contains("15 days");
        var widget = widgets.named(made.path("public_key").asString()).orElseThrow();
        Principal.Key asker = widgets.principal(widget);
        assertThat(access.everythingFor(asker, Right.ASK).bases()).containsExactly(baseA);
        assertThat(access.everythingFor(asker, Right.READ).bases()).isEmpty();
        assertThat(access.everythingFor(asker, Right.MANAGE).bases()).isEmpty();
        assertThat(create("\"" + root.id() + "\"", SITE, null).path("code").asString())
                .isEqualTo("no-reader");
    }

    @Test
    void aSiteIsNamedExactlyAndAVisitorAsksSeldom() throws Exception {
        for (var site : List.of("*", "https://*.example", "https://a/b", "ftp://a", "intranet")) {
            assertThat(create("null", site, null).path("code").asString())
                    .as(site)
                    .isEqualTo("not-an-origin");
        }
        JsonNode made = made("null", 2);
        var path = "/widget/" + made.path("public_key").asString() + "/ask";
        assertThat(stranger().post(path, ASKED).status()).isEqualTo(200);
        assertThat(stranger().post(path, ASKED).status()).isEqualTo(200);
        var third = stranger().post(path, ASKED);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("Retry-After")).isNotEmpty();
    }

    private String ask(String path) throws Exception {
        return stranger().post(path + "/ask", ASKED).body();
    }

    private JsonNode made(String reader, Integer perMinute) throws Exception {
        JsonNode made = create(reader, SITE, perMinute);
        assertThat(made.path("origins").path(0).asString()).as(made.toString()).isEqualTo(SITE);
        return made;
    }

    private JsonNode create(String reader, String site, Integer perMinute) throws Exception {
        return service(fullKey)
                .post(
                        "/api/v1/widgets",
                        """
                        {"name": "Ask HR", "origins": ["%s"], "knowledge_base_ids": ["%s"],
                            "reader_id": %s, "requests_per_minute": %s}
                        """
                                .formatted(site, baseA, reader, perMinute))
                .json();
    }
}
