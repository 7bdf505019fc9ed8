package io.zhiwen;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A real PostgreSQL with the real schema, one for all tests of this JVM; each caller gets a
/// database of its own, through a pool as the product has one: each new connection costs PostgreSQL
/// a process. Both modules use it.
public final class TestPostgres {

    private static final String PREFIX = "test_" + UUID.randomUUID().toString().replace("-", "");
    private static final TestServer SERVER = TestServer.start(PREFIX);
    private static final String TEMPLATE = template();
    private static final int CONNECTIONS = 60;
    private static final long IDLE_MILLIS = 10_000;

    private TestPostgres() {}

    /// With the schema that every installation has.
    public static DataSource fresh() {
        String name = newName();
        admin().sql("create database " + name + " template " + TEMPLATE).update();
        return pool(name);
    }

    /// With nothing in it.
    public static PGSimpleDataSource empty() {
        String name = newName();
        admin().sql("create database " + name).update();
        return database(name);
    }

    /// With the extension and its schema too. Without such a server the test is skipped, which with
    /// CI=true it never is.
    public static DataSource freshWithPgvector() {
        needPgvector();
        DataSource database = fresh();
        JdbcClient.create(database).sql("create extension vector").update();
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/pgvector")
                .table("pgvector_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        return database;
    }

    /// Skips the test where the server has no pgvector.
    public static void needPgvector() {
        boolean there =
                admin().sql(
                                "select exists (select from pg_available_extensions where name = 'vector')")
                        .query(Boolean.class)
                        .single();
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and no PostgreSQL with pgvector");
        }
        Assumptions.assumeTrue(there, "no PostgreSQL with pgvector (.ci/postgres fetches one)");
    }

    /// The URL of a database that `fresh` gave, with user and password, for who makes connections
    /// of their own.
    public static String urlOf(DataSource database) {
        return ((HikariDataSource) database).getJdbcUrl();
    }

    private static String template() {
        PGSimpleDataSource template = empty();
        Flyway.configure()
                .dataSource(template)
                .locations("classpath:db/migration/common")
                .load()
                .migrate();
        return template.getDatabaseName();
    }

    private static String newName() {
        return PREFIX + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static JdbcClient admin() {
        return JdbcClient.create(source());
    }

    private static HikariDataSource pool(String name) {
        PGSimpleDataSource source = database(name);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(
                source.getUrl()
                        + "&user="
                        + source.getUser()
                        + "&password="
                        + (source.getPassword() == null ? "" : source.getPassword()));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE_MILLIS);
        return new HikariDataSource(pool);
    }

    private static PGSimpleDataSource database(String name) {
        PGSimpleDataSource source = source();
        source.setDatabaseName(name);
        try (Connection connection = source.getConnection()) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " was made but not found", e);
        }
        return source;
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(SERVER.url());
        return source;
    }
}
