package io.zhiwen.system;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Audit;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// `./run key NAME`: prints a new API key with all rights, once; Zhiwen may be running or not. Only
/// the key goes to standard output.
public final class KeyCommand {

    private KeyCommand() {}

    public static void main(String[] arguments) {
        ConsoleDatabase.quietLogs();
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
        try (var database = ConsoleDatabase.open(ConsoleDatabase.settings(environment))) {
            return create(name, database.source());
        }
    }

    private static String create(String name, DataSource source) {
        var db = JdbcClient.create(source);
        var tx = new TransactionTemplate(new JdbcTransactionManager(source));
        return new ApiKeys(db, tx, new Audit(db), InstantSource.system())
                .createFromConsole(name)
                .secret();
    }
}
