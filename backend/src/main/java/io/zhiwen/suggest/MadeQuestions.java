package io.zhiwen.suggest;

import io.zhiwen.ask.prompt.PassagePrompt;
import io.zhiwen.ask.stream.PassageReader.Outcome.Made;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What models made of passages, kept by the hash of a passage's text, in the database. Safe for
/// concurrent use.
@Component
class MadeQuestions {

    private static final int AT_ONCE = 8;

    /// Before every other document.
    static final DocumentId FIRST = new DocumentId(new UUID(0, 0));

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

    record Count(long passages, long done) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final ChunkStore chunks;

    MadeQuestions(JdbcClient db, TransactionOperations transaction, ChunkStore chunks) {
        this.db = db;
        this.transaction = transaction;
        this.chunks = chunks;
    }

    /// Passages nothing was made of yet, of the first document from this one on whose limit has
    /// room for them. Reads the passages of one document after the other, of no more than it needs.
    List<StoredChunk> next(KnowledgeBaseId base, Limits limits, DocumentId from) {
        return db.sql(
                        """
                        select d.id, d.live_version, first.ordinal from document d
                        cross join lateral (
                            select p.ordinal from (
                                select c.ordinal, c.tokens, q.text_hash is null as unread,
                                    coalesce(sum(q.tokens) over (), 0) as spent
                                from chunk c left join passage_questions q on %s
                                where c.document_id = d.id and c.version = d.live_version) p
                            where p.unread and p.spent + 2 * p.tokens + :beside <= :room
                            order by p.ordinal limit 1) first
                        where d.knowledge_base_id = :base and d.deleted_at is null and d.id >= :from
                        order by d.id limit 1
                        """
                                .formatted(OF_IT))
                .param("base", base.value())
                .param("from", from.value())
                .param("beside", PassagePrompt.BESIDE)
                .param("room", limits.perDocument())
                .query(
                        (row, _) ->
                                from(
                                        new DocumentId(row.getObject("id", UUID.class)),
                                        row.getInt("live_version"),
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

    /// Takes away what was made for a base, in the caller's transaction.
    void forget(KnowledgeBaseId base) {
        db.sql(
                        """
                        insert into index_change (document_id, version)
                        select distinct d.id, d.live_version from %s
                        join passage_questions q on %s
                        where c.knowledge_base_id = :base
                        """
                                .formatted(LIVE, OF_IT))
                .param("base", base.value())
                .update();
        db.sql("delete from passage_questions where knowledge_base_id = :base")
                .param("base", base.value())
                .update();
    }

    /// Drops what was made of texts that no passage has any more, when that was last done so long
    /// ago. It reads every passage of the base.
    void sweep(KnowledgeBaseId base, Duration ago) {
        int due =
                db.sql(
                                """
                                update passage_question_work set swept_at = now()
                                where knowledge_base_id = :base
                                  and swept_at < now() - make_interval(secs => :ago)
                                """)
                        .param("base", base.value())
                        .param("ago", ago.toSeconds())
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

    /// How many passages readers may find.
    long passages(KnowledgeBaseId base) {
        return db.sql("select count(*) from %s where c.knowledge_base_id = :base".formatted(LIVE))
                .param("base", base.value())
                .query(Long.class)
                .single();
    }

    /// How many of them were read. It reads every one of them.
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
