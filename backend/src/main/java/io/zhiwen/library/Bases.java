package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The knowledge bases themselves.
@Component
final class Bases {

    private static final int LONGEST_NAME = 200;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;

    Bases(JdbcClient db, TransactionOperations transaction, Access access, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
    }

    KnowledgeBase create(Principal principal, String name) {
        NotAllowed.unlessAdmin(principal, "make knowledge bases");
        KnowledgeBaseId id = KnowledgeBaseId.random();
        String checked = checked(name);
        transaction.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    insert into knowledge_base (id, name, created_by)
                                    values (:id, :name, (select u.id from app_user u where u.id = :user))
                                    """)
                            .param("id", id.value())
                            .param("name", checked)
                            .param("user", userId(principal))
                            .update();
                    audit.record(principal, "base.create", object(id), Map.of("name", checked));
                });
        return one(access.everythingFor(principal, Right.MANAGE), id)
                .orElseThrow(() -> new NoSuchKnowledgeBase(id));
    }

    List<KnowledgeBase> all(Scope scope) {
        return read(scope, scope.bases());
    }

    Optional<KnowledgeBase> one(Scope scope, KnowledgeBaseId id) {
        return scope.allows(id) ? read(scope, Set.of(id)).stream().findFirst() : Optional.empty();
    }

    void rename(Principal principal, KnowledgeBaseId id, String name) {
        access.require(principal, id, Right.MANAGE);
        String checked = checked(name);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set name = :name
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("name", checked)
                                    .param("id", id.value())
                                    .update();
                    mustBeOne(updated, id);
                    audit.record(principal, "base.rename", object(id), Map.of("name", checked));
                });
    }

    void delete(Principal principal, KnowledgeBaseId id) {
        access.require(principal, id, Right.MANAGE);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set deleted_at = now()
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("id", id.value())
                                    .update();
                    mustBeOne(updated, id);
                    int documents =
                            db.sql(
                                            """
                                            with gone as (
                                                update document set deleted_at = now(), updated_at = now()
                                                where knowledge_base_id = :id and deleted_at is null
                                                returning id)
                                            insert into index_change (document_id, version)
                                            select id, null from gone
                                            """)
                                    .param("id", id.value())
                                    .update();
                    audit.record(
                            principal, "base.delete", object(id), Map.of("documents", documents));
                });
    }

    private List<KnowledgeBase> read(Scope scope, Set<KnowledgeBaseId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return db.sql(
                        """
                        select b.id, b.name, b.created_at, count(d.id) as documents,
                            count(d.live_version) as ready,
                            count(v.document_id) as failed
                        from knowledge_base b
                        left join document d on d.knowledge_base_id = b.id and d.deleted_at is null
                            and %s and %s
                        left join document_version v
                            on v.document_id = d.id and v.version = %s
                            and v.status = 'failed'
                        where b.id in (:ids) and b.deleted_at is null
                        group by b.id
                        order by lower(b.name), b.created_at, b.id
                        """
                                .formatted(Reach.CLAUSE, Shown.DOCUMENT, Shown.NEWEST))
                .params(Shown.parameters(scope))
                .param("ids", ids.stream().map(KnowledgeBaseId::value).toList())
                .query(
                        (row, _) ->
                                new KnowledgeBase(
                                        new KnowledgeBaseId(row.getObject("id", UUID.class)),
                                        row.getString("name"),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getLong("documents"),
                                        row.getLong("ready"),
                                        row.getLong("failed")))
                .list();
    }

    private static void mustBeOne(int updated, KnowledgeBaseId id) {
        if (updated != 1) {
            throw new NoSuchKnowledgeBase(id);
        }
    }

    private static String checked(String name) {
        String words = name.replace('\0', ' ').strip();
        if (words.isEmpty() || words.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name of a knowledge base has 1 to " + LONGEST_NAME + " characters");
        }
        return words;
    }

    private static @Nullable UUID userId(Principal principal) {
        return principal instanceof Principal.User user ? user.id() : null;
    }

    static String object(KnowledgeBaseId id) {
        return "base:" + id;
    }
}
