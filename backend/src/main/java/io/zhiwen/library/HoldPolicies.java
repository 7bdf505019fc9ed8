package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What each base holds new versions back for, until somebody who manages it has looked at them.
/// Safe for concurrent use.
@Component
public class HoldPolicies {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    HoldPolicies(JdbcClient db, TransactionOperations transaction, Access access, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    /// Some of `Doubt.CHOICES`; none where nothing is held back.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public Set<Doubt> of(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return db.sql("select holds from knowledge_base where id = :id and deleted_at is null")
                .param("id", base.value())
                .query((row, _) -> read((String[]) row.getArray(1).getArray()))
                .optional()
                .orElseThrow(() -> new NoSuchKnowledgeBase(base));
    }

    /// Holds for what is read from now on; what is held already waits for its decision.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void save(Principal who, KnowledgeBaseId base, Set<Doubt> doubts) {
        access.require(who, base, Right.MANAGE);
        if (!Doubt.CHOICES.containsAll(doubts)) {
            throw new IllegalArgumentException("a base cannot be told to hold back " + doubts);
        }
        String[] codes =
                Doubt.CHOICES.stream()
                        .filter(doubts::contains)
                        .map(Doubt::code)
                        .toArray(String[]::new);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set holds = :holds
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("holds", codes)
                                    .param("id", base.value())
                                    .update();
                    if (updated != 1) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    audit.record(
                            who,
                            "base.quarantine",
                            Bases.object(base),
                            Map.of("holds", Arrays.asList(codes)));
                });
    }

    static Set<Doubt> read(String[] codes) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        for (String code : codes) {
            Doubt.chosen(code).ifPresent(doubts::add);
        }
        return Set.copyOf(doubts);
    }
}
