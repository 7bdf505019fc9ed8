package io.zhiwen.system;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// Connections that give up on a database that does not answer: five seconds to get one, and for
/// each an own limit to wait for a reply, so that a thread is never caught for ever.
final class DatabasePool {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration IS_ALIVE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration LIVES = Duration.ofMinutes(20);
    private static final Duration LINE_HANGS = Duration.ofSeconds(10);

    /// A process frozen within a transaction would hold its locks, and hold back every follower of
    /// the change log.
    private static final String END_THE_FROZEN = "set idle_in_transaction_session_timeout = '60s'";

    private DatabasePool() {}

    /// @param hangs how long one reply may take
    static HikariDataSource of(DatabaseLogin login, String name, int size, Duration hangs) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size / 2));
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(IS_ALIVE.toMillis());
        config.setIdleTimeout(IDLE.toMillis());
        config.setMaxLifetime(LIVES.toMillis());
        config.setKeepaliveTime(IDLE.toMillis() / 2);
        config.setConnectionInitSql(END_THE_FROZEN);
        config.setDataSourceProperties(driver(hangs));
        return new HikariDataSource(config);
    }

    /// One connection outside the pools.
    static Connection line(DatabaseLogin login) throws SQLException {
        var properties = driver(LINE_HANGS);
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        return DriverManager.getConnection(login.url(), properties);
    }

    private static Properties driver(Duration hangs) {
        var properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(hangs.toSeconds()));
        properties.setProperty("cancelSignalTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "zhiwen");
        return properties;
    }
}
