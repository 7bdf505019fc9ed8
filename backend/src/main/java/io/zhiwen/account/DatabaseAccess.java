package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// One query each time: nothing is remembered, so a right taken away is gone with the next request.
@Component
final class DatabaseAccess implements Access {

    /// Of a person who may sign in: by name, as one of a group, through a group inside another, as
    /// everyone, and as an admin.
    private static final String ROLES_OF_PERSON =
            """
            with person as (select id, role from app_user where id = :who and enabled),
            direct as (
                select m.group_id from user_group_member m join person p on p.id = m.user_id),
            circle as (
                select group_id from direct
                union
                select n.outer_id from user_group_nested n
                join direct d on d.group_id = n.inner_id)
            select b.id, 'manager' as role from knowledge_base b
            join person p on p.role = 'admin'
            where b.deleted_at is null
            union all
            select b.id, g.role from knowledge_base b
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
            """;

    private static final String BASES_OF_KEY =
            """
            select b.id from knowledge_base b
            join api_key k on k.id = :who and k.revoked_at is null
                and (k.expires_at is null or k.expires_at > now())
            where b.deleted_at is null and (k.all_bases or exists (
                select 1 from api_key_base l
                where l.api_key_id = k.id and l.knowledge_base_id = b.id))
            """;

    private final JdbcClient db;

    DatabaseAccess(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Scope everythingFor(Principal principal, Right right) {
        return new Scope(
                rightsOf(principal).entrySet().stream()
                        .filter(held -> held.getValue().contains(right))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Override
    public Set<Right> rights(Principal principal, KnowledgeBaseId base) {
        return rightsOf(principal).getOrDefault(base, Set.of());
    }

    private Map<KnowledgeBaseId, Set<Right>> rightsOf(Principal principal) {
        return switch (principal) {
            case Principal.User user -> ofPerson(user.id());
            case Principal.Key key -> ofKey(key);
        };
    }

    private Map<KnowledgeBaseId, Set<Right>> ofPerson(UUID person) {
        Map<KnowledgeBaseId, BaseRole> roles = new HashMap<>();
        db.sql(ROLES_OF_PERSON)
                .param("who", person)
                .query(
                        row -> {
                            roles.merge(
                                    new KnowledgeBaseId(row.getObject("id", UUID.class)),
                                    BaseRole.of(row.getString("role")),
                                    BaseRole::orHigher);
                        });
        Map<KnowledgeBaseId, Set<Right>> rights = new HashMap<>();
        roles.forEach((base, role) -> rights.put(base, role.rights()));
        return rights;
    }

    private Map<KnowledgeBaseId, Set<Right>> ofKey(Principal.Key key) {
        var rights = KeyScope.rights(key.scopes());
        Map<KnowledgeBaseId, Set<Right>> held = new HashMap<>();
        db.sql(BASES_OF_KEY)
                .param("who", key.id())
                .query(
                        row -> {
                            held.put(new KnowledgeBaseId(row.getObject("id", UUID.class)), rights);
                        });
        var user = key.actsFor();
        return user == null ? held : both(held, ofPerson(user.id()));
    }

    /// A key that acts for somebody may do what both may.
    private static Map<KnowledgeBaseId, Set<Right>> both(
            Map<KnowledgeBaseId, Set<Right>> key, Map<KnowledgeBaseId, Set<Right>> person) {
        Map<KnowledgeBaseId, Set<Right>> both = new HashMap<>();
        person.forEach(
                (base, rights) -> {
                    var common = EnumSet.noneOf(Right.class);
                    common.addAll(rights);
                    common.retainAll(key.getOrDefault(base, Set.of()));
                    if (!common.isEmpty()) {
                        both.put(base, common);
                    }
                });
        return both;
    }
}
