package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.clean.SensitiveData;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What each base does with personal numbers and secrets in its documents. Safe for concurrent use.
@Component
public class SensitiveDataPolicies {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    SensitiveDataPolicies(
            JdbcClient db, TransactionOperations transaction, Access access, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public SensitiveData of(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return db.sql(
                        """
                        select sensitive_data from knowledge_base
                        where id = :id and deleted_at is null
                        """)
                .param("id", base.value())
                .query(String.class)
                .optional()
                .map(SensitiveDataPolicies::read)
                .orElseThrow(() -> new NoSuchKnowledgeBase(base));
    }

    /// Holds for what is read from now on.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void save(Principal who, KnowledgeBaseId base, SensitiveData policy) {
        access.require(who, base, Right.MANAGE);
        String code = policy.name().toLowerCase(Locale.ROOT);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set sensitive_data = :policy
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("policy", code)
                                    .param("id", base.value())
                                    .update();
                    if (updated != 1) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    audit.record(
                            who, "base.sensitive-data", Bases.object(base), Map.of("policy", code));
                });
    }

    static SensitiveData read(String code) {
        return SensitiveData.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
