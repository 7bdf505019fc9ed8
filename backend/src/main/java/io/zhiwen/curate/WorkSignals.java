package io.zhiwen.curate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the traces of answers and the thumbs of readers say was not good. Left out are trials,
/// which
/// nobody asked, what a base forbids, and every question that files of one chat were searched for:
/// nobody but the owner of that chat learns of it.
@Component
final class WorkSignals {

    /// The best passage's relevance below which an answer stands on little.
    private static final double WEAK = 0.25;

    /// So many are found at a time.
    static final int AT_ONCE = 500;

    /// What a trace is read for; taken out of it at once, as each look into a long one unpacks it.
    private static final String SAID =
            """
            as said (outcome text, asker text, searched text, forbidden jsonb, bases jsonb,
                passages jsonb, "citationCheck" jsonb)\
            """;

    private final JdbcClient db;

    WorkSignals(JdbcClient db) {
        this.db = db;
    }

    /// @param question as it was searched: a follow-up made whole
    /// @param base of the passage that came nearest; where none did, the one that was asked
    record Signal(
            UUID answer,
            WorkItem.Why why,
            String question,
            String asker,
            @Nullable UUID base,
            Instant at) {}

    /// Those not taken yet, oldest first, `AT_ONCE` at most.
    ///
    /// @param since of answers; a thumb counts however old its answer is
    List<Signal> since(Instant since) {
        return db.sql(
                        """
                        with told as (
                            select t.id, t.at, t.question, said.*, null::text as thumb
                            from answer_trace t, lateral jsonb_to_record(t.trace) %1$s
                            where t.at >= :since
                            union all
                            select t.id, f.updated_at, t.question, said.*, 'thumb'
                            from answer_feedback f join answer_trace t on t.id = f.answer_id,
                                lateral jsonb_to_record(t.trace) %1$s
                            where not f.good and f.updated_at >= :since),
                        bad as (
                            select *, coalesce(thumb, case
                                    when outcome = 'refused' then 'refused'
                                    when jsonb_array_length("citationCheck" -> 'unsupported') > 0
                                        then 'unsupported'
                                    when outcome in ('answered', 'extractive')
                                        and (passages #>> '{0,relevance}')::float8 < :weak
                                        then 'weak'
                                end) as why
                            from told where asker <> '' and forbidden is null)
                        select t.id, t.why, t.at, t.asker,
                            coalesce(t.searched, t.question) as question,
                            coalesce(
                                (select d.knowledge_base_id from document d
                                    join knowledge_base b on b.id = d.knowledge_base_id
                                        and b.deleted_at is null
                                    where d.id = (t.passages #>> '{0,document}')::uuid),
                                (select b.id from knowledge_base b
                                    where jsonb_array_length(t.bases) = 1
                                        and b.id = (t.bases ->> 0)::uuid
                                        and b.deleted_at is null)) as base
                        from bad t
                        where t.why is not null
                            and not exists (
                                select 1 from jsonb_array_elements_text(t.bases) a (id)
                                left join knowledge_base b on b.id = a.id::uuid
                                where b.id is null or b.chat_only)
                            and not exists (select 1 from work_question q
                                where q.answer_id = t.id and q.why = t.why)
                        order by t.at, t.id limit :limit
                        """
                                .formatted(SAID))
                .param("weak", WEAK)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", AT_ONCE)
                .query((row, _) -> signal(row))
                .list();
    }

    private static Signal signal(ResultSet row) throws SQLException {
        return new Signal(
                row.getObject("id", UUID.class),
                WorkItem.Why.valueOf(row.getString("why").toUpperCase(Locale.ROOT)),
                row.getString("question"),
                row.getString("asker"),
                row.getObject("base", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
