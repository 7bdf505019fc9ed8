package io.zhiwen.suggest;

import io.zhiwen.ask.prompt.PassagePrompt;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who works on the questions of a base's passages, and what that may cost, in the database. Safe
/// for concurrent use.
@Component
class PassageWork {

    /// @param failed lately
    record Work(@Nullable Limits limits, long spent, boolean failed) {}

    private final JdbcClient db;

    PassageWork(JdbcClient db) {
        this.db = db;
    }

    /// A safe estimate of the tokens a passage costs.
    static int cost(StoredChunk passage) {
        return 2 * passage.chunk().tokens() + PassagePrompt.BESIDE;
    }

    Optional<Work> of(KnowledgeBaseId base) {
        return db.sql(
                        """
                        select b.question_tokens_per_day as day, b.question_tokens_per_document as document,
                            case when w.day = (now() at time zone 'UTC')::date
                                then w.spent else 0 end as spent,
                            coalesce(w.failure <> '' and w.failed_at > now() - interval '5 minutes',
                                false) as failed
                        from knowledge_base b
                        left join passage_question_work w on w.knowledge_base_id = b.id
                        where b.id = :base and b.deleted_at is null and not b.chat_only
                        """)
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new Work(
                                        row.getObject("day") == null
                                                ? null
                                                : new Limits(
                                                        row.getInt("day"), row.getInt("document")),
                                        row.getLong("spent"),
                                        row.getBoolean("failed")))
                .optional();
    }

    /// Whether the base is there.
    boolean limit(KnowledgeBaseId base, @Nullable Limits limits) {
        return db.sql(
                                """
                                update knowledge_base set question_tokens_per_day = :day,
                                    question_tokens_per_document = :document
                                where id = :base and deleted_at is null and not chat_only
                                """)
                        .param("day", limits == null ? null : limits.perDay())
                        .param("document", limits == null ? null : limits.perDocument())
                        .param("base", base.value())
                        .update()
                == 1;
    }

    /// The bases it is turned on for.
    List<KnowledgeBaseId> bases() {
        return db.sql(
                        """
                        select id from knowledge_base
                        where question_tokens_per_day is not null and deleted_at is null
                        order by id
                        """)
                .query((row, _) -> new KnowledgeBaseId(row.getObject("id", UUID.class)))
                .list();
    }

    /// Whether this node works on the base now. A claim that nobody gave back is void after some
    /// minutes; one that failed lately waits as long.
    boolean claim(KnowledgeBaseId base, String node) {
        return db.sql(
                                """
                                insert into passage_question_work as w
                                    (knowledge_base_id, held_by, held_until)
                                values (:base, :node, now() + interval '5 minutes')
                                on conflict (knowledge_base_id) do update
                                set held_by = excluded.held_by, held_until = excluded.held_until
                                where w.held_until < now()
                                  and (w.failure = '' or w.failed_at < now() - interval '5 minutes')
                                """)
                        .param("base", base.value())
                        .param("node", node)
                        .update()
                == 1;
    }

    void giveBack(KnowledgeBaseId base, String node, String failure) {
        db.sql(
                        """
                        update passage_question_work
                        set held_by = '', held_until = '-infinity', failure = :failure,
                            failed_at = case when :failure = '' then failed_at else now() end
                        where knowledge_base_id = :base and held_by = :node
                        """)
                .param("failure", failure)
                .param("base", base.value())
                .param("node", node)
                .update();
    }

    void spend(KnowledgeBaseId base, int tokens) {
        db.sql(
                        """
                        update passage_question_work
                        set spent = :tokens + case when day = (now() at time zone 'UTC')::date
                                then spent else 0 end,
                            day = (now() at time zone 'UTC')::date,
                            held_until = now() + interval '5 minutes'
                        where knowledge_base_id = :base
                        """)
                .param("tokens", tokens)
                .param("base", base.value())
                .update();
    }
}
