package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Who has which role in which base; admins manage all without a grant. Only who manages a base
/// says
/// so. In force with the next request.
@Component
public final class Grants {

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Audit audit;
    private final Access access;

    public Grants(JdbcClient db, TransactionOperations tx, Audit audit, Access access) {
        this.db = db;
        this.tx = tx;
        this.audit = audit;
        this.access = access;
    }

    /// Of a base: everyone first, then groups, then persons, by name.
    ///
    /// @throws NoSuchKnowledgeBase when it is not there for the actor
    public List<GrantRow> of(Principal actor, KnowledgeBaseId base) {
        access.require(actor, base, Right.MANAGE);
        return db.sql(
                        """
                        select g.user_id, g.group_id, g.role, g.granted_at,
                            coalesce(u.name, c.name, '') as name
                        from knowledge_base_reader g
                        left join app_user u on u.id = g.user_id
                        left join user_group c on c.id = g.group_id
                        where g.knowledge_base_id = :base
                        order by g.user_id is not null, g.group_id is not null,
                            lower(coalesce(u.name, c.name)), g.id
                        """)
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new GrantRow(
                                        Grantee.of(
                                                row.getObject("user_id", UUID.class),
                                                row.getObject("group_id", UUID.class)),
                                        row.getString("name"),
                                        BaseRole.of(row.getString("role")),
                                        row.getTimestamp("granted_at").toInstant()))
                .list();
    }

    /// Who could be given a role, by name.
    ///
    /// @param words that the name holds; empty for all
    /// @param limit of persons, and of groups
    /// @throws NoSuchKnowledgeBase when the base is not there for the actor
    public Candidates candidates(Principal actor, KnowledgeBaseId base, String words, int limit) {
        access.require(actor, base, Right.MANAGE);
        return new Candidates(
                named("select id, name from app_user where enabled and ", words, limit),
                named("select id, name from user_group where ", words, limit));
    }

    public record Candidates(List<Named> people, List<Named> groups) {}

    private List<Named> named(String sql, String words, int limit) {
        return db.sql(
                        sql
                                + """
                                strpos(lower(name), lower(:words)) > 0
                                order by lower(name), id limit :limit
                                """)
                .param("words", words)
                .param("limit", limit)
                .query(Grants::named)
                .list();
    }

    /// Somebody who could be given a role.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for the actor
    public Optional<Named> candidate(Principal actor, KnowledgeBaseId base, UUID person) {
        access.require(actor, base, Right.MANAGE);
        return db.sql("select id, name from app_user where enabled and id = :id")
                .param("id", person)
                .query(Grants::named)
                .optional();
    }

    private static Named named(ResultSet row, int number) throws SQLException {
        return new Named(row.getObject("id", UUID.class), row.getString("name"));
    }

    /// The roles given to this person by name; what they have beside is in `Reasons`.
    public Map<KnowledgeBaseId, BaseRole> rolesOf(UUID person) {
        Map<KnowledgeBaseId, BaseRole> roles = new LinkedHashMap<>();
        db.sql(
                        """
                        select k.id, g.role from knowledge_base_reader g
                        join knowledge_base k on k.id = g.knowledge_base_id
                        where g.user_id = :user and k.deleted_at is null
                        order by lower(k.name), k.id
                        """)
                .param("user", person)
                .query(
                        row -> {
                            roles.put(
                                    new KnowledgeBaseId(row.getObject("id", UUID.class)),
                                    BaseRole.of(row.getString("role")));
                        });
        return roles;
    }

    /// Makes the person a reader.
    public void grant(Principal actor, UUID person, KnowledgeBaseId base) {
        give(actor, base, new Grantee.Person(person), BaseRole.READER);
    }

    /// Gives the role in place of the one they have.
    ///
    /// @throws NoSuchKnowledgeBase when it is not there for the actor
    public void give(Principal actor, KnowledgeBaseId base, Grantee to, BaseRole role) {
        access.require(actor, base, Right.MANAGE);
        tx.executeWithoutResult(
                _ -> {
                    mustExist(to);
                    put(actor, base, to, role);
                    record(
                            actor,
                            "base.grant",
                            base,
                            Map.of("to", to.label(), "role", role.word()));
                });
    }

    /// Takes the person's own role away; what a group gives them stays.
    public void revoke(Principal actor, UUID person, KnowledgeBaseId base) {
        revoke(actor, base, new Grantee.Person(person));
    }

    /// @return whether they had a role
    /// @throws NoSuchKnowledgeBase when the base is not there for the actor
    public boolean revoke(Principal actor, KnowledgeBaseId base, Grantee from) {
        access.require(actor, base, Right.MANAGE);
        return tx.execute(
                _ -> {
                    int gone =
                            db.sql(
                                            """
                                            delete from knowledge_base_reader
                                            where knowledge_base_id = :base
                                              and user_id is not distinct from :person
                                              and group_id is not distinct from :group
                                            """)
                                    .param("base", base.value())
                                    .param("person", from.person(), Types.OTHER)
                                    .param("group", from.group(), Types.OTHER)
                                    .update();
                    if (gone > 0) {
                        record(actor, "base.revoke", base, Map.of("from", from.label()));
                    }
                    return gone > 0;
                });
    }

    /// Exactly these by name, no others.
    public void set(Principal actor, UUID person, Map<KnowledgeBaseId, BaseRole> roles) {
        NotAllowed.unlessAdmin(actor, "grant bases");
        var to = new Grantee.Person(person);
        tx.executeWithoutResult(
                _ -> {
                    mustExist(to);
                    db.sql("delete from knowledge_base_reader where user_id = :user")
                            .param("user", person)
                            .update();
                    Map<String, String> said = new LinkedHashMap<>();
                    roles.forEach(
                            (base, role) -> {
                                put(actor, base, to, role);
                                said.put(base.toString(), role.word());
                            });
                    audit.record(actor, "user.roles", to.label(), Map.of("bases", said));
                });
    }

    private void mustExist(Grantee to) {
        switch (to) {
            case Grantee.Person(var id) -> mustExist("app_user", id, Reason.NO_SUCH_USER);
            case Grantee.Group(var id) -> mustExist("user_group", id, Reason.NO_SUCH_GROUP);
            case Grantee.Everyone() -> {}
        }
    }

    private void mustExist(String table, UUID id, Reason otherwise) {
        boolean there =
                db.sql("select exists (select 1 from " + table + " where id = :id)")
                        .param("id", id)
                        .query(Boolean.class)
                        .single();
        if (!there) {
            throw new AccountRefused(otherwise);
        }
    }

    private void put(Principal actor, KnowledgeBaseId base, Grantee to, BaseRole role) {
        var target =
                switch (to) {
                    case Grantee.Person _ -> "(knowledge_base_id, user_id)";
                    case Grantee.Group _ -> "(knowledge_base_id, group_id)";
                    case Grantee.Everyone _ ->
                            "(knowledge_base_id) where user_id is null and group_id is null";
                };
        int known =
                db.sql(
                                """
                        insert into knowledge_base_reader
                            (knowledge_base_id, user_id, group_id, role, granted_by)
                        select id, :person, :group, :role, :by from knowledge_base
                        where id = :base and deleted_at is null
                        on conflict %s do update set role = excluded.role,
                            granted_by = excluded.granted_by, granted_at = now()
                        """
                                        .formatted(target))
                        .param("person", to.person(), Types.OTHER)
                        .param("group", to.group(), Types.OTHER)
                        .param("role", role.word())
                        .param("by", actor.label())
                        .param("base", base.value())
                        .update();
        if (known == 0) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    private void record(
            Principal actor, String action, KnowledgeBaseId base, Map<String, ?> detail) {
        audit.record(actor, action, "base:" + base, detail);
    }
}
