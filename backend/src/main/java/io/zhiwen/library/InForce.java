package io.zhiwen.library;

import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.Reach;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Tells the indexes which documents are in force by now. The store needs no telling.
@Component
final class InForce {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final IndexFollower follower;

    InForce(JdbcClient db, TransactionOperations transaction, IndexFollower follower) {
        this.db = db;
        this.transaction = transaction;
        this.follower = follower;
    }

    /// Of what has come into force or has expired since.
    void followTheDays() {
        transaction.executeWithoutResult(
                _ -> tell("(d.valid_from is not null or d.valid_until is not null)", Map.of()));
        follower.wake();
    }

    /// In the caller's transaction.
    ///
    /// @param which a condition on rows `d` of `document`
    void tell(String which, Map<String, ?> parameters) {
        db.sql(
                        """
                        with turned as (
                            update document d set indexed = %1$s
                            where d.live_version is not null and d.deleted_at is null
                              and d.indexed <> %1$s and %2$s
                            returning d.id, d.live_version)
                        insert into index_change (document_id, version)
                        select id, live_version from turned
                        """
                                .formatted(Reach.IN_FORCE, which))
                .params(parameters)
                .update();
    }
}
