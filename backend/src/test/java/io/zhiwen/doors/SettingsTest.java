package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.settings.RuntimeSettings;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What an admin changes while the product runs, seen by everybody. The house's environment sets
/// `zhiwen.upload.max`.
class SettingsTest extends House {

    private static final String JSON = "application/json";
    private static final String ALL = "/api/v1/settings";

    /// Signing in takes longer than all else here.
    private static @Nullable Visitor admin;

    @Autowired RuntimeSettings settings;

    @BeforeEach
    void signIn() throws Exception {
        admin = admin == null ? signedIn("root") : admin;
    }

    @AfterEach
    void putBack() {
        db.sql("delete from setting").update();
        settings.look();
    }

    @Test
    void thePageSaysOfEachSettingWhereItComesFromAndTheEnvironmentsCannotBeChanged()
            throws Exception {
        var admin = admin();
        save(admin, Map.of("zhiwen.limits.uploads", "77", "was.zhiwen.limits.uploads", "1200"));
        var page = admin.get("/admin/settings").body();
        assertThat(page)
                .contains("value=\"77\"", "Set by root,", "ZHIWEN_UPLOAD_MAX", "value=\"256KB\"")
                .doesNotContain("name=\"was.zhiwen.upload.max\"");

        save(admin, Map.of("zhiwen.upload.max", "1MB"));
        assertThat(one("zhiwen.upload.max").at("/value").asString()).isEqualTo("256KB");

        admin.withToken().form("/admin/settings/reset", Map.of("reset", "zhiwen.limits.uploads"));
        assertThat(one("zhiwen.limits.uploads").at("/source").asString()).isEqualTo("default");
    }

