package io.zhiwen.curate;

import io.zhiwen.account.Listed;
import io.zhiwen.account.Named;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.Vectors;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The work list in the database; rights are the caller's.
@Component
final class WorkStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<WorkItem.Proof>> PROOF = new TypeReference<>() {};

    private static final String ITEMS =
            """
            with found as (
                select i.*, b.name as base_name, q.*
                from work_item i
                left join knowledge_base b on b.id = i.knowledge_base_id
                cross join lateral (
                    select count(distinct answer_id) as asked, count(distinct asker) as askers,
                        max(asked_at) as last_asked,
                        count(*) filter (where why = 'refused') as refused,
                        count(*) filter (where why = 'weak') as weak,
                        count(*) filter (where why = 'unsupported') as unsupported,
                        count(*) filter (where why = 'thumb') as thumb
                    from work_question where work_item_id = i.id) q
                where (b.deleted_at is null and not b.chat_only or i.knowledge_base_id is null)
                    and q.asked > 0
                    and %s
                order by q.askers desc, q.asked desc, q.last_asked desc, i.id
                limit :limit offset :from)
            select f.*, u.name as assignee,
                array(select w.question from work_question w where w.work_item_id = f.id
                    group by w.question order by count(*) desc, min(w.asked_at) limit 20)
                    as wordings
            from found f left join app_user u on u.id = f.assigned_to
            order by f.askers desc, f.asked desc, f.last_asked desc, f.id
            """;

    private static final String LISTED =
            """
            (cast(:all as boolean) or i.knowledge_base_id = any(:bases))
            and (i.state in ('done', 'dismissed')) = :closed
            and (:words = '' or exists (select 1 from work_question w where w.work_item_id = i.id
                and strpos(lower(w.question), lower(:words)) > 0))
            """;

    private static final String COUNT =
            """
            select count(*) from work_item i
            left join knowledge_base b on b.id = i.knowledge_base_id
            where (b.deleted_at is null and not b.chat_only or i.knowledge_base_id is null)
                and exists (select 1 from work_question w where w.work_item_id = i.id)
                and
            """
                    + LISTED;

    private final JdbcClient db;

    WorkStore(JdbcClient db) {
        this.db = db;
    }

    /// An item by its first wording.
    record Leader(UUID item, ApprovedStore.Encoded question) {}

    /// The database's.
    Instant now() {
        return db.sql("select now()")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    Instant seen() {
        return db.sql("select at from work_list_seen")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    void seen(Instant at) {
        db.sql("update work_list_seen set at = greatest(at, :at)")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Leader> leaders(@Nullable UUID base) {
        return db.sql(
                        """
                        select id, question, vector, space from work_item
                        where knowledge_base_id is not distinct from cast(:base as uuid)
                        """)
                .param("base", base)
                .query(
                        (row, _) ->
                                new Leader(
                                        row.getObject(1, UUID.class),
                                        new ApprovedStore.Encoded(
                                                row.getString(2),
                                                Vectors.toFloats(row.getBytes(3)),
                                                row.getString(4))))
                .list();
    }

    void open(UUID item, @Nullable UUID base, ApprovedStore.Encoded question) {
        db.sql(
                        """
                        insert into work_item (id, knowledge_base_id, question, vector, space)
                        values (:id, cast(:base as uuid), :question, :vector, :space)
                        """)
                .param("id", item)
                .param("base", base)
                .param("question", question.text())
                .param("vector", Vectors.toBytes(question.vector()))
                .param("space", question.space())
                .update();
    }

    /// A question that comes up again after its item was done opens it again.
    void add(UUID item, WorkSignals.Signal signal) {
        db.sql(
                        """
                        insert into work_question (work_item_id, answer_id, why, question, asker, asked_at)
                        values (:item, :answer, :why, :question, :asker, :at)
                        on conflict do nothing
                        """)
                .param("item", item)
                .param("answer", signal.answer())
                .param("why", signal.why().code())
                .param("question", signal.question())
                .param("asker", signal.asker())
                .param("at", signal.at().atOffset(ZoneOffset.UTC))
                .update();
        db.sql(
                        """
                        update work_item set state = 'open', closed_at = null
                        where id = :item and state = 'done' and closed_at < :at
                        """)
                .param("item", item)
                .param("at", signal.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Drops items of which nothing is left: their askers deleted the chats.
    void dropEmpty() {
        db.sql(
                        """
                        delete from work_item i where not exists (
                            select 1 from work_question q where q.work_item_id = i.id)
                        """)
                .update();
    }

    /// The most asked first.
    ///
    /// @param bases null for all, and those of no base too
    /// @param closed whether those that are done or dismissed, or the others
    Listed<WorkItem> page(
            @Nullable List<KnowledgeBaseId> bases,
            boolean closed,
            String words,
            int page,
            int size) {
        return new Listed<>(
                with(db.sql(ITEMS.formatted(LISTED)), bases, closed, words)
                        .param("limit", size)
                        .param("from", (page - 1L) * size)
                        .query((row, _) -> item(row))
                        .list(),
                with(db.sql(COUNT), bases, closed, words).query(Long.class).single());
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec sql,
            @Nullable List<KnowledgeBaseId> bases,
            boolean closed,
            String words) {
        return sql.param("all", bases == null)
                .param("bases", bases == null ? new UUID[0] : Reach.ids(bases))
                .param("closed", closed)
                .param("words", words);
    }

    Optional<WorkItem> find(UUID id) {
        return db.sql(ITEMS.formatted("i.id = :id"))
                .param("id", id)
                .param("limit", 1)
                .param("from", 0)
                .query((row, _) -> item(row))
                .optional();
    }

    List<WorkList.Answered> answers(UUID item, int limit) {
        return db.sql(
                        """
                        select answer_id, min(question) as question, max(asked_at) as asked_at
                        from work_question where work_item_id = :item
                        group by answer_id order by asked_at desc, answer_id limit :limit
                        """)
                .param("item", item)
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new WorkList.Answered(
                                        row.getObject("answer_id", UUID.class),
                                        row.getString("question"),
                                        row.getObject("asked_at", OffsetDateTime.class)
                                                .toInstant()))
                .list();
    }

    void assign(UUID item, @Nullable UUID person) {
        db.sql("update work_item set assigned_to = cast(:person as uuid) where id = :id")
                .param("person", person)
                .param("id", item)
                .update();
    }

    void state(UUID item, WorkItem.State state, String note) {
        db.sql(
                        """
                        update work_item set state = :state, note = :note,
                            closed_at = case when :state in ('done', 'dismissed') then now() end
                        where id = :id
                        """)
                .param("state", state.code())
                .param("note", note)
                .param("id", item)
                .update();
    }

    void base(UUID item, KnowledgeBaseId base) {
        db.sql(
                        """
                        update work_item set knowledge_base_id = :base, assigned_to = null
                        where id = :id
                        """)
                .param("base", base.value())
                .param("id", item)
                .update();
    }

    void approved(UUID item, UUID answer) {
        db.sql("update work_item set approved_answer_id = :answer where id = :id")
                .param("answer", answer)
                .param("id", item)
                .update();
    }

    void proof(UUID item, List<WorkItem.Proof> proof) {
        db.sql(
                        """
                        update work_item set proof = cast(:proof as jsonb), proven_at = now()
                        where id = :id
                        """)
                .param("proof", JSON.writeValueAsString(proof).replace("\\u0000", ""))
                .param("id", item)
                .update();
    }

    /// Those who manage a base, by name; the admins where there is no base.
    ///
    /// @param words that the name holds; empty for all
    /// @param one this person alone; null for all
    List<Named> people(@Nullable UUID base, String words, @Nullable UUID one, int limit) {
        return db.sql(
                        """
                        with grants as (
                            select user_id, group_id from knowledge_base_reader
                            where role = 'manager' and knowledge_base_id = cast(:base as uuid)),
                        circle as (
                            select group_id from grants where group_id is not null
                            union
                            select n.inner_id from user_group_nested n
                            join grants g on g.group_id = n.outer_id)
                        select u.id, u.name from app_user u where u.enabled and (u.role = 'admin'
                            or exists (select 1 from grants g where g.user_id = u.id
                                or g.user_id is null and g.group_id is null)
                            or exists (select 1 from user_group_member m
                                join circle c on c.group_id = m.group_id where m.user_id = u.id))
                            and strpos(lower(u.name), lower(:words)) > 0
                            and u.id = coalesce(cast(:one as uuid), u.id)
                        order by lower(u.name), u.id limit :limit
                        """)
                .param("base", base)
                .param("words", words)
                .param("one", one)
                .param("limit", limit)
                .query((row, _) -> new Named(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    private static WorkItem item(ResultSet row) throws SQLException {
        UUID base = row.getObject("knowledge_base_id", UUID.class);
        var proof = row.getString("proof");
        var proven = row.getObject("proven_at", OffsetDateTime.class);
        Map<WorkItem.Why, Long> reasons = new EnumMap<>(WorkItem.Why.class);
        for (WorkItem.Why why : WorkItem.Why.values()) {
            long count = row.getLong(why.code());
            if (count > 0) {
                reasons.put(why, count);
            }
        }
        return new WorkItem(
                row.getObject("id", UUID.class),
                base == null ? null : new KnowledgeBaseId(base),
                row.getString("base_name"),
                List.of((String[]) row.getArray("wordings").getArray()),
                reasons,
                row.getLong("asked"),
                row.getLong("askers"),
                WorkItem.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("assigned_to", UUID.class),
                row.getString("assignee"),
                row.getString("note"),
                row.getObject("approved_answer_id", UUID.class),
                proof == null ? List.of() : JSON.readValue(proof, PROOF),
                proven == null ? null : proven.toInstant(),
                row.getObject("last_asked", OffsetDateTime.class).toInstant());
    }
}
