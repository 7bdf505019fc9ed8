package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Groups of people. One may hold others, which then hold none themselves: who is in the inner one
/// is in the outer one too. Only admins change them; every change is one transaction with its audit
/// row. Safe for concurrent use.
@Component
public final class Groups {

    private static final String ROWS =
            """
            select g.id, g.name, g.created_at,
                (select count(*) from user_group_member m where m.group_id = g.id) as people,
                (select count(*) from user_group_nested n where n.outer_id = g.id) as groups
            from user_group g
            """;

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Audit audit;

    public Groups(JdbcClient db, TransactionOperations tx, Audit audit) {
        this.db = db;
        this.tx = tx;
        this.audit = audit;
    }

    /// By name. For admins.
    public List<GroupRow> list(Principal actor) {
        NotAllowed.unlessAdmin(actor, "list groups");
        return db.sql(ROWS + "order by lower(g.name), g.id").query(Groups::row).list();
    }

    /// Those whose names hold the words, by name, page by page. For admins.
    ///
    /// @param words empty for all
    /// @param page from 1
    public Listed<GroupRow> page(Principal actor, String words, int page, int size) {
        NotAllowed.unlessAdmin(actor, "list groups");
        String named = "where strpos(lower(g.name), lower(:words)) > 0 ";
        return new Listed<>(
                db.sql(ROWS + named + "order by lower(g.name), g.id limit :size offset :from")
                        .param("words", words)
                        .param("size", size)
                        .param("from", (page - 1L) * size)
                        .query(Groups::row)
                        .list(),
                db.sql("select count(*) from user_group g " + named)
                        .param("words", words)
                        .query(Long.class)
                        .single());
    }

