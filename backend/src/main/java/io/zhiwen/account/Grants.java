package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Which bases members may read; admins read all without a grant. In force with the next request.
@Component
public final class Grants {

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Audit audit;

    public Grants(JdbcClient db, TransactionOperations tx, Audit audit) {
        this.db = db;
        this.tx = tx;
        this.audit = audit;
    }

    /// The bases granted to this person by name.
    public Set<KnowledgeBaseId> readableBases(UUID user) {
        return new LinkedHashSet<>(
                db.sql(
                                """
                                select k.id from knowledge_base_reader r
                                join knowledge_base k on k.id = r.knowledge_base_id
                                where r.user_id = :user and k.deleted_at is null
                                order by k.name, k.id
                                """)
                        .param("user", user)
                        .query((row, _) -> new KnowledgeBaseId(row.getObject(1, UUID.class)))
                        .list());
    }

    public void grant(Principal actor, UUID user, KnowledgeBaseId base) {
        NotAllowed.unlessAdmin(actor, "grant bases");
        tx.executeWithoutResult(
                _ -> {
                    mustExist(user);
                    add(user, base);
                    record(actor, "base.grant", user, Map.of("base", base.toString()));
                });
    }

    public void revoke(Principal actor, UUID user, KnowledgeBaseId base) {
        NotAllowed.unlessAdmin(actor, "revoke bases");
        tx.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    delete from knowledge_base_reader
                                    where user_id = :user and knowledge_base_id = :base
                                    """)
                            .param("user", user)
                            .param("base", base.value())
                            .update();
                    record(actor, "base.revoke", user, Map.of("base", base.toString()));
                });
    }

    /// Exactly these bases, no others.
    public void set(Principal actor, UUID user, Collection<KnowledgeBaseId> bases) {
        NotAllowed.unlessAdmin(actor, "grant bases");
        tx.executeWithoutResult(
                _ -> {
                    mustExist(user);
                    db.sql("delete from knowledge_base_reader where user_id = :user")
                            .param("user", user)
                            .update();
                    Set.copyOf(bases).forEach(base -> add(user, base));
                    record(
                            actor,
                            "base.readers",
                            user,
                            Map.of("bases", bases.stream().map(b -> b.toString()).toList()));
                });
    }

    private void mustExist(UUID user) {
        boolean there =
                db.sql("select exists (select 1 from app_user where id = :id)")
                        .param("id", user)
                        .query(Boolean.class)
                        .single();
        if (!there) {
            throw new AccountRefused(Reason.NO_SUCH_USER);
        }
    }

    private void add(UUID user, KnowledgeBaseId base) {
        int known =
                db.sql(
                                """
                                insert into knowledge_base_reader (knowledge_base_id, user_id)
                                select id, :user from knowledge_base
                                where id = :base and deleted_at is null
                                on conflict (knowledge_base_id, user_id)
                                do update set user_id = excluded.user_id
                                """)
                        .param("user", user)
                        .param("base", base.value())
                        .update();
        if (known == 0) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    private void record(Principal actor, String action, UUID user, Map<String, ?> detail) {
        audit.record(actor, action, "user:" + user, detail);
    }
}
