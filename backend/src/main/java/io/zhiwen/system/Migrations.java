package io.zhiwen.system;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/// Brings a schema to what this product knows, beside nodes that go on working on it: a migration
/// that must wait for their tables lets them go first and is tried again.
final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String COMMON = "classpath:db/migration/common";

    private static final RetryTemplate AGAIN =
            new RetryTemplate(
                    RetryPolicy.builder()
                            .maxRetries(20)
                            .delay(Duration.ofSeconds(2))
                            .predicate(Migrations::hadToWait)
                            .build());

    private Migrations() {}

    static void run(DataSource source) {
        run(Flyway.configure().dataSource(source).locations(COMMON).load());
    }

    /// @throws FlywayException when one fails, or its tables were in use all the time
    static void run(Flyway flyway) {
        try {
            AGAIN.execute(flyway::migrate);
        } catch (RetryException e) {
            if (e.getCause() instanceof FlywayException failed) {
                throw failed;
            }
            throw new IllegalStateException(e);
        }
    }

    private static boolean hadToWait(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                log.warn("a migration waits for tables in use and is tried again", e);
                return true;
            }
        }
        return false;
    }
}