    public Optional<GroupRow> find(Principal actor, UUID id) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return db.sql(ROWS + "where g.id = :id").param("id", id).query(Groups::row).optional();
    }

    /// Who is in it by name.
    public List<Named> people(Principal actor, UUID group) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return named(
                """
                select u.id, u.name from user_group_member m join app_user u on u.id = m.user_id
                where m.group_id = :id order by lower(u.name), u.id
                """,
                group);
    }

    /// Who is not in it by name and has a name that holds the words, to choose from.
    ///
    /// @param words empty for all
    public List<Named> others(Principal actor, UUID group, String words, int limit) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return db.sql(
                        """
                        select u.id, u.name from app_user u
                        where strpos(lower(u.name), lower(:words)) > 0 and not exists (
                            select 1 from user_group_member m
                            where m.group_id = :group and m.user_id = u.id)
                        order by lower(u.name), u.id limit :limit
                        """)
                .param("group", group)
                .param("words", words)
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /// The first groups whose names hold the words, which may be put inside it and are not.
    public List<Named> innerCandidates(Principal actor, UUID group, String words, int limit) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return db.sql(
                        """
                        select g.id, g.name from user_group g
                        where strpos(lower(g.name), lower(:words)) > 0 and g.id <> :group
                            and not exists (
                                select 1 from user_group_nested n
                                where n.outer_id = g.id
                                    or n.outer_id = :group and n.inner_id = g.id)
                        order by lower(g.name), g.id limit :limit
                        """)
                .param("group", group)
                .param("words", words)
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /// Which groups are inside it.
    public List<Named> inside(Principal actor, UUID group) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return named(
                """
                select g.id, g.name from user_group_nested n join user_group g on g.id = n.inner_id
                where n.outer_id = :id order by lower(g.name), g.id
                """,
                group);
    }

    /// Which groups this person is in by name.
    public List<Named> ofPerson(Principal actor, UUID person) {
        NotAllowed.unlessAdmin(actor, "look at groups");
        return named(
                """
                select g.id, g.name from user_group_member m join user_group g on g.id = m.group_id
                where m.user_id = :id order by lower(g.name), g.id
                """,
                person);
    }

    /// @throws AccountRefused when the name is taken or unusable
    public GroupRow create(Principal actor, String name) {
        NotAllowed.unlessAdmin(actor, "create groups");
        var clean = Names.key(name);
        var id = UUID.randomUUID();
        change(
                actor,
                id,
                "group.create",
                Map.of("name", clean),
                () ->
                        db.sql("insert into user_group (id, name) values (:id, :name)")
                                .param("id", id)
                                .param("name", clean)
                                .update());
        return found(id);
    }

    public void rename(Principal actor, UUID id, String name) {
        NotAllowed.unlessAdmin(actor, "rename groups");
        var clean = Names.key(name);
        change(
                actor,
                id,
                "group.rename",
                Map.of("name", clean),
                () -> {
                    found(id);
                    db.sql("update user_group set name = :name where id = :id")
                            .param("id", id)
                            .param("name", clean)
                            .update();
                });
    }

    /// What it gave its people is gone with it.
    public void delete(Principal actor, UUID id) {
        NotAllowed.unlessAdmin(actor, "delete groups");
        tx.executeWithoutResult(
                _ -> {
                    var row = found(id);
                    db.sql("delete from user_group where id = :id").param("id", id).update();
                    audit.record(actor, "group.delete", "group:" + id, Map.of("name", row.name()));
                });
    }

    public void addPerson(Principal actor, UUID group, UUID person) {
        NotAllowed.unlessAdmin(actor, "change groups");
        change(
                actor,
                group,
                "group.add",
                Map.of("user", person.toString()),
                () -> {
                    found(group);
                    mustBePerson(person);
                    pair("user_group_member (group_id, user_id)", group, person);
                });
    }

    public void removePerson(Principal actor, UUID group, UUID person) {
        NotAllowed.unlessAdmin(actor, "change groups");
        change(
                actor,
                group,
                "group.remove",
                Map.of("user", person.toString()),
                () -> {
                    found(group);
                    unpair("user_group_member", "group_id", "user_id", group, person);
                });
    }

    /// @throws AccountRefused when it would be a second level
    public void addGroup(Principal actor, UUID outer, UUID inner) {
        NotAllowed.unlessAdmin(actor, "change groups");
        change(
                actor,
                outer,
                "group.add",
                Map.of("group", inner.toString()),
                () -> {
                    found(outer);
                    found(inner);
                    mustBeOneLevel(outer, inner);
                    pair("user_group_nested (outer_id, inner_id)", outer, inner);
                });
    }

    public void removeGroup(Principal actor, UUID outer, UUID inner) {
        NotAllowed.unlessAdmin(actor, "change groups");
        change(
                actor,
                outer,
                "group.remove",
                Map.of("group", inner.toString()),
                () -> {
                    found(outer);
                    unpair("user_group_nested", "outer_id", "inner_id", outer, inner);
                });
    }

    /// One at a time, so that two changes do not make a second level between them.
    private void mustBeOneLevel(UUID outer, UUID inner) {
        db.sql("lock table user_group_nested in share row exclusive mode").update();
        boolean deeper =
                db.sql(
                                """
                                select :outer = :inner or exists (select 1 from user_group_nested
                                    where inner_id = :outer or outer_id = :inner)
                                """)
                        .param("outer", outer)
                        .param("inner", inner)
                        .query(Boolean.class)
                        .single();
        if (deeper) {
            throw new AccountRefused(Reason.GROUPS_TOO_DEEP);
        }
    }

    private void mustBePerson(UUID person) {
        boolean there =
                db.sql("select exists (select 1 from app_user where id = :id)")
                        .param("id", person)
                        .query(Boolean.class)
                        .single();
        if (!there) {
            throw new AccountRefused(Reason.NO_SUCH_USER);
        }
    }

    private void pair(String into, UUID first, UUID second) {
        db.sql("insert into " + into + " values (:first, :second) on conflict do nothing")
                .param("first", first)
                .param("second", second)
                .update();
    }

    private void unpair(String table, String one, String other, UUID first, UUID second) {
        db.sql("delete from %s where %s = :first and %s = :second".formatted(table, one, other))
                .param("first", first)
                .param("second", second)
                .update();
    }

    private void change(
            Principal actor, UUID group, String action, Map<String, ?> detail, Runnable change) {
        try {
            tx.executeWithoutResult(
                    _ -> {
                        change.run();
                        audit.record(actor, action, "group:" + group, detail);
                    });
        } catch (DuplicateKeyException e) {
            throw new AccountRefused(Reason.NAME_TAKEN);
        }
    }

    private List<Named> named(String sql, UUID id) {
        return db.sql(sql)
                .param("id", id)
                .query(
                        (row, _) ->
                                new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    private GroupRow found(UUID id) {
        return db.sql(ROWS + "where g.id = :id")
                .param("id", id)
                .query(Groups::row)
                .optional()
                .orElseThrow(() -> new AccountRefused(Reason.NO_SUCH_GROUP));
    }

    private static GroupRow row(ResultSet row, int number) throws SQLException {
        return new GroupRow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("people"),
                row.getInt("groups"),
                row.getTimestamp("created_at").toInstant());
    }
}
