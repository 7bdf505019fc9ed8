package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.account.Users;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Renames documents, takes them out of use and back, bounds the days they are found, and says who
/// answers for them. The store knows at once, on every node; the indexes follow.
@Component
public class Lives {

    private static final int LONGEST_NAME = 255;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Documents documents;
    private final DocumentChanges changes;
    private final InForce inForce;
    private final Users users;
    private final Filing filing;
    private final FieldValues fields;
    private final IndexFollower follower;

    Lives(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Documents documents,
            DocumentChanges changes,
            InForce inForce,
            Users users,
            Filing filing,
            FieldValues fields,
            IndexFollower follower) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.documents = documents;
        this.changes = changes;
        this.inForce = inForce;
        this.users = users;
        this.filing = filing;
        this.fields = fields;
        this.follower = follower;
    }

    /// For those who may edit the document.
    ///
    /// @throws NoSuchDocument when it is not there for the principal
    /// @throws LifeRefused when it cannot be so
    public DocumentRow set(Principal principal, DocumentId id, LifeWish wish) {
        Scope scope = access.everythingFor(principal);
        if (!changes.mayChange(principal, scope, id)) {
            throw new NoSuchDocument(id);
        }
        check(wish);
        transaction.executeWithoutResult(
                _ -> {
                    if (!changes.lock(scope, id)) {
                        throw new NoSuchDocument(id);
                    }
                    var before = documents.one(scope, id).orElseThrow(() -> new NoSuchDocument(id));
                    update(before, wish, successor(scope, before, wish), owner(before, wish));
                    if (wish.tags() != null) {
                        filing.tagWith(id, wish.tags());
                    }
                    fields.put(before.base(), List.of(id.value()), wish.fields());
                    if (!before.name().equals(wish.name())) {
                        reindex(id);
                    }
                    var all = changes.withParts(List.of(id.value()));
                    db.sql(
                                    """
                                    update document set enabled = :enabled, valid_from = :from,
                                        valid_until = :until
                                    where id in (:all)
                                    """)
                            .param("enabled", wish.enabled())
                            .param("from", wish.validFrom(), Types.DATE)
                            .param("until", wish.validUntil(), Types.DATE)
                            .param("all", all)
                            .update();
                    inForce.tell("d.id in (:ids)", Map.of("ids", all));
                    var after = documents.one(scope, id).orElseThrow(() -> new NoSuchDocument(id));
                    audit.record(
                            principal,
                            "document.change",
                            DocumentChanges.object(id),
                            changed(before, after));
                });
        follower.wake();
        return documents.one(scope, id).orElseThrow(() -> new NoSuchDocument(id));
    }

    /// Takes documents of a base out of use, or back. Those that are not there, or not for the
    /// principal, are left out.
    ///
    /// @return how many were the other
    public int enable(
            Principal principal, KnowledgeBaseId base, List<DocumentId> ids, boolean enabled) {
        var theirs = changes.changeable(principal, base, ids);
        if (theirs.isEmpty()) {
            return 0;
        }
        int changed =
                transaction.execute(
                        _ -> {
                            var all = changes.withParts(theirs);
                            int turned =
                                    db.sql(
                                                    """
                                                    update document set enabled = :enabled,
                                                        updated_at = now()
                                                    where id = any(:ids) and deleted_at is null
                                                      and enabled <> :enabled
                                                    """)
                                            .param("enabled", enabled)
                                            .param("ids", all.toArray(UUID[]::new))
                                            .update();
                            inForce.tell(
                                    "d.id = any(:ids)", Map.of("ids", all.toArray(UUID[]::new)));
                            audit.record(
                                    principal,
                                    enabled ? "document.enable" : "document.disable",
                                    Bases.object(base),
                                    DocumentChanges.named(theirs));
                            return turned;
                        });
        follower.wake();
        return changed;
    }

    private void reindex(DocumentId id) {
        db.sql(
                        """
                        insert into index_change (document_id, version)
                        select id, live_version from document
                        where id = :id and live_version is not null
                        """)
                .param("id", id.value())
                .update();
    }

    private static void check(LifeWish wish) {
        if (wish.name().isEmpty() || wish.name().length() > LONGEST_NAME) {
            throw new LifeRefused(LifeRefused.Reason.NAME);
        }
        var from = wish.validFrom();
        var until = wish.validUntil();
        if (from != null && until != null && until.isBefore(from)) {
            throw new LifeRefused(LifeRefused.Reason.DAYS);
        }
        if (wish.tags() != null && !Filing.areTags(wish.tags())) {
            throw new LifeRefused(LifeRefused.Reason.TAGS);
        }
    }

    private void update(
            DocumentRow before, LifeWish wish, @Nullable UUID successor, @Nullable UUID owner) {
        db.sql(
                        """
                        update document set renamed = renamed or name <> :name, name = :name,
                            superseded_by = :successor, owner_id = :owner, updated_at = now()
                        where id = :id
                        """)
                .param("id", before.id().value())
                .param("name", wish.name())
                .param("successor", successor, Types.OTHER)
                .param("owner", owner, Types.OTHER)
                .update();
    }

    /// By id or name, and never one that this one itself supersedes.
    private @Nullable UUID successor(Scope scope, DocumentRow before, LifeWish wish) {
        if (wish.supersededBy() == null) {
            return null;
        }
        return db.sql(
                        """
                        with recursive before as (
                            select :id::uuid as id
                            union
                            select d.id from document d join before b on d.superseded_by = b.id)
                        select d.id from document d
                        where d.knowledge_base_id = :base and d.deleted_at is null
                          and (d.id::text = :named or d.name = :named)
                          and d.id not in (select id from before) and %s
                        order by d.id::text = :named desc, d.created_at desc limit 1
                        """
                                .formatted(Reach.CLAUSE))
                .param("id", before.id().value())
                .param("base", before.base().value())
                .param("named", wish.supersededBy())
                .params(scope.reach().parameters())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new LifeRefused(LifeRefused.Reason.SUCCESSOR));
    }

    /// Of those who may read it.
    private @Nullable UUID owner(DocumentRow before, LifeWish wish) {
        if (wish.owner() == null) {
            return null;
        }
        return users.named(wish.owner())
                .filter(user -> documents.one(access.everythingFor(user), before.id()).isPresent())
                .map(Principal.User::id)
                .orElseThrow(() -> new LifeRefused(LifeRefused.Reason.OWNER));
    }

    private static Map<String, String> changed(DocumentRow before, DocumentRow after) {
        Map<String, String> changed = new LinkedHashMap<>();
        put(changed, "name", before.name(), after.name());
        var was = before.life();
        var is = after.life();
        put(changed, "enabled", was.enabled(), is.enabled());
        put(changed, "valid_from", was.validFrom(), is.validFrom());
        put(changed, "valid_until", was.validUntil(), is.validUntil());
        put(changed, "superseded_by", id(was.supersededBy()), id(is.supersededBy()));
        put(changed, "owner", was.owner(), is.owner());
        put(changed, "tags", String.join(", ", before.tags()), String.join(", ", after.tags()));
        var had = values(before);
        var has = values(after);
        Stream.concat(has.keySet().stream(), had.keySet().stream())
                .distinct()
                .forEach(field -> put(changed, "fields." + field, had.get(field), has.get(field)));
        return changed;
    }

    private static Map<String, String> values(DocumentRow row) {
        return row.fields().stream()
                .collect(Collectors.toMap(DocumentRow.Given::name, given -> given.value().text()));
    }

    private static @Nullable DocumentId id(DocumentLife.@Nullable Successor successor) {
        return successor == null ? null : successor.id();
    }

    private static void put(
            Map<String, String> changed, String field, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            changed.put(field, is == null ? "" : is.toString());
        }
    }
}