    @Test
    void oneWrongFieldSavesNothingAndSaysWhatItTakes() throws Exception {
        var admin = admin();
        var refused =
                save(admin, Map.of("zhiwen.limits.uploads", "5", "zhiwen.limits.questions", "x"));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body())
                .contains(
                        "This takes a whole number from 0 to 1,000,000.",
                        "aria-invalid=\"true\"",
                        "value=\"x\"");
        assertThat(one("zhiwen.limits.uploads").at("/value").asString()).isEqualTo("1200");
    }

    @Test
    void aPageThatLayOpenTakesNothingBackThatSomebodyElseChanged() throws Exception {
        var admin = admin();
        put("zhiwen.limits.uploads", "66");
        save(
                admin,
                Map.of(
                        "zhiwen.limits.uploads", "1200",
                        "was.zhiwen.limits.uploads", "1200",
                        "zhiwen.limits.strangers", "100000"));
        assertThat(one("zhiwen.limits.uploads").at("/value").asString()).isEqualTo("66");
    }

    @Test
    void nameAndColourAreEverybodysOnlyOnceTheyAreSaved() throws Exception {
        var admin = admin();
        var look = Map.of("zhiwen.product.name", "Wenyuan", "zhiwen.product.colour", "#8a1c3b");
        var tried = admin.withToken().form("/admin/settings/preview", look);
        assertThat(tried.body()).contains("Wenyuan</span>", "accent.css?of=8a1c3b");
        assertThat(stranger().get("/sign-in").body()).doesNotContain("Wenyuan", "8a1c3b");

        save(admin, look);
        assertThat(stranger().get("/sign-in").body())
                .contains("· Wenyuan</title>", "accent.css?of=8a1c3b");
        var style = stranger().get("/assets/look/accent.css?of=8a1c3b");
        assertThat(style.header("Content-Type")).startsWith("text/css");
        assertThat(style.body()).contains("--accent: light-dark(#8a1c3b,");
        assertThat(stranger().get("/assets/look/accent.css?of=red%7D").status()).isEqualTo(404);
    }

    @Test
    void anAnnouncementStandsOnEveryPageOfWhoIsSignedInUntilTheyPutItAway() throws Exception {
        put("zhiwen.product.announcement", "Closed on Sunday <b>&");
        var mei = signedIn("mei");
        var page = mei.get("/library").body();
        assertThat(page).contains("Closed on Sunday &lt;b&gt;&amp;");
        assertThat(stranger().get("/sign-in").body()).doesNotContain("Closed on Sunday");

        var id = page.replaceFirst("(?s).*name=\"announcement\"\\s+value=\"([^\"]+)\".*", "$1");
        var cookie =
                mei.withToken()
                        .form("/preferences", Map.of("announcement", id, "back", "/library"))
                        .header("Set-Cookie");
        assertThat(cookie).startsWith("zw_announcement=" + id).contains("HttpOnly");
    }

    @Test
    void aLogoIsAPictureAndNeverAnSvg() throws Exception {
        var admin = admin().withToken();
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(UTF_8);
        admin.upload("POST", "/admin/settings/logo", "logo.png", svg);
        assertThat(admin.get("/admin/settings").body()).contains("This is no PNG, JPEG or WebP");
        assertThat(stranger().get("/sign-in").body()).doesNotContain("/assets/look/logo");

        var png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
        admin.upload("POST", "/admin/settings/logo", "logo.svg", png);
        var page = stranger().get("/sign-in").body();
        var address = page.replaceFirst("(?s).*src=\"(/assets/look/logo\\?of=\\w+)\".*", "$1");
        var logo = stranger().get(address);
        assertThat(logo.header("Content-Type")).isEqualTo("image/png");
        assertThat(logo.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(stranger().get("/assets/look/logo?of=0000").status()).isEqualTo(404);
    }

    @Test
    void aServiceChangesOneAndItCountsFromTheNextRequestOn() throws Exception {
        put("zhiwen.question.max-characters", "100");
        var ask = "{\"question\": \"" + "leave ".repeat(20) + "\"}";
        assertThat(service(fullKey).post("/api/v1/ask", ask).status()).isEqualTo(400);

        var service = service(fullKey);
        assertThat(send("zhiwen.limits.requests", "-1").status()).isEqualTo(400);
        assertThat(send("zhiwen.upload.max", "1MB").status()).isEqualTo(409);
        assertThat(send("zhiwen.db.password", "x").status()).isEqualTo(404);
        assertThat(service.send("DELETE", ALL + "/zhiwen.question.max-characters", "", "").status())
                .isEqualTo(204);
        assertThat(one("zhiwen.question.max-characters").at("/value").asString()).isEqualTo("4000");
    }

    @Test
    void aFieldThatIsLeftSaysWhatItTakes() throws Exception {
        var admin = admin().withToken();
        var path = "/app/admin/settings/check";
        var wrong = "{\"key\": \"zhiwen.limits.uploads\", \"value\": \"-1\"}";
        assertThat(admin.post(path, wrong).body()).contains("a whole number from 0 to 1,000,000.");
        assertThat(admin.post(path, wrong.replace("-1", "5")).body()).isBlank();
    }

    @Test
    void aServerElsewhereIsAskedForWhatItIsThereFor() throws Exception {
        var key = service(fullKey);
        var servers = key.get(ALL + "/servers").json().path("items");
        assertThat(servers).hasSize(1);
        assertThat(servers.at("/0/setting").asString()).isEqualTo("zhiwen.oidc.issuer");
        var trial = key.post(ALL + "/servers/oidc/test", "").json();
        assertThat(trial.path("well").asBoolean()).as(trial.toString()).isTrue();
        assertThat(trial.path("said").asString()).contains(Company.issuer() + "/oauth2/token");
        assertThat(key.post(ALL + "/servers/embedding/test", "").status()).isEqualTo(404);
    }

    private static Visitor admin() {
        return Objects.requireNonNull(admin);
    }

    private JsonNode one(String key) throws Exception {
        for (var item : service(fullKey).get(ALL).json().get("items")) {
            if (item.get("key").asString().equals(key)) {
                return item;
            }
        }
        throw new AssertionError("no " + key);
    }

    private void put(String key, String value) throws Exception {
        assertThat(send(key, value).status()).isEqualTo(200);
    }

    private Visitor.Reply send(String key, String value) throws Exception {
        var body = "{\"value\": \"" + value + "\"}";
        return service(fullKey).send("PUT", ALL + "/" + key, body, JSON);
    }

    private static Visitor.Reply save(Visitor admin, Map<String, String> fields) throws Exception {
        return admin.withToken().form("/admin/settings", fields);
    }
}
