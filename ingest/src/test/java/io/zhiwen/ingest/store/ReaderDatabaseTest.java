package io.zhiwen.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// T7: the wall that stands when a query has forgotten its condition.
class ReaderDatabaseTest {

    private static final List<String> WALLED =
            List.of("knowledge_base", "document", "document_version", "document_content", "chunk");

    private static final AtomicLong IDS = new AtomicLong(1);

    private static DataSource database;
    private static JdbcClient db;
    private static ReaderDatabase readers;
    private static KnowledgeBaseId mine;
    private static KnowledgeBaseId forbidden;
    private static long acl;

    @BeforeAll
    static void fill() {
        database = TestPostgres.fresh();
        db = JdbcClient.create(database);
        readers = ReaderDatabase.open(database);
        mine = base(db, "mine");
        forbidden = base(db, "forbidden");
        acl =
                db.sql("insert into acl (knowledge_base_id, closed) values (?, true) returning id")
                        .param(mine.value())
                        .query(Long.class)
                        .single();
        document(db, mine, "open", null);
        document(db, mine, "closed", acl);
        document(db, forbidden, "secret", null);
    }

    @Test
    void aQueryWithoutAnyConditionGivesNothingOfAForbiddenBase() {
        assertThat(readers.missing()).isNull();
        assertThat(titles(Reach.of(mine))).containsExactly("closed", "open");
        assertThat(titles(Reach.of(forbidden))).containsExactly("secret");
        assertThat(texts(Reach.of(mine))).containsExactly("text of closed", "text of open");
        assertThat(all(Reach.of(mine), "select name from knowledge_base")).containsExactly("mine");
        for (String table : List.of("document_version", "document_content", "scanned_page")) {
            assertThat(all(Reach.of(mine), "select document_id::text from " + table)).hasSize(2);
        }
        assertThat(titles(Reach.of())).isEmpty();
        assertThat(all(Reach.of(), "select text from chunk")).isEmpty();
    }

    @Test
    void rightsInsideABaseHoldToo() {
        Reach open = new Reach(Set.of(), Set.of(mine), Set.of(mine), Set.of());
        Reach closed = new Reach(Set.of(), Set.of(mine), Set.of(), Set.of(acl));
        assertThat(titles(open)).containsExactly("open");
        assertThat(texts(open)).containsExactly("text of open");
        assertThat(titles(closed)).containsExactly("closed");
        assertThat(texts(closed)).containsExactly("text of closed");
        assertThat(all(closed, "select content from document_content")).hasSize(1);
        assertThat(all(closed, "select name from knowledge_base")).containsExactly("mine");
    }

    @Test
    void whoForgetsTheReachSeesNothing() {
        for (String table : WALLED) {
            long seen =
                    ReaderDatabase.reading(database)
                            .execute(
                                    _ -> {
                                        db.sql(
                                                        "select set_config('role', current_user || '_reader', true)")
                                                .query(String.class)
                                                .single();
                                        return db.sql("select count(*) from " + table)
                                                .query(Long.class)
                                                .single();
                                    });
            assertThat(seen).as(table).isZero();
        }
    }

