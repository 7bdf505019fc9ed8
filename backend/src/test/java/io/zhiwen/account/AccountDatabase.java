package io.zhiwen.account;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A real PostgreSQL with the real schema, one for all tests of this JVM, and the account classes
/// over it; passwords are hashed with little memory unless others are given.
public final class AccountDatabase {

    static final JdbcClient DB;
    static final DataSource SOURCE;
    static final TransactionTemplate TX;
    static final ReaderDatabase READERS;

    static {
        SOURCE = TestPostgres.fresh();
        DB = JdbcClient.create(SOURCE);
        READERS = ReaderDatabase.open(SOURCE);
        TX = new TransactionTemplate(new JdbcTransactionManager(SOURCE));
    }

    final Audit audit = new Audit(DB);
    final Passwords passwords;
    final RateLimits limits;
    final SignInThrottle throttle;
    final Users users;
    final Grants grants;
    final Groups groups;
    final Reasons reasons;
    final ApiKeys keys;
    final SetupLink setup;
    final SignIn signIn;
    final Access access;

    public AccountDatabase() {
        this(InstantSource.system());
    }

    AccountDatabase(InstantSource clock) {
        this(clock, QuickPasswords.make());
    }

    AccountDatabase(InstantSource clock, Passwords passwords) {
        this.passwords = passwords;
        this.limits = new RateLimits(SOURCE, clock);
        this.throttle = new SignInThrottle(limits);
        users = new Users(DB, TX, passwords, audit, throttle);
        access = new DatabaseAccess(DB, READERS);
        grants = new Grants(DB, TX, audit, access);
        groups = new Groups(DB, TX, audit);
        reasons = new Reasons(DB, access);
        keys = new ApiKeys(DB, TX, audit, InstantSource.system());
        setup = new SetupLink(DB, TX, users);
        signIn = new SignIn(DB, passwords, throttle, audit);
        DB.sql(
                        """
                        alter table audit_event disable trigger user;
                        truncate app_user, user_group, api_key, setup_link, audit_event, knowledge_base,
                            rate_limit, web_session cascade;
                        alter table audit_event enable trigger user
                        """)
                .update();
    }

    Principal.User admin() {
        return users.insert("test", "root", "correct horse battery", Role.ADMIN, false).principal();
    }

    Principal.User member(String name) {
        return users.insert("test", name, "correct horse battery", Role.MEMBER, false).principal();
    }

    KnowledgeBaseId base(String name) {
        var id = KnowledgeBaseId.random();
        DB.sql("insert into knowledge_base (id, name) values (:id, :name)")
                .param("id", id.value())
                .param("name", name)
                .update();
        return id;
    }

    void delete(KnowledgeBaseId base) {
        DB.sql("update knowledge_base set deleted_at = now() where id = :id")
                .param("id", base.value())
                .update();
    }

    long audited(String action) {
        return DB.sql("select count(*) from audit_event where action = :action")
                .param("action", action)
                .query(Long.class)
                .single();
    }

    boolean inDump(String secret) {
        return DB.sql(
                        """
                        select coalesce(string_agg(t, ' '), '') from (
                            select u::text t from app_user u
                            union all select k::text from api_key k
                            union all select s::text from setup_link s
                            union all select a::text from audit_event a) all_rows
                        """)
                .query(String.class)
                .single()
                .contains(secret);
    }

    public SetupLink setup() {
        return setup;
    }

    static UUID nobody() {
        return UUID.randomUUID();
    }
}
