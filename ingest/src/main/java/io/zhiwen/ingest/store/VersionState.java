package io.zhiwen.ingest.store;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.ParsedDocument;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The row of a version on its way to readers, moved on in the caller's transaction; each step
/// throws `AttemptLost` when the attempt no longer counts.
final class VersionState {

    private final JdbcClient db;

    VersionState(JdbcClient db) {
        this.db = db;
    }

    /// The text itself is kept in the same transaction.
    void understood(Attempt attempt, ParsedDocument parsed, CleanDocument clean, int chunks) {
        int updated =
                db.sql(
                                """
                                update document_version
                                set status = 'embedding', progress_done = 0, progress_total = :chunks,
                                    media_type = :mediaType, type_mismatch = :mismatch, title = :title,
                                    pages = :pages
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status in ('parsing', 'embedding')
                                """)
                        .param("chunks", chunks)
                        .param("mediaType", parsed.mediaType())
                        .param("mismatch", parsed.typeMismatch())
                        .param("title", clean.title() == null ? null : Storable.text(clean.title()))
                        .param("pages", parsed.pages())
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
        db.sql(
                        """
                        update ingest_try set pages = :pages, findings = cast(:findings as jsonb)
                        where document_id = :document and version = :version
                          and attempt = :attempt
                        """)
                .param("pages", parsed.pages())
                .param("findings", ContentJson.write(clean.findings()))
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .param("attempt", attempt.number())
                .update();
    }

    void progress(Attempt attempt, int chunks) {
        int updated =
                db.sql(
                                """
                                update document_version set progress_done = progress_done + :chunks
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status = 'embedding'
                                """)
                        .param("chunks", chunks)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
    }

    /// Locks the document first and its version second, as everyone does.
    void makeLive(Attempt attempt) {
        int updated =
                db.sql(
                                """
                                update document d
                                set live_version = v.version, withheld = false, updated_at = now(),
                                    name = case when d.renamed then d.name else v.file_name end
                                from document_version v
                                where d.id = :document and d.deleted_at is null
                                  and (d.live_version is null or d.live_version < :version)
                                  and v.document_id = d.id and v.version = :version
                                """)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .update();
        stillCounts(attempt, updated);
    }

    /// Whoever publishes, holds or decides comes one after the other; false when it is deleted.
    boolean lockDocument(Attempt attempt) {
        return db.sql("select 1 from document where id = :id and deleted_at is null for update")
                .param("id", attempt.document().value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /// The end of the attempt's try with it.
    ///
    /// @param status `ready` or `held`
    void finish(Attempt attempt, String status) {
        int updated =
                db.sql(
                                """
                                update document_version
                                set status = :status, chunks = progress_total, finished_at = now(),
                                    reason_code = null, reason_detail = null,
                                    tokens = (
                                        select coalesce(sum(c.tokens), 0) from chunk c
                                        where c.document_id = :document and c.version = :version)
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status = 'embedding'
                                  and progress_done = progress_total
                                """)
                        .param("status", status)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
        db.sql(
                        """
                        update ingest_try t
                        set outcome = :status, ended_at = clock_timestamp(), chunks = v.chunks
                        from document_version v
                        where t.document_id = :document and t.version = :version
                          and t.attempt = :attempt
                          and v.document_id = t.document_id and v.version = t.version
                        """)
                .param("status", status)
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .param("attempt", attempt.number())
                .update();
    }

    void requireVectorsOfItsBase(Attempt attempt) {
        if (!hasVectorsOfItsBase(attempt)) {
            throw new OtherSpace(attempt);
        }
    }

    /// Whoever changes the space waits for this transaction, and the next one sees it changed.
    boolean hasVectorsOfItsBase(Attempt attempt) {
        db.sql("select 1 from knowledge_base where id = :base for share")
                .param("base", attempt.base().value())
                .query(Integer.class)
                .optional();
        return db.sql(
                        """
                                select not exists (
                                    select from chunk c join knowledge_base b on b.id = :base
                                    where c.document_id = :document and c.version = :version
                                      and not exists (
                                          select from chunk_vector v
                                          join embedding_space s on s.id = v.space_id
                                          where v.chunk_id = c.id
                                            and (s.id = b.space_id
                                                 or b.space_id is null and s.probe is null)))
                                """)
                .param("base", attempt.base().value())
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .query(Boolean.class)
                .single();
    }

    /// The indexes read the document anew. One change for each document is enough: whoever follows
    /// reads what is live now.
    void tellIndexes(Attempt attempt) {
        db.sql("delete from index_change where document_id = :document")
                .param("document", attempt.document().value())
                .update();
        db.sql("insert into index_change (document_id, version) values (:document, :version)")
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .update();
    }

    /// Says how many pages of a long file are read by now.
    void read(Attempt attempt, int pages, int of) {
        int updated =
                db.sql(
                                """
                                update document_version
                                set progress_done = :pages, progress_total = :of
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status = 'parsing'
                                """)
                        .param("pages", pages)
                        .param("of", of)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
    }

    private static void stillCounts(Attempt attempt, int updated) {
        if (updated != 1) {
            throw new AttemptLost(attempt);
        }
    }
}
