package io.zhiwen.account;

import io.zhiwen.account.Why.Way;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Says why somebody may do what they may: every grant that reaches them. A disabled person is
/// reached by none.
@Component
public final class Reasons {

    /// Somebody who may sign in, and the groups they are in, be it by one inside.
    private static final String PERSON =
            """
            with person as (select id, role from app_user where id = :who and enabled),
            reached as (
                select g.id, g.name, '' as inside from user_group_member m
                join person p on p.id = m.user_id
                join user_group g on g.id = m.group_id
                union all
                select g.id, g.name, i.name from user_group_member m
                join person p on p.id = m.user_id
                join user_group_nested n on n.inner_id = m.group_id
                join user_group g on g.id = n.outer_id
                join user_group i on i.id = n.inner_id)
            """;

    private static final String REASONS =
            PERSON
                    + """
                    select b.id as base, b.name as base_name, 'manager' as role, 'ADMIN' as way,
                        '' as held_by, '' as inside
                    from knowledge_base b join person p on p.role = 'admin'
                    where b.deleted_at is null
                    union all
                    select b.id, b.name, g.role, case when g.user_id = p.id then 'PERSON'
                            when g.group_id is null then 'EVERYONE'
                            when r.inside = '' then 'GROUP' else 'INNER_GROUP' end,
                        coalesce(r.name, ''), coalesce(r.inside, '')
                    from knowledge_base b
                    join knowledge_base_reader g on g.knowledge_base_id = b.id
                    join person p on true
                    left join reached r on r.id = g.group_id
                    where b.deleted_at is null
                      and (g.user_id = p.id or r.id is not null or g.user_id is null and g.group_id is null)
                    """;

    private static final String HIGHEST_FIRST =
            """
            order by case role when 'manager' then 0 when 'editor' then 1 else 2 end,
                way, held_by, inside
            """;

    private final JdbcClient db;
    private final Access access;

    public Reasons(JdbcClient db, Access access) {
        this.db = db;
        this.access = access;
    }

    /// Why the person may do something in this base, the highest role first; empty when they may
    /// do nothing.
    ///
    /// @throws NoSuchKnowledgeBase when it is not there for the actor
    /// @throws NotAllowed when the actor does not manage it
    public List<Why> of(Principal actor, UUID person, KnowledgeBaseId base) {
        access.require(actor, base, Right.MANAGE);
        return db.sql("select * from (" + REASONS + ") why where base = :base " + HIGHEST_FIRST)
                .param("who", person)
                .param("base", base.value())
                .query(Reasons::why)
                .list();
    }

    /// The grants that reach the person among those a folder or document has of its own.
    ///
    /// @throws NotAllowed when the actor does not manage the base
    public List<Why> inside(Principal actor, UUID person, KnowledgeBaseId base, long acl) {
        access.require(actor, base, Right.MANAGE);
        return db.sql(
                        "select * from ("
                                + PERSON
                                + """
                        select g.role, case when g.user_id = p.id then 'PERSON'
                                when g.group_id is null then 'EVERYONE'
                                when r.inside = '' then 'GROUP' else 'INNER_GROUP' end as way,
                            coalesce(r.name, '') as held_by, coalesce(r.inside, '') as inside
                        from acl_grant g
                        join acl a on a.id = g.acl_id and a.knowledge_base_id = :base
                        join person p on true
                        left join reached r on r.id = g.group_id
                        where g.acl_id = :acl
                          and (g.user_id = p.id or r.id is not null
                              or g.user_id is null and g.group_id is null)
                        ) why
                        """
                                + HIGHEST_FIRST)
                .param("who", person)
                .param("base", base.value())
                .param("acl", acl)
                .query(Reasons::why)
                .list();
    }

    /// A base and why the person has a role in it.
    public record InBase(KnowledgeBaseId base, String name, List<Why> why) {}

    /// All that the person may do anywhere, by the name of the base. For admins.
    public List<InBase> everywhere(Principal actor, UUID person) {
        NotAllowed.unlessAdmin(actor, "see what others may do");
        Map<KnowledgeBaseId, InBase> bases = new LinkedHashMap<>();
        db.sql("select * from (" + REASONS + ") why " + HIGHEST_FIRST)
                .param("who", person)
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("base", UUID.class));
                            var name = row.getString("base_name");
                            bases.computeIfAbsent(
                                            base, _ -> new InBase(base, name, new ArrayList<>()))
                                    .why()
                                    .add(why(row, 0));
                        });
        return bases.values().stream()
                .sorted(Comparator.comparing(in -> in.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /// In how many bases each person may do something. For admins.
    public Map<UUID, Integer> basesOfEach(Principal actor) {
        NotAllowed.unlessAdmin(actor, "see what others may do");
        Map<UUID, Integer> bases = new HashMap<>();
        db.sql(
                        """
                        select u.id, count(distinct b.id) as bases from app_user u
                        cross join knowledge_base b
                        where u.enabled and b.deleted_at is null and (u.role = 'admin' or exists (
                            select 1 from knowledge_base_reader g
                            where g.knowledge_base_id = b.id
                              and (g.user_id = u.id
                                  or g.user_id is null and g.group_id is null
                                  or g.group_id in (
                                      select m.group_id from user_group_member m
                                      where m.user_id = u.id
                                      union
                                      select n.outer_id from user_group_nested n
                                      join user_group_member m on m.group_id = n.inner_id
                                      where m.user_id = u.id))))
                        group by u.id
                        """)
                .query(
                        row -> {
                            bases.put(row.getObject("id", UUID.class), row.getInt("bases"));
                        });
        return bases;
    }

    private static Why why(ResultSet row, int number) throws SQLException {
        return new Why(
                BaseRole.of(row.getString("role")),
                Way.valueOf(row.getString("way")),
                row.getString("held_by"),
                row.getString("inside"));
    }
}
