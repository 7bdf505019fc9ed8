package io.zhiwen.account;

import io.zhiwen.ingest.store.ReaderDatabase;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The real rights, for tests of other packages.
public final class TestAccess {

    private TestAccess() {}

    public static Access over(DataSource database) {
        return new DatabaseAccess(JdbcClient.create(database), ReaderDatabase.open(database));
    }

    /// Who may sign in; nobody is made here.
    public static Users users(JdbcClient db, TransactionOperations transaction, DataSource source) {
        var throttle = new SignInThrottle(new RateLimits(source, InstantSource.system()));
        return new Users(db, transaction, QuickPasswords.make(), new Audit(db), throttle);
    }
}
