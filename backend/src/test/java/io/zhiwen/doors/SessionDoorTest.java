package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Role;
import io.zhiwen.conversation.Conversations;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SessionDoorTest extends House {

    private static final String STRICT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " require-trusted-types-for 'script'; trusted-types zhiwen;"
                    + " connect-src 'self'; font-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    @Autowired Conversations conversations;

    @Test
    void signingInGivesANewSessionWhoseCookieScriptsAndOtherSitesCannotUse() throws Exception {
        var page = stranger().get("/sign-in");
        var before = Visitor.session(page);
        var cookie = page.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Path=/");

        var in = signedIn("mei");

        assertThat(in.session()).isNotEqualTo(before);
        assertThat(in.get("/settings").status()).isEqualTo(200);
        assertThat(new Visitor(port, before, "", "").get("/settings").told()).isEqualTo("sign-in");
    }

    @Test
    void aPersonLandsOnThePageTheyAskedFor() throws Exception {
        var asked = stranger().get("/library/" + baseA);
        assertThat(asked.told()).isEqualTo("sign-in");
        var session = new Visitor(port, Visitor.session(asked), "", "");
        var page = session.get("/sign-in").body();
        var token = page.replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");

        var in =
                new Visitor(port, session.session(), token, "")
                        .form("/sign-in", Map.of("username", "mei", "password", PASSWORD));

        assertThat(in.header("Location")).endsWith("/library/" + baseA);
    }

    @Test
    void unknownAndKnownNamesAreRefusedAlikeAndThrottledAlike() throws Exception {
        users.create(root, "ghostly", PASSWORD, Role.MEMBER);
        for (var name : List.of("ghost", "ghostly")) {
            for (int i = 0; i < 10; i++) {
                assertThat(attempt(name, "wrong password")).endsWith("/sign-in?error");
            }
            assertThat(attempt(name, PASSWORD)).endsWith("/sign-in?throttled");
        }
    }

    @Test
    void whoIsDisabledDemotedOrGetsANewPasswordIsOutWithTheNextRequest() throws Exception {
        var one = users.create(root, "one", PASSWORD, Role.ADMIN).id();
        var two = users.create(root, "two", PASSWORD, Role.ADMIN).id();
        var three = users.create(root, "three", PASSWORD, Role.MEMBER).id();
        db.sql("update app_user set one_time_password = false").update();
        var disabled = signedIn("one");
        var demoted = signedIn("two");
        var renewed = signedIn("three");
        assertThat(disabled.get("/admin/users").status()).isEqualTo(200);
        assertThat(demoted.get("/admin/users").status()).isEqualTo(200);

        users.disable(root, one);
        users.setRole(root, two, Role.MEMBER);
        users.resetPassword(root, three);

        assertThat(disabled.get("/chat").told()).isEqualTo("sign-in");
        assertThat(disabled.get("/app/documents?id=" + documentA).status()).isEqualTo(401);
        assertThat(demoted.get("/admin/users").status()).isEqualTo(403);
        assertThat(demoted.get("/chat").status()).isEqualTo(200);
        assertThat(renewed.get("/chat").told()).isEqualTo("sign-in");
        users.enable(root, one);
        assertThat(disabled.get("/chat").told()).isEqualTo("sign-in");
    }

    @Test
    void aOneTimePasswordOpensOnlyThePageToChooseAnother() throws Exception {
        var made = users.create(root, "fresh", Role.MEMBER);
        var in = stranger().signIn("fresh", made.oneTimePassword());

        assertThat(in.get("/chat").header("Location")).endsWith("/settings");
        assertThat(in.get("/app/documents?id=" + documentA).json().get("code").asString())
                .isEqualTo("password-change-required");
        var changed =
                in.form(
                        "/settings/password",
                        Map.of(
                                "current", made.oneTimePassword(),
                                "password", "my very own words",
                                "again", "my very own words"));
        assertThat(changed.status()).isEqualTo(302);
        var session = Visitor.session(changed);
        var after = new Visitor(port, session.isEmpty() ? in.session() : session, "", "");
        assertThat(after.get("/chat").status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        var in = signedIn("mei");
        assertThat(in.form("/sign-out", Map.of()).header("Location")).endsWith("/sign-in?bye");
        assertThat(in.withoutToken().get("/chat").told()).isEqualTo("sign-in");
    }

    @Test
    void aPageThatIsTooOldSendsItsReaderBackToSignIn() throws Exception {
        var late = stranger().form("/sign-in", Map.of("username", "mei", "password", PASSWORD));
        assertThat(late.header("Location")).endsWith("/sign-in?expired");
    }

    @Test
    void everyReplyTellsTheBrowserToTrustNothingElse() throws Exception {
        var in = signedIn("mei");
        for (var path : List.of("/library", "/settings", "/sign-in", "/docs/api", "/nothing")) {
            headers(in.get(path), STRICT, "DENY");
        }
        headers(in.get("/chat"), STRICT + "; frame-src 'self'", "DENY");
        headers(in.get("/library/documents/" + documentA), STRICT + "; frame-src 'self'", "DENY");
        headers(
                in.get("/files/" + documentA + "/1"),
                "sandbox; default-src 'none'; frame-ancestors 'self'",
                "SAMEORIGIN");
        var data = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers(in.get("/app/documents?id=" + documentA), data, "DENY");
        headers(service(fullKey).get("/api/v1/knowledge-bases"), data, "DENY");
        headers(stranger().get("/api/v1/knowledge-bases"), data, "DENY");
        headers(stranger().get("/actuator/health/readiness"), data, "DENY");
    }

    @Test
    void onlyHealthIsOpenOfWhatOperatorsSee() throws Exception {
        for (var path : List.of("", "/readiness", "/liveness")) {
            var health = stranger().get("/actuator/health" + path);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.body()).contains("UP").doesNotContain("postgres");
        }
        for (var path :
                List.of("/actuator", "/actuator/env", "/actuator/health/db", "/actuator/beans")) {
            assertThat(stranger().get(path).status()).as(path).isIn(401, 403);
            assertThat(signedIn("root").get(path).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void aMemberSeesNothingOfAnotherBaseOrAnotherPersonsChat() throws Exception {
        var in = signedIn("mei");
        assertThat(in.get("/library").body()).contains("Handbook").doesNotContain(CANARY);
        assertThat(in.get("/chat").body()).doesNotContain(CANARY);
        assertThat(in.get("/app/documents?id=" + documentB).body()).isEqualTo("[]");
        assertThat(in.get("/app/bases/" + baseA + "/documents?id=" + documentB).body())
                .doesNotContain(CANARY)
                .doesNotContain(documentB.toString());
        UUID chat = conversations.create(root.id(), List.of(baseB)).id();
        assertThat(in.get("/chat/" + chat).status()).isEqualTo(404);
        assertThat(in.send("DELETE", "/app/conversations/" + chat, "", "").status()).isEqualTo(404);
        assertThat(signedIn("root").get("/chat/" + chat).status()).isEqualTo(200);
    }

    @Test
    void errorsOfPagesArePagesAndErrorsOfScriptsAreJsonWithoutATrace() throws Exception {
        var in = signedIn("mei");
        var page = in.get("/nothing/here");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).doesNotContain("Exception");
        var script = in.get("/app/nothing");
        assertThat(script.status()).isEqualTo(404);
        assertThat(script.header("Content-Type")).startsWith("application/problem+json");
        assertThat(script.json().get("code").asString()).isEqualTo("not-found");
    }

    private String attempt(String name, String password) throws Exception {
        var page = stranger().get("/sign-in");
        var token = page.body().replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        return new Visitor(port, Visitor.session(page), token, "")
                .form("/sign-in", Map.of("username", name, "password", password))
                .header("Location");
    }

    private static void headers(Visitor.Reply reply, String csp, String frames) {
        assertThat(reply.header("Content-Security-Policy")).isEqualTo(csp);
        assertThat(reply.header("X-Frame-Options")).isEqualTo(frames);
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Permissions-Policy")).contains("camera=()");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(reply.header("Server")).isEmpty();
    }
}
