package io.zhiwen.system;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Audit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// `./run key NAME`: prints a new API key with all rights, once. Whoever can read the data folder
/// owns the product. While it runs, its own database is used; otherwise that database is started
/// for
/// the moment. Only the key goes to standard output.
public final class KeyCommand {

    private KeyCommand() {}

    public static void main(String[] arguments) {
        quietLogs();
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(
            String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            err.println("usage: ./run key NAME");
            return 2;
        }
        try {
            out.println(key(arguments[0], environment));
            out.flush();
            err.println("This key has all rights and is shown only now.");
            return 0;
        } catch (AccountRefused e) {
            err.println("The name does not fit: one line of at most 100 characters.");
            return 2;
        } catch (IOException | RuntimeException e) {
            err.println("No key was made: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static String key(String name, Map<String, String> environment)
            throws IOException, InterruptedException {
        var settings = settings(environment);
        if (!settings.db().isEmbedded()) {
            var db = settings.db();
            return create(name, source(new DatabaseLogin(db.url(), db.user(), db.password())));
        }
        var folder = settings.folder();
        Optional<DataFolder> held = hold(folder);
        if (held.isEmpty()) {
            var login =
                    PostgresServer.loginOf(folder)
                            .orElseThrow(
                                    () -> new IOException("Zhiwen is starting; try again soon."));
            return create(name, source(login));
        }
        try (var data = held.get();
                var server = PostgresServer.start(data, settings.programs())) {
            var source = source(server.login());
            migrate(source);
            return create(name, source);
        }
    }

    /// The same names as the product reads, without Spring.
    private static DataSettings settings(Map<String, String> environment) {
        var db =
                new DataSettings.Db(
                        environment.getOrDefault("ZHIWEN_DB_URL", ""),
                        environment.getOrDefault("ZHIWEN_DB_USER", "zhiwen"),
                        environment.getOrDefault("ZHIWEN_DB_PASSWORD", ""),
                        environment.getOrDefault("ZHIWEN_DB_PROGRAMS", ""));
        return new DataSettings(environment.getOrDefault("ZHIWEN_DATA", "data"), db);
    }

    /// Empty while the product runs.
    private static Optional<DataFolder> hold(Path folder) throws IOException {
        try {
            return Optional.of(DataFolder.hold(folder));
        } catch (DataFolderInUse e) {
            return Optional.empty();
        }
    }

    private static String create(String name, DataSource source) {
        var db = JdbcClient.create(source);
        var tx = new TransactionTemplate(new JdbcTransactionManager(source));
        return new ApiKeys(db, tx, new Audit(db)).createFromConsole(name).secret();
    }

    private static DataSource source(DatabaseLogin login) {
        return new DriverManagerDataSource(login.url(), login.user(), login.password());
    }

    private static void migrate(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common")
                .load()
                .migrate();
    }

    /// Logback would write its debug lines to standard output.
    private static void quietLogs() {
        System.setProperty(
                "logback.statusListenerClass", "ch.qos.logback.core.status.NopStatusListener");
        if (org.slf4j.LoggerFactory.getILoggerFactory()
                instanceof ch.qos.logback.classic.LoggerContext logs) {
            logs.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.OFF);
        }
    }
}
