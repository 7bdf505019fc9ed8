package io.zhiwen.operate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/// Whether the database answers. Asked through the queue's pool: a node whose other connections are
/// all at work is busy, not cut off.
@Component
final class Database {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Fresh<Boolean> answers;

    Database(@Qualifier("queueDataSource") DataSource queue) {
        this.answers =
                new Fresh<>(
                        "whether the database answers",
                        Duration.ofSeconds(1),
                        PATIENCE,
                        () -> ask(queue));
    }

    /// Known within two seconds.
    boolean answers() {
        return Boolean.TRUE.equals(answers.get());
    }

    private static boolean ask(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no connection", e);
        }
    }
}
