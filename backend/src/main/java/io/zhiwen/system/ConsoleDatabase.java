package io.zhiwen.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// The database of an installation, for a command at the console. Whoever can read the data folder
/// owns the product. While the product runs, its own database is used; otherwise the database of
/// the data folder is started for the moment.
final class ConsoleDatabase implements AutoCloseable {

    private final DataSource source;
    private final @Nullable DataFolder held;
    private final @Nullable PostgresServer started;

    private ConsoleDatabase(
            DatabaseLogin login, @Nullable DataFolder held, @Nullable PostgresServer started) {
        this.source = new DriverManagerDataSource(login.url(), login.user(), login.password());
        this.held = held;
        this.started = started;
    }

    /// @throws IOException when the product is starting, or its database cannot be
    static ConsoleDatabase open(DataSettings settings) throws IOException, InterruptedException {
        if (!settings.db().isEmbedded()) {
            return new ConsoleDatabase(DatabaseLogin.of(settings.db()), null, null);
        }
        Path folder = settings.folder();
        Optional<DataFolder> free = hold(folder);
        if (free.isEmpty()) {
            DatabaseLogin login =
                    PostgresServer.loginOf(folder)
                            .orElseThrow(
                                    () -> new IOException("Zhiwen is starting; try again soon."));
            return new ConsoleDatabase(login, null, null);
        }
        DataFolder held = free.get();
        try {
            PostgresServer server = PostgresServer.start(held, settings.programs());
            ConsoleDatabase database = new ConsoleDatabase(server.login(), held, server);
            database.migrate();
            return database;
        } catch (IOException | InterruptedException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /// The same names as the product reads, without Spring.
    static DataSettings settings(Map<String, String> environment) {
        var db =
                new DataSettings.Db(
                        environment.getOrDefault("ZHIWEN_DB_URL", ""),
                        environment.getOrDefault("ZHIWEN_DB_USER", "zhiwen"),
                        environment.getOrDefault("ZHIWEN_DB_PASSWORD", ""),
                        environment.getOrDefault("ZHIWEN_DB_PROGRAMS", ""));
        return new DataSettings(
                environment.getOrDefault("ZHIWEN_DATA", "data"),
                db,
                DataSettings.VectorSetting.AUTO,
                environment.getOrDefault("ZHIWEN_SECRET", ""));
    }

    DataSource source() {
        return source;
    }

    /// Brings the schema to what this product knows.
    void migrate() {
        Migrations.run(source);
    }

    /// Logback would write its debug lines to standard output.
    static void quietLogs() {
        System.setProperty(
                "logback.statusListenerClass", "ch.qos.logback.core.status.NopStatusListener");
        if (org.slf4j.LoggerFactory.getILoggerFactory()
                instanceof ch.qos.logback.classic.LoggerContext logs) {
            logs.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.OFF);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (held) {
            if (started != null) {
                started.close();
            }
        }
    }

    /// Empty while the product runs.
    private static Optional<DataFolder> hold(Path folder) throws IOException {
        try {
            return Optional.of(DataFolder.hold(folder));
        } catch (DataFolderInUse e) {
            return Optional.empty();
        }
    }
}
