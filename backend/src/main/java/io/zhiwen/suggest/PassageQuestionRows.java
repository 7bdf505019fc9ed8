package io.zhiwen.suggest;

import io.zhiwen.ask.prompt.PassagePrompt;
import io.zhiwen.ask.stream.PassageReader.Outcome.Made;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What models made of passages, and the work on it, in the database. Safe for concurrent use.
@Component
class PassageQuestionRows {

    private static final int AT_ONCE = 8;

    private static final String LIVE =
            """
            chunk c join document d on d.id = c.document_id and d.live_version = c.version
                and d.deleted_at is null
            """;

    private static final String OF_IT =
            """
            q.knowledge_base_id = c.knowledge_base_id
                and q.text_hash = sha256(convert_to(c.text, 'UTF8'))
            """;

    /// @param failed lately
    record Work(@Nullable Limits limits, long spent, boolean failed) {}

    record Count(long passages, long done) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final ChunkStore chunks;

    PassageQuestionRows(JdbcClient db, TransactionOperations transaction, ChunkStore chunks) {
        this.db = db;
        this.transaction = transaction;
        this.chunks = chunks;
    }

    /// A safe estimate of the tokens a passage costs.
    static int cost(StoredChunk passage) {
        return 2 * passage.chunk().tokens() + PassagePrompt.BESIDE;
    }

    Optional<Work> work(KnowledgeBaseId base) {
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

    /// Takes away what was made for a base, in the caller's transaction.
    void forget(KnowledgeBaseId base) {
        db.sql(
                        """
                        insert into index_change (document_id, version)
                        select distinct d.id, d.live_version from %s
                        join passage_questions q on %s
                        where c.knowledge_base_id = :base and q.text <> ''
                        """
                                .formatted(LIVE, OF_IT))
                .param("base", base.value())
                .update();
        db.sql("delete from passage_questions where knowledge_base_id = :base")
                .param("base", base.value())
                .update();
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

    /// Passages nothing was made of yet, of one document whose limit has room for them.
    List<StoredChunk> next(KnowledgeBaseId base, Limits limits) {
        return db.sql(
                        """
                        with spent as (
                            select c.document_id, sum(q.tokens) as tokens from %s
                            join passage_questions q on %s
                            where c.knowledge_base_id = :base group by 1)
                        select c.document_id, c.version, c.ordinal from %s
                        left join spent s on s.document_id = c.document_id
                        where c.knowledge_base_id = :base
                          and coalesce(s.tokens, 0) + 2 * c.tokens + :beside <= :room
                          and not exists (select from passage_questions q where %s)
                        order by c.document_id, c.ordinal limit 1
                        """
                                .formatted(LIVE, OF_IT, LIVE, OF_IT))
                .param("base", base.value())
                .param("beside", PassagePrompt.BESIDE)
                .param("room", limits.perDocument())
                .query(
                        (row, _) ->
                                from(
                                        new DocumentId(row.getObject("document_id", UUID.class)),
                                        row.getInt("version"),
                                        row.getInt("ordinal")))
                .optional()
                .orElse(List.of());
    }

    private List<StoredChunk> from(DocumentId document, int version, int ordinal) {
        var left =
                chunks.chunksOf(document, version).stream()
                        .filter(one -> one.chunk().ordinal() >= ordinal)
                        .toList();
        Set<Long> read = read(left.stream().map(StoredChunk::id).toList());
        return left.stream().filter(one -> !read.contains(one.id())).limit(AT_ONCE).toList();
    }

    private Set<Long> read(Collection<Long> ids) {
        return Set.copyOf(
                db.sql(
                                """
                                select c.id from chunk c join passage_questions q on %s
                                where c.id = any(:ids)
                                """
                                        .formatted(OF_IT))
                        .param("ids", ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /// What the document has cost.
    long spentOn(DocumentId document) {
        return db.sql(
                        """
                        select coalesce(sum(q.tokens), 0) from %s
                        join passage_questions q on %s where c.document_id = :document
                        """
                                .formatted(LIVE, OF_IT))
                .param("document", document.value())
                .query(Long.class)
                .single();
    }

    /// Keeps what was made of passages that are still there, and has the indexes take it.
    ///
    /// @param made by passage
    void keep(Map<StoredChunk, Made> made) {
        if (made.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(
                _ -> {
                    Set<DocumentId> documents = new HashSet<>();
                    made.forEach(
                            (passage, one) -> {
                                int kept =
                                        db.sql(
                                                        """
                                                        insert into passage_questions
                                                            (knowledge_base_id, text_hash, text, tokens, model)
                                                        select c.knowledge_base_id,
                                                            sha256(convert_to(c.text, 'UTF8')), :text, :tokens, :model
                                                        from chunk c
                                                        join knowledge_base b on b.id = c.knowledge_base_id
                                                            and b.question_tokens_per_day is not null
                                                        where c.id = :chunk
                                                        on conflict do nothing
                                                        """)
                                                .param("text", one.text())
                                                .param("tokens", one.tokens())
                                                .param("model", one.model())
                                                .param("chunk", passage.id())
                                                .update();
                                if (kept == 1 && !one.text().isEmpty()) {
                                    documents.add(passage.document());
                                }
                            });
                    db.sql(
                                    """
                                    insert into index_change (document_id, version)
                                    select id, live_version from document where id = any(:ids)
                                    """)
                            .param(
                                    "ids",
                                    documents.stream().map(DocumentId::value).toArray(UUID[]::new))
                            .update();
                });
    }

    /// Once an hour, drops what was made of texts that no passage has any more.
    void sweep(KnowledgeBaseId base) {
        int due =
                db.sql(
                                """
                                update passage_question_work set swept_at = now()
                                where knowledge_base_id = :base
                                  and swept_at < now() - interval '1 hour'
                                """)
                        .param("base", base.value())
                        .update();
        if (due == 1) {
            db.sql(
                            """
                            delete from passage_questions q
                            where q.knowledge_base_id = :base
                              and q.text_hash not in (
                                select sha256(convert_to(c.text, 'UTF8')) from chunk c
                                where c.knowledge_base_id = :base)
                            """)
                    .param("base", base.value())
                    .update();
        }
    }

    Count count(KnowledgeBaseId base) {
        return db.sql(
                        """
                        select count(*) as passages, count(q.text_hash) as done from %s
                        left join passage_questions q on %s
                        where c.knowledge_base_id = :base
                        """
                                .formatted(LIVE, OF_IT))
                .param("base", base.value())
                .query((row, _) -> new Count(row.getLong("passages"), row.getLong("done")))
                .single();
    }

    Map<Long, String> made(List<Long> ids) {
        Map<Long, String> made = new HashMap<>();
        db.sql(
                        """
                        select c.id, q.text from chunk c join passage_questions q on %s
                        where c.id = any(:ids) and q.text <> ''
                        """
                                .formatted(OF_IT))
                .param("ids", ids.toArray(Long[]::new))
                .query(
                        row -> {
                            made.put(row.getLong("id"), row.getString("text"));
                        });
        return made;
    }
}