    @Test
    void aReaderWritesNothingAndReadsNoOtherTable() {
        for (String sql :
                List.of(
                        "select secret_hash::text from api_key",
                        "select password_hash from app_user",
                        "select text from message")) {
            assertThatThrownBy(() -> all(Reach.of(mine), sql))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> all(Reach.of(mine), "delete from chunk returning text"))
                .rootCause()
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aConnectionGoesBackToItsPoolWithoutRoleAndReach() throws Exception {
        var one = new SingleConnectionDataSource(database.getConnection(), true);
        var same = JdbcClient.create(one);
        var pooled = ReaderDatabase.open(one);
        String owner = whoAndWhat(same);

        pooled.within(Reach.of(forbidden), reader -> whoAndWhat(reader));
        assertThat(whoAndWhat(same)).isEqualTo(owner);
        assertThatThrownBy(
                        () ->
                                pooled.within(
                                        Reach.of(forbidden),
                                        reader -> reader.sql("select 1 / 0").query().singleRow()))
                .isInstanceOf(DataAccessException.class);
        assertThat(whoAndWhat(same)).isEqualTo(owner);
        assertThatThrownBy(
                        () ->
                                pooled.within(
                                        Reach.of(forbidden),
                                        _ -> {
                                            throw new IllegalStateException("halfway");
                                        }))
                .hasMessage("halfway");
        assertThat(whoAndWhat(same)).isEqualTo(owner);
        List<String> next =
                pooled.within(
                        Reach.of(mine),
                        reader ->
                                reader.sql("select name from document order by 1")
                                        .query(String.class)
                                        .list());
        assertThat(next).containsExactly("closed", "open");
        one.destroy();
    }

    @Test
    void aReadingInATransactionSeesWhatItWroteAndWhatFollowsIsWrittenByTheOwner() {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        transaction.executeWithoutResult(
                all -> {
                    document(db, mine, "just now", null);
                    assertThat(titles(Reach.of(mine))).contains("just now");
                    document(db, forbidden, "after it", null);
                    assertThat(titles(Reach.of(mine))).doesNotContain("after it");
                    all.setRollbackOnly();
                });
    }

    @Test
    void aReadingIsNeverInsideAnother() {
        assertThatThrownBy(() -> readers.within(Reach.of(mine), _ -> titles(Reach.of(forbidden))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(titles(Reach.of(mine))).isNotEmpty();
    }

    /// A login that owns its database and nothing else: what is missing is said, and once an
    /// administrator has made the role, the wall stands.
    @Test
    void whereTheLoginMayMakeNoRoleItSaysSoAndTakesOneThatIsMadeForIt() {
        String login = "plain_" + UUID.randomUUID().toString().substring(0, 8);
        PGSimpleDataSource admins = TestPostgres.empty();
        var admin = JdbcClient.create(admins);
        admin.sql("create role %s login password 'p'".formatted(login)).update();
        admin.sql("alter database %s owner to %s".formatted(admins.getDatabaseName(), login))
                .update();
        admin.sql("grant all on schema public to " + login).update();
        var own = new PGSimpleDataSource();
        own.setUrl(admins.getUrl());
        own.setUser(login);
        own.setPassword("p");
        Flyway.configure()
                .dataSource(own)
                .locations("classpath:db/migration/common")
                .load()
                .migrate();
        var owner = JdbcClient.create(own);
        var base = base(owner, "base");
        document(owner, base, "document", null);

        var without = ReaderDatabase.open(own);
        assertThat(without.missing())
                .contains("create role " + login + "_reader nologin")
                .contains("permission denied");
        var store = new ChunkStore(owner, without);
        List<Long> ids = owner.sql("select id from chunk").query(Long.class).list();
        assertThat(store.live(ids, Reach.of(base))).hasSize(1);
        assertThat(store.live(ids, Reach.of(mine))).isEmpty();

        admin.sql("create role %s_reader nologin".formatted(login)).update();
        assertThat(ReaderDatabase.open(own).missing()).isNotNull();
        admin.sql("grant %1$s_reader to %1$s".formatted(login)).update();
        var with = ReaderDatabase.open(own);
        assertThat(with.missing()).isNull();
        assertThat(chunks(with, Reach.of(mine))).isZero();
        assertThat(chunks(with, Reach.of(base))).isEqualTo(1);
    }

    private static long chunks(ReaderDatabase readers, Reach reach) {
        return readers.within(
                reach,
                reader -> reader.sql("select count(*) from chunk").query(Long.class).single());
    }

    private static List<String> titles(Reach reach) {
        return all(reach, "select name from document order by name");
    }

    private static List<String> texts(Reach reach) {
        return all(reach, "select text from chunk order by text");
    }

    private static List<String> all(Reach reach, String sql) {
        return readers.within(reach, reader -> reader.sql(sql).query(String.class).list());
    }

    private static String whoAndWhat(JdbcClient db) {
        return db.sql(
                        "select current_user || ' ' || coalesce(current_setting('zhiwen.reach_whole', true), '')")
                .query(String.class)
                .single();
    }

    private static KnowledgeBaseId base(JdbcClient db, String name) {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        db.sql("insert into knowledge_base (id, name) values (?, ?)")
                .params(base.value(), name)
                .update();
        return base;
    }

    private static void document(
            JdbcClient db, KnowledgeBaseId base, String name, @Nullable Long acl) {
        db.sql(
                        """
                        with d as (
                            insert into document (id, knowledge_base_id, name, created_by, live_version,
                                acl_id)
                            values (:id, :base, :name, 'test', 1, :acl)),
                        v as (
                            insert into document_version (document_id, version, file_name, sha256,
                                bytes, status, uploaded_by)
                            values (:id, 1, :name, 'x', 1, 'ready', 'test')),
                        c as (
                            insert into document_content (document_id, version, content)
                            values (:id, 1, '{}')),
                        p as (
                            insert into scanned_page (document_id, version, page, lines)
                            values (:id, 1, 1, '[]'))
                        insert into chunk (id, knowledge_base_id, document_id, version, ordinal, text,
                            heading_path, span_start, span_end, section_start, section_end, tokens,
                            language)
                        values (:chunk, :base, :id, 1, 0, 'text of ' || :name, '{}', 0, 1, 0, 1, 1,
                            'EN')
                        """)
                .param("id", UUID.randomUUID())
                .param("base", base.value())
                .param("name", name)
                .param("acl", acl, java.sql.Types.BIGINT)
                .param("chunk", IDS.getAndIncrement())
                .update();
    }
}
