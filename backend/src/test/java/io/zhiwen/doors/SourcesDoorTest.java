package io.zhiwen.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.source.dav.DavServer;
import io.zhiwen.source.git.GitServer;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Sources as services and managers use them, with a real folder.
class SourcesDoorTest extends House {

    private KnowledgeBaseId base;
    private Path share;

    @BeforeEach
    void make() throws Exception {
        base = library.create(root, "Share " + UUID.randomUUID()).id();
        share = Files.createDirectories(SHARES.resolve(UUID.randomUUID().toString()));
        Files.createDirectories(share.resolve("2026"));
        Files.writeString(share.resolve("leave.txt"), "Interns have 9 days of leave.");
        Files.writeString(share.resolve("2026/travel.txt"), "Trains are second class.");
    }

    private String api() {
        return "/api/v1/knowledge-bases/" + base + "/sources";
    }

    private JsonNode finished(String run) throws Exception {
        for (int i = 0; i < 2400; i++) {
            var json = service(fullKey).get(run).json();
            if (!json.get("state").asString().matches("waiting|running")) {
                return json;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("never finished");
    }

    private JsonNode run(String source, String mode) throws Exception {
        var asked =
                service(fullKey)
                        .post(api() + "/" + source + "/runs", "{\"mode\":\"" + mode + "\"}");
        assertThat(asked.status()).isEqualTo(202);
        return finished(api() + "/" + source + "/runs/" + asked.json().get("id").asString());
    }

    @Test
    void aServiceAddsAFolderTriesItReadsItAndSeesEachFileInTheReport() throws Exception {
        var key = service(fullKey);
        var added =
                key.post(
                        api(),
                        """
                        {"kind": "folder", "name": "Share", "every_minutes": 60,
                         "fields": {"path": "%s", "exclude": "*.tmp"}}
                        """
                                .formatted(share));
        assertThat(added.status()).isEqualTo(201);
        var source = added.json().get("id").asString();
        assertThat(key.post(api() + "/" + source + "/test", "").json().get("names").size())
                .isEqualTo(2);

        var tried = run(source, "try");
        assertThat(tried.get("added").asInt()).isEqualTo(2);
        assertThat(library.documents(access.everythingFor(root), base, null, 10).items()).isEmpty();

        var done = run(source, "sync");
        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("added").asInt()).isEqualTo(2);
        var report =
                key.get(
                                api()
                                        + "/"
                                        + source
                                        + "/runs/"
                                        + done.get("id").asString()
                                        + "/report?limit=1")
                        .json();
        assertThat(report.get("items").get(0).get("address").asString())
                .isEqualTo("2026/travel.txt");
        assertThat(report.get("next_cursor").asString()).isEqualTo("1");
        awaitReady(
                new DocumentId(
                        UUID.fromString(report.get("items").get(0).get("document_id").asString())));
        assertThat(key.get(api() + "/" + source).json().get("documents").asInt()).isEqualTo(2);

        assertThat(
                        key.post(
                                        api(),
                                        """
                                        {"kind": "folder", "name": "share", "fields": {}}
                                        """)
                                .body())
                .contains("\"field\":\"path\"");
    }

    @Test
    void aManagerDoesTheSameOnPages() throws Exception {
        var admin = signedIn("root").withToken();
        var pages = "/library/" + base + "/sources";
        assertThat(admin.get("/library/" + base).body()).contains(pages);
        assertThat(admin.get(pages + "/new?kind=folder").body())
                .contains("field-path")
                .contains("name=\"kind\" value=\"folder\"");
        var added =
                admin.form(
                        pages,
                        Map.of(
                                "kind",
                                "folder",
                                "name",
                                "共享",
                                "every",
                                "60",
                                "start",
                                "true",
                                "field-path",
                                share.toString()));
        assertThat(added.status()).isEqualTo(302);
        var page = added.raw().headers().firstValue("Location").orElseThrow();
        var path = page.substring(page.indexOf("/library/"));
        var source = path.substring(path.lastIndexOf('/') + 1);
        var runs = service(fullKey).get(api() + "/" + source + "/runs").json().get("items");
        var run = runs.get(0).get("id").asString();
        assertThat(finished(api() + "/" + source + "/runs/" + run).get("added").asInt())
                .isEqualTo(2);
        assertThat(admin.get(path).body()).contains("共享").contains("2");
        assertThat(admin.get(path + "/runs/" + run).body()).contains("2026/travel.txt");

        admin.form(path + "/pause", Map.of());
        assertThat(admin.form(path + "/run", Map.of("mode", "sync")).status()).isEqualTo(302);
        assertThat(admin.get(path).body()).doesNotContain("source-run\"");
        admin.form(path + "/delete", Map.of("documents", "true"));
        assertThat(library.documents(access.everythingFor(root), base, null, 10).items()).isEmpty();
    }

    @Test
    void aPrivateGitRepositoryIsReadAndItsTokenGoesNowhereElse(@TempDir Path repositories)
            throws Exception {
        var key = service(fullKey);
        try (var git = new GitServer(repositories)) {
            git.commit(
                    "private.git", "main", Map.of("docs/leave.md", "# Leave\n\nInterns: 9 days."));
            String place =
                    """
                    {"kind": "git", "name": "Handbook", "fields": {"url": "%s", "token": "%s"}}
                    """;
            var added = key.post(api(), place.formatted(git.url("private.git"), GitServer.TOKEN));
            assertThat(added.body())
                    .contains("\"has_secret\":true")
                    .doesNotContain(GitServer.TOKEN);
            var source = added.json().get("id").asString();
            var trial = key.post(api() + "/" + source + "/test", "").json();
            assertThat(trial.get("names").get(0).asString()).isEqualTo("leave.md");

            assertThat(run(source, "sync").get("added").asInt()).isOne();
            git.commit("private.git", "main", Map.of("docs/leave.md", "# Leave\n\n10 days."));
            assertThat(run(source, "sync").get("changed").asInt()).isOne();

            var moved =
                    key.send(
                            "PUT",
                            api() + "/" + source,
                            place.formatted(git.url("x.git"), ""),
                            "application/json");
            assertThat(moved.body()).contains("secret-again");
        }
    }

    @Test
    void aManagerAddsAWebdavFolderOnPages(@TempDir Path work) throws Exception {
        var admin = signedIn("root").withToken();
        var pages = "/library/" + base + "/sources";
        assertThat(admin.get(pages + "/new?kind=webdav").body()).contains("field-password");
        assertThat(admin.get(pages + "/new?kind=s3").body())
                .contains("<select", "field-path_style");
        try (var dav = new DavServer(share.toRealPath(), work)) {
            var added =
                    admin.form(
                            pages,
                            Map.of(
                                    "kind",
                                    "webdav",
                                    "name",
                                    "Cloud",
                                    "field-url",
                                    dav.url("/"),
                                    "field-include",
                                    "*.txt\n*.md",
                                    "field-user",
                                    DavServer.USER,
                                    "field-password",
                                    DavServer.PASSWORD));
            var page = added.raw().headers().firstValue("Location").orElseThrow();
            var path = page.substring(page.indexOf("/library/"));
            assertThat(admin.get(path).body())
                    .contains(dav.url("/"), "*.txt, *.md")
                    .doesNotContain(DavServer.PASSWORD);
            assertThat(run(path.substring(path.lastIndexOf('/') + 1), "sync").get("added").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void messagesOfAMailFolderComeWithWhatIsAttachedToThem() throws Exception {
        var key = service(fullKey);
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        mail.start();
        try {
            var raw =
                    """
                    From: a@example.org
                    Subject: Travel rules
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/plain; charset=utf-8

                    The rules of 2026 are attached.
                    --b
                    Content-Type: text/plain; name=trains.txt
                    Content-Disposition: attachment; filename=trains.txt

                    Trains are second class, above 400 km first class.
                    --b--
                    """;
            mail.setUser("mei@example.org", "mei", "pw-7f3a")
                    .deliver(
                            new MimeMessage(
                                    Session.getInstance(new Properties()),
                                    new ByteArrayInputStream(
                                            raw.replace("\n", "\r\n").getBytes(UTF_8))));
            var added =
                    key.post(
                            api(),
                            """
                            {"kind": "imap", "name": "Mail", "fields": {"host": "127.0.0.1",
                             "port": "%d", "plain": "true", "user": "mei",
                             "password": "pw-7f3a"}}
                            """
                                    .formatted(mail.getImap().getPort()));
            var source = added.json().get("id").asString();
            var done = run(source, "sync");
            assertThat(done.get("added").asInt()).as("%s", done).isOne();
            var message =
                    db.sql(
                                    "select id from document where knowledge_base_id = :b and parent_id is null")
                            .param("b", base.value())
                            .query(UUID.class)
                            .single();
            awaitReady(new DocumentId(message));
            assertThat(
                            db.sql("select name from document where parent_id = :id")
                                    .param("id", message)
                                    .query(String.class)
                                    .list())
                    .containsExactly("trains.txt");
            assertThat(run(source, "sync").get("same").asInt()).isOne();
        } finally {
            mail.stop();
        }
    }

    @Test
    void aPlaceOutsideIsRefusedWithoutALookAtIt() throws Exception {
        var key = service(fullKey);
        var source =
                key.post(
                                api(),
                                """
                                {"kind": "folder", "name": "Etc", "fields": {"path": "/etc"}}
                                """)
                        .json()
                        .get("id")
                        .asString();
        var trial = key.post(api() + "/" + source + "/test", "").json();
        assertThat(trial.get("ok").asBoolean()).isFalse();
        assertThat(trial.get("trouble").asString()).isEqualTo("forbidden");
        var run = run(source, "sync");
        assertThat(run.get("state").asString()).isEqualTo("failed");
        assertThat(run.get("reason").asString()).isEqualTo("forbidden");
    }
}
