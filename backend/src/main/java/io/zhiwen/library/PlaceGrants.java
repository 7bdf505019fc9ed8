package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.Audit;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.GrantRow;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Gives folders and documents rights of their own, and takes them away. For those who manage the
/// base. In force with the next request.
@Component
public class PlaceGrants {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Documents documents;
    private final Folders folders;
    private final AclPlaces acls;

    PlaceGrants(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Documents documents,
            Folders folders,
            AclPlaces acls) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.documents = documents;
        this.folders = folders;
        this.acls = acls;
    }

    /// @throws NoSuchFolder or NoSuchDocument when it is not there for the principal
    /// @throws io.zhiwen.account.NotAllowed when they do not manage its base
    public PlaceRights of(Principal principal, Place place) {
        var found = managed(principal, place);
        var acl = found.acl();
        if (acl == null) {
            return new PlaceRights(found.base(), found.name(), null, List.of());
        }
        boolean closed =
                db.sql("select closed from acl where id = :acl")
                        .param("acl", acl)
                        .query(Boolean.class)
                        .single();
        return new PlaceRights(found.base(), found.name(), closed, grants(acl));
    }

    /// Gives it rights of its own, or changes whether they are all that counts.
    ///
    /// @param closed otherwise they come on top of those above
    public void guard(Principal principal, Place place, boolean closed) {
        var found = managed(principal, place);
        change(
                found.base(),
                () -> {
                    guardLocked(place, closed);
                    record(principal, "place.guard", place, Map.of("closed", closed));
                });
    }

    /// From now on it has the rights of what it lies in; its own grants are forgotten.
    public void unguard(Principal principal, Place place) {
        var found = managed(principal, place);
        change(
                found.base(),
                () -> {
                    db.sql("update %s set own_acl_id = null where id = :id".formatted(place.kind()))
                            .param("id", place.row())
                            .update();
                    record(principal, "place.unguard", place, Map.of());
                });
    }

    /// Gives the role in place of the one they have here. What has no rights of its own gets some,
    /// on top of those above.
    ///
    /// @throws AccountRefused when the person or group is not there
    public void give(Principal principal, Place place, Grantee to, BaseRole role) {
        if (!PlaceRights.ROLES.contains(role)) {
            throw new IllegalArgumentException("inside a base nobody is " + role.word());
        }
        var found = managed(principal, place);
        try {
            change(
                    found.base(),
                    () -> {
                        Long known = find(place).acl();
                        long acl = known == null ? guardLocked(place, false) : known;
                        put(principal, acl, to, role);
                        record(
                                principal,
                                "place.grant",
                                place,
                                Map.of("to", to.label(), "role", role.word()));
                    });
        } catch (DataIntegrityViolationException e) {
            throw new AccountRefused(
                    to instanceof Grantee.Group
                            ? AccountRefused.Reason.NO_SUCH_GROUP
                            : AccountRefused.Reason.NO_SUCH_USER);
        }
    }

    /// @return whether they had a role here
    public boolean revoke(Principal principal, Place place, Grantee from) {
        managed(principal, place);
        return transaction.execute(
                _ -> {
                    int gone =
                            db.sql(
                                            """
                                            delete from acl_grant
                                            where acl_id = (
                                                select own_acl_id from %s where id = :id)
                                              and user_id is not distinct from :person
                                              and group_id is not distinct from :group
                                            """
                                                    .formatted(place.kind()))
                                    .param("id", place.row())
                                    .param("person", from.person(), Types.OTHER)
                                    .param("group", from.group(), Types.OTHER)
                                    .update();
                    if (gone > 0) {
                        record(principal, "place.revoke", place, Map.of("from", from.label()));
                    }
                    return gone > 0;
                });
    }

    private record Found(KnowledgeBaseId base, String name, @Nullable Long acl) {}

    private Found managed(Principal principal, Place place) {
        Scope scope = access.everythingFor(principal);
        boolean seen =
                switch (place) {
                    case Place.InFolder(var id) -> folders.one(scope, id).isPresent();
                    case Place.InDocument(var id) -> documents.one(scope, id).isPresent();
                };
        if (!seen) {
            throw absent(place);
        }
        var found = find(place);
        access.require(principal, found.base(), Right.MANAGE);
        return found;
    }

    private Found find(Place place) {
        return db.sql(row(place))
                .param("id", place.row())
                .query(
                        (row, _) ->
                                new Found(
                                        new KnowledgeBaseId(
                                                row.getObject("knowledge_base_id", UUID.class)),
                                        row.getString("name"),
                                        row.getObject("own_acl_id", Long.class)))
                .optional()
                .orElseThrow(() -> absent(place));
    }

    private static String row(Place place) {
        String columns = "select knowledge_base_id, name, own_acl_id from ";
        return switch (place) {
            case Place.InFolder _ -> columns + "folder where id = :id";
            case Place.InDocument _ -> columns + "document where id = :id and deleted_at is null";
        };
    }

    private static RuntimeException absent(Place place) {
        return switch (place) {
            case Place.InFolder(var id) -> new NoSuchFolder(id);
            case Place.InDocument(var id) -> new NoSuchDocument(id);
        };
    }

    private long guardLocked(Place place, boolean closed) {
        var found = find(place);
        var acl = found.acl();
        if (acl != null) {
            db.sql("update acl set closed = :closed where id = :acl")
                    .param("closed", closed)
                    .param("acl", acl)
                    .update();
            return acl;
        }
        long made =
                db.sql(
                                """
                                insert into acl (knowledge_base_id, closed) values (:base, :closed)
                                returning id
                                """)
                        .param("base", found.base().value())
                        .param("closed", closed)
                        .query(Long.class)
                        .single();
        db.sql("update %s set own_acl_id = :acl where id = :id".formatted(place.kind()))
                .param("acl", made)
                .param("id", place.row())
                .update();
        return made;
    }

    private void put(Principal principal, long acl, Grantee to, BaseRole role) {
        db.sql(
                        """
                        insert into acl_grant (acl_id, user_id, group_id, role, granted_by)
                        values (:acl, :person, :group, :role, :by)
                        on conflict (acl_id, user_id, group_id) do update set role = excluded.role,
                            granted_by = excluded.granted_by, granted_at = now()
                        """)
                .param("acl", acl)
                .param("person", to.person(), Types.OTHER)
                .param("group", to.group(), Types.OTHER)
                .param("role", role.word())
                .param("by", principal.label())
                .update();
    }

    private List<GrantRow> grants(long acl) {
        return db.sql(
                        """
                        select g.user_id, g.group_id, g.role, g.granted_at,
                            coalesce(u.name, r.name, '') as name
                        from acl_grant g
                        left join app_user u on u.id = g.user_id
                        left join user_group r on r.id = g.group_id
                        where g.acl_id = :acl
                        order by g.user_id is not null, g.group_id is not null, lower(u.name),
                            lower(r.name)
                        """)
                .param("acl", acl)
                .query(
                        (row, _) ->
                                new GrantRow(
                                        Grantee.of(
                                                row.getObject("user_id", UUID.class),
                                                row.getObject("group_id", UUID.class)),
                                        row.getString("name"),
                                        BaseRole.named(row.getString("role")).orElseThrow(),
                                        row.getObject("granted_at", OffsetDateTime.class)
                                                .toInstant()))
                .list();
    }

    private void change(KnowledgeBaseId base, Runnable change) {
        transaction.executeWithoutResult(
                _ -> {
                    db.sql("select 1 from knowledge_base where id = :base for update")
                            .param("base", base.value())
                            .query(Integer.class)
                            .optional();
                    change.run();
                    acls.follow(base);
                });
    }

    private void record(Principal principal, String action, Place place, Map<String, ?> detail) {
        audit.record(principal, action, place.kind() + ":" + place.row(), detail);
    }
}
