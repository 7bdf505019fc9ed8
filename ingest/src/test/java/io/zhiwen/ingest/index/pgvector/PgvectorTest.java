package io.zhiwen.ingest.index.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PgvectorTest {

    @Test
    void makesTheExtensionWhereItMay() throws SQLException {
        TestPostgres.needPgvector();
        assertThat(Pgvector.in(TestPostgres.fresh()).missing()).isNull();
    }

    @Test
    void saysWhatToDoWhereItMayNotAndWorksOnceSomebodyDid() throws SQLException {
        TestPostgres.needPgvector();
        DataSource owner = TestPostgres.fresh();
        JdbcClient superuser = JdbcClient.create(owner);
        String role = "ordinary_" + Long.toString(System.nanoTime(), 36);
        superuser.sql("create role " + role + " login password 'secret'").update();
        PGSimpleDataSource ordinary = new PGSimpleDataSource();
        ordinary.setUrl(TestPostgres.urlOf(owner));
        ordinary.setUser(role);
        ordinary.setPassword("secret");

        assertThat(Pgvector.in(ordinary).missing())
                .contains("may not make it", "create extension vector");
        superuser.sql("create extension vector").update();
        assertThat(Pgvector.in(ordinary).isUsable()).isTrue();
    }

    @Test
    void refusesVersionsThatLoseVectors() {
        assertThat(Pgvector.isTooOld("0.8.6")).isTrue();
        assertThat(Pgvector.isTooOld("0.7.4")).isTrue();
        assertThat(Pgvector.isTooOld("0.8")).isTrue();
        assertThat(Pgvector.isTooOld("0.8.7")).isFalse();
        assertThat(Pgvector.isTooOld("0.8.10")).isFalse();
        assertThat(Pgvector.isTooOld("0.9.0")).isFalse();
        assertThat(Pgvector.isTooOld("1.0")).isFalse();
    }
}
