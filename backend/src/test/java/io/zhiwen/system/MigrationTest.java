package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MigrationTest {

    /// F23. To the database, a node that is killed is a connection that ends: here, after one
    /// of the changes of the schema that migrations make, and again until they get through.
    @Test
    void aMigrationCutOffAnywhereIsDoneWholeTheNextTime() {
        long seed = System.nanoTime();
        DataSource source = TestPostgres.empty();
        JdbcClient db = JdbcClient.create(source);
        db.sql(
                        """
                        create schema cut;
                        create sequence cut.changes;
                        create table cut.after (change bigint);
                        create function cut.cut() returns event_trigger language plpgsql as $$
                        begin
                            if nextval('cut.changes') = (select change from cut.after) then
                                perform pg_terminate_backend(pg_backend_pid());
                            end if;
                        end $$;
                        create event trigger cut on ddl_command_end execute function cut.cut();
                        """)
                .update();
        Flyway flyway = flyway(source, null);
        Random random = new Random(seed);
        int cuts = 0;
        for (boolean done = false; !done; ) {
            db.sql("select setval('cut.changes', 1, false)").query(Long.class).single();
            db.sql("delete from cut.after").update();
            db.sql("insert into cut.after values (?)").param(1 + random.nextInt(30)).update();
            try {
                flyway.migrate();
                done = true;
            } catch (FlywayException cut) {
                cuts++;
            }
        }
        db.sql("drop event trigger cut; drop schema cut cascade").update();

        assertThat(cuts).isGreaterThan(3);
        assertThat(schema(source))
                .as("seed %d, %d cuts", seed, cuts)
                .isEqualTo(schema(TestPostgres.fresh()));
    }

    /// F23. An old node in the middle of a transaction holds up the new one's migration, and nobody
    /// else for long.
    @Test
    void aMigrationOfATableInUseLetsOthersGoFirstAndIsTriedAgain() throws Exception {
        DataSource source = TestPostgres.empty();
        JdbcClient db = JdbcClient.create(source);
        flyway(source, MigrationVersion.fromVersion("171")).migrate();
        try (Connection old = source.getConnection();
                var worker = Executors.newVirtualThreadPerTaskExecutor()) {
            old.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(old, true))
                    .sql("select count(*) from conversation")
                    .query(Long.class)
                    .single();
            var migrated = worker.submit(() -> Migrations.run(flyway(source, null)));
            until("the migration waits", () -> isAwaited(db, "conversation"));
            until("it gives up", () -> !isAwaited(db, "conversation"));
            assertThat(migrated).isNotDone();
            assertThat(db.sql("select count(*) from conversation").query(Long.class).single())
                    .isZero();
            old.rollback();
            migrated.get(60, TimeUnit.SECONDS);
        }
        assertThat(schema(source)).isEqualTo(schema(TestPostgres.fresh()));
    }

    private static boolean isAwaited(JdbcClient db, String table) {
        return db.sql(
                                "select count(*) from pg_locks where not granted and relation = cast(? as regclass)")
                        .param(table)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static void until(String what, BooleanSupplier is) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!is.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static Flyway flyway(DataSource source, @Nullable MigrationVersion to) {
        var configuration =
                Flyway.configure().dataSource(source).locations("classpath:db/migration/common");
        return (to == null ? configuration : configuration.target(to)).load();
    }

    private static List<String> schema(DataSource source) {
        return JdbcClient.create(source)
                .sql(
                        """
                        select table_name || '.' || column_name || ' ' || data_type || ' '
                            || is_nullable || ' ' || coalesce(column_default, '')
                        from information_schema.columns where table_schema = 'public'
                        union all
                        select indexdef from pg_indexes where schemaname = 'public'
                        union all
                        select conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                        from pg_constraint where connamespace = 'public'::regnamespace
                        union all
                        select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
                        order by 1
                        """)
                .query(String.class)
                .list();
    }
}
