package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Access;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Grants;
import io.zhiwen.account.Groups;
import io.zhiwen.account.Principal;
import io.zhiwen.account.QuickPasswords;
import io.zhiwen.account.Role;
import io.zhiwen.account.Users;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.Library;
import io.zhiwen.system.ZhiwenApplication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole product on a free port with its real database, started once for all tests of the
/// doors: an admin, a member who reads base A, a key for A, a key for everything, and a base B that
/// only the admin and the full key see. All that B holds, its name too, has the canary in it.
@SpringBootTest(
        classes = ZhiwenApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "zhiwen.admin.user=root",
            "zhiwen.admin.password=" + House.PASSWORD,
            "zhiwen.upload.max=256KB",
            "zhiwen.limits.strangers=100000",
            "logging.level.io.zhiwen.account=warn"
        })
@Import({EndlessAnswers.class, QuickPasswords.class})
abstract class House {

    static final String PASSWORD = "correct horse battery";
    static final String CANARY = "canary7f3a91c2d4";

    private static final Path DATA = folder();
    private static boolean furnished;

    /// Whose tests were run last.
    private static Class<?> guest = House.class;

    static Principal.User root = nobody();
    static Principal.User member = nobody();
    static Principal.User editor = nobody();
    static Principal.User manager = nobody();
    static KnowledgeBaseId baseA = KnowledgeBaseId.random();
    static KnowledgeBaseId baseB = KnowledgeBaseId.random();
    static DocumentId documentA = DocumentId.random();
    static DocumentId documentB = DocumentId.random();
    static String limitedKey = "";
    static String fullKey = "";

    @Autowired JdbcClient db;
    @Autowired Users users;
    @Autowired Grants grants;
    @Autowired Groups groups;
    @Autowired Folders folders;
    @Autowired ApiKeys keys;
    @Autowired Library library;
    @Autowired Access access;
    @Autowired IndexFollower follower;
    @LocalServerPort int port;

    /// That sources may be in.
    static final Path SHARES = folder();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("zhiwen.sources.folders", SHARES::toString);
        settings.add("zhiwen.outgoing.allow", () -> "127.0.0.1");
        settings.add("zhiwen.data", DATA::toString);
        settings.add("zhiwen.oidc.issuer", Company::issuer);
        settings.add("zhiwen.oidc.client-id", () -> "zhiwen");
        settings.add("zhiwen.oidc.client-secret", () -> "a secret");
        settings.add("zhiwen.oidc.group-names", () -> "4f1c=Company HR");
        settings.add("zhiwen.oidc.admin-group", () -> "zhiwen-admins");
    }

    @BeforeEach
    void furnish() throws IOException {
        if (furnished) {
            tidy();
            return;
        }
        var admin =
                db.sql("select id from app_user where name = 'root'").query(UUID.class).single();
        root = new Principal.User(admin, "root", true);
        member = users.create(root, "mei", PASSWORD, Role.MEMBER).principal();
        editor = users.create(root, "ed", PASSWORD, Role.MEMBER).principal();
        manager = users.create(root, "mana", PASSWORD, Role.MEMBER).principal();
        db.sql("update app_user set one_time_password = false").update();
        baseA = library.create(root, "Handbook").id();
        baseB = library.create(root, "Board " + CANARY).id();
        grants.grant(root, member.id(), baseA);
        documentA = upload(baseA, "leave.txt", "Every employee has 15 days of annual leave.");
        documentB =
                upload(baseB, CANARY + ".txt", "The annual leave of the board is " + CANARY + ".");
        limitedKey = keys.create(root, "limited", false, List.of(baseA)).secret();
        fullKey = keys.create(root, "full", true, List.of()).secret();
        furnished = true;
        guest = getClass();
    }

    /// No class finds a right or a model that another one gave.
    private void tidy() {
        if (guest == getClass()) {
            return;
        }
        guest = getClass();
        db.sql("delete from model_server").update();
        db.sql(
                        """
                        delete from knowledge_base_reader
                        where knowledge_base_id <> :base or user_id is distinct from :member
                            or role <> 'reader'
                        """)
                .param("base", baseA.value())
                .param("member", member.id())
                .update();
        grants.grant(root, member.id(), baseA);
    }

    DocumentId upload(KnowledgeBaseId base, String name, String text) throws IOException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return library.upload(root, base, name, bytes).id();
    }

    void awaitReady(DocumentId document) throws InterruptedException {
        awaitStatus(document, "ready");
        awaitIndex();
    }

    void awaitStatus(DocumentId document, String wanted) throws InterruptedException {
        for (int i = 0; i < 4800 && !status(document).equals(wanted); i++) {
            Thread.sleep(25);
        }
        assertThat(status(document)).isEqualTo(wanted);
    }

    /// What has been stored by now is found.
    void awaitIndex() throws InterruptedException {
        assertThat(follower.awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
    }

    private String status(DocumentId document) {
        return db.sql("select status from document_version where document_id = :id and version = 1")
                .param("id", document.value())
                .query(String.class)
                .single();
    }

    Visitor stranger() {
        return new Visitor(port, "", "", "");
    }

    Visitor service(String key) {
        return new Visitor(port, "", "", key);
    }

    Visitor signedIn(String name) throws IOException, InterruptedException {
        return stranger().signIn(name, PASSWORD);
    }

    private static Principal.User nobody() {
        return new Principal.User(UUID.randomUUID(), "nobody", false);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target")).toAbsolutePath(), "doors");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
