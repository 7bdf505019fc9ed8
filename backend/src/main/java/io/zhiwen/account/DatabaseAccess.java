package io.zhiwen.account;

import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// One query each time: nothing is remembered, so a right taken away is gone with the next request.
@Component
final class DatabaseAccess implements Access {

    /// Of a person who may sign in: by name, as one of a group, through a group inside another, as
    /// everyone, and as an admin; in bases, and in what
    /// has rights of its own. Of these every one is there, also without a grant.
    private static final String ROLES_OF_PERSON =
            """
            with person as (
                select id, role from app_user where id = :who and enabled
                union all
                select :who, 'member' where :who = '00000000-0000-0000-0000-000000000000'::uuid),
            direct as (
                select m.group_id from user_group_member m join person p on p.id = m.user_id),
            circle as (
                select group_id from direct
                union
                select n.outer_id from user_group_nested n
                join direct d on d.group_id = n.inner_id)
            select b.id, 'manager' as role, null::bigint as acl, null::bigint as parent_id,
                false as closed
            from knowledge_base b
            join person p on p.role = 'admin'
            where b.deleted_at is null and not b.chat_only
            union all
            select b.id, g.role, null, null, false from knowledge_base b
            join (
                select knowledge_base_id, role from knowledge_base_reader
                where user_id = :who
                union all
                select g.knowledge_base_id, g.role from knowledge_base_reader g
                join circle c on c.group_id = g.group_id
                union all
                select knowledge_base_id, role from knowledge_base_reader
                where user_id is null and group_id is null) g on g.knowledge_base_id = b.id
            join person p on p.role <> 'admin'
            where b.deleted_at is null
            union all
            select b.id, g.role, a.id, a.parent_id, a.closed from acl a
            join knowledge_base b on b.id = a.knowledge_base_id and b.deleted_at is null
            join person p on p.role <> 'admin'
            left join acl_grant g on g.acl_id = a.id and (
                g.user_id = :who or g.group_id in (select group_id from circle)
                or g.user_id is null and g.group_id is null)
            """;

    private static final String BASES_OF_KEY =
            """
            select b.id, a.id as acl, a.parent_id, a.closed from knowledge_base b
            left join acl a on a.knowledge_base_id = b.id
            join api_key k on k.id = :who and k.revoked_at is null
                and (k.expires_at is null or k.expires_at > now())
            where b.deleted_at is null and not b.chat_only and (k.all_bases or exists (
                select 1 from api_key_base l
                where l.api_key_id = k.id and l.knowledge_base_id = b.id))
            """;

    private static final String INSIDE =
            """
            with recursive below as (
                select id, id as top from folder where id = any(:folders)
                union all
                select f.id, b.top from folder f join below b on f.parent_id = b.id)
            select d.knowledge_base_id as base, d.id, b.top
            from document d left join below b on b.id = d.folder_id
            where (b.top is not null or d.id = any(:documents)) and d.deleted_at is null and
            """
                    + Reach.CLAUSE;

    private final JdbcClient db;
    private final ReaderDatabase readers;
    private final AttachedFiles attached;

    DatabaseAccess(JdbcClient db, ReaderDatabase readers) {
        this.db = db;
        this.readers = readers;
        this.attached = new AttachedFiles(db);
    }

    @Override
    public Scope everythingFor(Principal principal, Right right) {
        return rightsOf(principal).scope(right);
    }

    @Override
    public Set<Right> rights(Principal principal, KnowledgeBaseId base) {
        return rightsOf(principal).in(base);
    }

