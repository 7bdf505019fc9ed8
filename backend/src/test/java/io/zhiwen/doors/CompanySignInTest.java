package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Principal;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Signing in at an OpenID provider that really hands out codes, tokens and keys.
class CompanySignInTest extends House {

    @Test
    void whoTheCompanyKnowsComesInAndReadsWhatTheirGroupsMay() throws Exception {
        var hr = groups.create(root, "Company HR").id();
        grants.give(root, baseA, new Grantee.Group(hr), BaseRole.READER);
        assertThat(stranger().get("/sign-in").body()).contains("data-testid=\"sign-in-company\"");

        Company.employs(
                "sub-1",
                Map.of("preferred_username", "wei", "groups", List.of("4f1c", "/unknown")));
        var browser = new Browser("sub-1");
        assertThat(browser.comeIn()).endsWith("/chat");
        assertThat(browser.get("/library").body()).contains("Handbook").doesNotContain(CANARY);

        Company.employs("sub-1", Map.of("preferred_username", "wei", "groups", List.of()));
        assertThat(new Browser("sub-1").comeIn()).endsWith("/chat");
        assertThat(browser.get("/library").body()).doesNotContain("Handbook");
        assertThat(accounts("wei")).isEqualTo(1);
    }

    @Test
    void aNameAlreadyTakenIsNoWayIntoThatAccount() throws Exception {
        Company.employs("sub-2", Map.of("preferred_username", "root"));
        var browser = new Browser("sub-2");
        assertThat(browser.comeIn()).endsWith("/chat");
        assertThat(browser.get("/admin/users").status()).isEqualTo(403);
        assertThat(accounts("root 2")).isEqualTo(1);
    }

    @Test
    void theAdminsOfTheDirectoryAreAdminsHereWhileTheyAre() throws Exception {
        Company.employs(
                "sub-3", Map.of("preferred_username", "chief", "groups", List.of("zhiwen-admins")));
        var browser = new Browser("sub-3");
        browser.comeIn();
        assertThat(browser.get("/admin/users").status()).isEqualTo(200);

        Company.employs("sub-3", Map.of("preferred_username", "chief"));
        new Browser("sub-3").comeIn();
        assertThat(browser.get("/admin/users").status()).isEqualTo(403);
    }

    @Test
    void whoIsDisabledHereStaysOutAndACodeIsGoodOnceInItsOwnBrowser() throws Exception {
        Company.employs("sub-4", Map.of("preferred_username", "leaver"));
        var browser = new Browser("sub-4");
        browser.comeIn();
        var back = browser.lastBack;
        assertThat(new Browser("sub-4").follow(back)).contains("/sign-in?company");
        assertThat(browser.follow(back)).contains("/sign-in?company");
        assertThat(browser.get("/chat").status()).isEqualTo(200);

        users.disable(root, users.named("leaver").map(Principal.User::id).orElseThrow());
        assertThat(browser.get("/chat").status()).isEqualTo(302);
        Company.employs("sub-4", Map.of("preferred_username", "leaver"));
        assertThat(new Browser("sub-4").comeIn()).contains("/sign-in?company");
    }

    private long accounts(String name) {
        return db.sql(
                        "select count(*) from app_user where name = :name and directory_id is not null")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    record Page(int status, String body) {}

    /// Keeps cookies and follows redirects by hand, to see each.
    private final class Browser {

        private final HttpClient client =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                        .build();
        private final String subject;
        private URI lastBack = URI.create("http://nowhere");

        Browser(String subject) {
            this.subject = subject;
        }

        /// Where one lands.
        String comeIn() throws IOException, InterruptedException {
            return follow(at("/sign-in/company"));
        }

        String follow(URI first) throws IOException, InterruptedException {
            URI next = first;
            for (int steps = 0; steps < 5; steps++) {
                if (next.getPath().endsWith("/back")) {
                    lastBack = next;
                }
                var reply = send(next);
                if (reply.statusCode() != 302) {
                    throw new AssertionError(reply.statusCode() + " at " + next + reply.body());
                }
                next = next.resolve(reply.headers().firstValue("Location").orElseThrow());
                boolean home = next.getPort() == port && !next.getPath().endsWith("/back");
                if (home) {
                    return next.toString();
                }
            }
            throw new AssertionError("round and round, at " + next);
        }

        Page get(String path) throws IOException, InterruptedException {
            var reply = send(at(path));
            return new Page(reply.statusCode(), reply.body());
        }

        private HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(uri);
            if (uri.getPort() == Company.port()) {
                request.header(Company.PERSON, subject);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        private URI at(String path) {
            return URI.create("http://127.0.0.1:" + port + path);
        }
    }
}