    @Override
    public Set<DocumentId> readable(Scope scope, Collection<DocumentId> documents) {
        if (documents.isEmpty() || scope.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(
                readers.within(
                        scope.reach(),
                        reader ->
                                reader.sql(
                                                "select d.id from document d where d.id = any(:ids) and "
                                                        + Reach.CLAUSE)
                                        .param(
                                                "ids",
                                                documents.stream()
                                                        .map(DocumentId::value)
                                                        .toArray(UUID[]::new))
                                        .params(scope.reach().parameters())
                                        .query(
                                                (row, _) ->
                                                        new DocumentId(
                                                                row.getObject(1, UUID.class)))
                                        .list()));
    }

    @Override
    public Map<KnowledgeBaseId, Set<DocumentId>> inside(Scope scope, Choice choice) {
        var documents = choice.documents().stream().map(DocumentId::value).toList();
        Set<UUID> missing = new HashSet<>(documents);
        missing.addAll(choice.folders());
        Map<KnowledgeBaseId, Set<DocumentId>> inside = new HashMap<>();
        db.sql(INSIDE)
                .param("folders", choice.folders().toArray(UUID[]::new))
                .param("documents", documents.toArray(UUID[]::new))
                .params(scope.reach().parameters())
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("base", UUID.class));
                            var document = row.getObject("id", UUID.class);
                            inside.computeIfAbsent(base, _ -> new HashSet<>())
                                    .add(new DocumentId(document));
                            missing.remove(document);
                            missing.remove(row.getObject("top", UUID.class));
                        });
        if (!missing.isEmpty()) {
            throw NoSuchKnowledgeBase.without(missing);
        }
        return inside;
    }

    @Override
    public Set<KnowledgeBaseId> basesOf(UUID assistant) {
        return Set.copyOf(
                db.sql(
                                """
                                select b.knowledge_base_id from assistant_base b
                                join assistant a on a.id = b.assistant_id
                                where a.id = :id and a.enabled
                                """)
                        .param("id", assistant)
                        .query((row, _) -> new KnowledgeBaseId(row.getObject(1, UUID.class)))
                        .list());
    }

    @Override
    public Scope withAttached(Scope scope, Principal.User user, UUID chat) {
        return scope.withAttached(attached.of(user, chat));
    }

    @Override
    public Scope readableBy(Principal principal) {
        Scope scope = everythingFor(principal);
        return switch (principal) {
            case Principal.Key _ -> scope;
            case Principal.User user -> scope.withAttached(attached.ofAllChats(user));
        };
    }

    private Held rightsOf(Principal principal) {
        return switch (principal) {
            case Principal.User user -> ofPerson(user.id());
            case Principal.Key key -> ofKey(key);
        };
    }

    private Held ofPerson(UUID person) {
        Map<KnowledgeBaseId, BaseRole> roles = new HashMap<>();
        var acls = new Acls();
        db.sql(ROLES_OF_PERSON)
                .param("who", person)
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("id", UUID.class));
                            var role = role(row);
                            if (row.getObject("acl") != null) {
                                acls.add(row.getLong("acl"), acl(row, base, role));
                            } else if (role != null) {
                                roles.merge(base, role, BaseRole::orHigher);
                            }
                        });
        Map<KnowledgeBaseId, Set<Right>> rights = new HashMap<>();
        roles.forEach((base, role) -> rights.put(base, role.rights()));
        return new Held(rights, acls.of(roles));
    }

    private Held ofKey(Principal.Key key) {
        var rights = KeyScope.rights(key.scopes());
        Map<KnowledgeBaseId, Set<Right>> held = new HashMap<>();
        var acls = new Acls();
        db.sql(BASES_OF_KEY)
                .param("who", key.id())
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("id", UUID.class));
                            held.put(base, rights);
                            if (row.getObject("acl") != null) {
                                acls.add(row.getLong("acl"), acl(row, base, null));
                            }
                        });
        var user = key.actsFor();
        return user == null ? new Held(held, acls.ofKey(held)) : ofPerson(user.id()).within(held);
    }

    private static Acls.Acl acl(ResultSet row, KnowledgeBaseId base, @Nullable BaseRole granted)
            throws SQLException {
        return new Acls.Acl(
                base, row.getObject("parent_id", Long.class), row.getBoolean("closed"), granted);
    }

    private static @Nullable BaseRole role(ResultSet row) throws SQLException {
        var word = row.getString("role");
        return word == null ? null : BaseRole.of(word);
    }
}
