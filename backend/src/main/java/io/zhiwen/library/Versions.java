package io.zhiwen.library;

import io.zhiwen.ingest.BaseRules;
import io.zhiwen.ingest.doubt.HoldRules;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.BaseSpaces;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.node.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What workers do to the state of a version: take it, give it back, give it up. Each step and what
/// the timeline says of it are one transaction.
@Component
final class Versions {

    private static final String QUEUED =
            "status = 'queued', queued_at = now(), progress_done = 0, progress_total = 0";

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Node node;

    Versions(JdbcClient db, TransactionOperations transaction, Node node) {
        this.db = db;
        this.transaction = transaction;
        this.node = node;
    }

    /// @param tries how often it was taken since it was queued, this time included
    /// @param failures how often it failed in passing since then
    /// @param rules of its base
    /// @param kept of which version the text is cut anew; null for a file to parse
    record Work(
            String fileName,
            Sha256 sha256,
            long bytes,
            Attempt attempt,
            int tries,
            int failures,
            BaseRules rules,
            @Nullable Kept kept) {}

    /// What was understood of the same file before.
    record Kept(int version, ParsedDocument parsed) {}

    /// Takes the version this job is for; from here on an earlier taker's attempt counts no more.
    /// Empty when there is nothing to do: finished, cancelled or deleted.
    Optional<Work> take(UUID job) {
        return transaction.execute(
                _ -> {
                    lock(job);
                    return takeLocked(job);
                });
    }

    /// A statement that waits for the version itself would not see the try of the taker it waited
    /// for: that began after it.
    private void lock(UUID job) {
        db.sql("select 1 from document_version where job = :job for update")
                .param("job", job)
                .query(Integer.class)
                .list();
    }

    private Optional<Work> takeLocked(UUID job) {
        return db.sql(
                        """
                        with taken as (
                            update document_version v
                            set attempt = attempt + 1, tries = tries + 1, status = 'parsing',
                                progress_done = 0, progress_total = 0, started_at = now()
                            from document d join knowledge_base b on b.id = d.knowledge_base_id
                                left join embedding_space s on s.id = b.space_id
                            where v.job = :job and v.status in ('queued', 'parsing', 'embedding')
                              and d.id = v.document_id
                              and d.deleted_at is null and b.deleted_at is null
                            returning v.document_id, v.version, v.attempt, v.tries, v.failures,
                                v.file_name, v.sha256, v.bytes, d.knowledge_base_id, v.queued_at,
                                b.sensitive_data, b.holds, v.unmanaged,
                                b.chunk_rules::text as chunk_rules, v.content_of,
                                v.media_type, v.type_mismatch, v.pages, %s),
                        lost as (
                            update ingest_try t set outcome = 'lost', ended_at = now()
                            from taken v
                            where t.document_id = v.document_id and t.version = v.version
                              and t.outcome is null
                            returning t.attempt),
                        forgotten as (
                            delete from ingest_try t using taken v
                            where t.document_id = v.document_id and t.version = v.version
                              and t.attempt <= v.attempt - :kept and t.outcome is not null),
                        begun as (
                            insert into ingest_try
                                (document_id, version, attempt, node, queued_at)
                            select document_id, version, attempt, :node,
                                case when not exists (select from lost) then queued_at end
                            from taken)
                        select * from taken
                        """
                                .formatted(BaseSpaces.COLUMNS))
                .param("node", node.name())
                .param("kept", Timelines.KEPT)
                .param("job", job)
                .query(
                        (row, _) ->
                                new Work(
                                        row.getString("file_name"),
                                        new Sha256(row.getString("sha256")),
                                        row.getLong("bytes"),
                                        new Attempt(
                                                new DocumentId(
                                                        row.getObject("document_id", UUID.class)),
                                                new KnowledgeBaseId(
                                                        row.getObject(
                                                                "knowledge_base_id", UUID.class)),
                                                row.getInt("version"),
                                                row.getInt("attempt")),
                                        row.getInt("tries"),
                                        row.getInt("failures"),
                                        new BaseRules(
                                                SensitiveDataPolicies.read(
                                                        row.getString("sensitive_data")),
                                                Chunking.read(row.getString("chunk_rules")),
                                                BaseSpaces.read(row),
                                                holds(row)),
                                        kept(row)))
                .optional();
    }

    /// A new cut of what readers find already is not held back again.
    private static HoldRules holds(ResultSet row) throws SQLException {
        if (row.getObject("content_of") != null) {
            return HoldRules.NEVER;
        }
        return new HoldRules(
                HoldPolicies.read((String[]) row.getArray("holds").getArray()),
                row.getBoolean("unmanaged"));
    }

    private static @Nullable Kept kept(ResultSet row) throws SQLException {
        Integer version = row.getObject("content_of", Integer.class);
        String mediaType = row.getString("media_type");
        return version == null || mediaType == null
                ? null
                : new Kept(
                        version,
                        new ParsedDocument(
                                mediaType,
                                row.getBoolean("type_mismatch"),
                                null,
                                row.getObject("pages", Integer.class),
                                List.of()));
    }

    /// Back into the queue, for its job to run again: it failed for a reason that may pass.
    ///
    /// @return false when the attempt no longer counts
    boolean retry(Attempt attempt, String reasonCode, String detail) {
        return end(
                attempt,
                QUEUED + ", failures = failures + 1",
                IngestTry.Outcome.RETRIED,
                reasonCode,
                detail);
    }

    /// Back into the queue, to begin anew: nothing failed.
    ///
    /// @return false when the attempt no longer counts
    boolean giveBack(Attempt attempt) {
        return end(attempt, QUEUED, IngestTry.Outcome.GIVEN_BACK, null, null);
    }

    /// Back into the queue as if it had not been taken: the fault is none of the file's.
    ///
    /// @return false when the attempt no longer counts
    boolean postpone(Attempt attempt, String detail) {
        return end(
                attempt,
                QUEUED + ", tries = tries - 1",
                IngestTry.Outcome.POSTPONED,
                "OUTAGE",
                detail);
    }

    /// The end of it, until someone asks for another try.
    void fail(Attempt attempt, String reasonCode, String detail) {
        boolean _ =
                end(
                        attempt,
                        """
                        status = 'failed', reason_code = :code, reason_detail = :detail,
                        finished_at = now(), job = null\
                        """,
                        IngestTry.Outcome.FAILED,
                        reasonCode,
                        detail);
    }

    /// @param change of the version's row
    private boolean end(
            Attempt attempt,
            String change,
            IngestTry.Outcome outcome,
            @Nullable String reasonCode,
            @Nullable String detail) {
        return db.sql(
                                """
                                with ended as (
                                    update document_version set %s
                                    where document_id = :document and version = :version
                                      and attempt = :attempt and status in ('parsing', 'embedding')
                                    returning attempt),
                                told as (
                                    update ingest_try t
                                    set outcome = :outcome, ended_at = now(),
                                        reason_code = :code, reason_detail = :detail,
                                        chunks = case when v.status = 'embedding'
                                                 then v.progress_done end
                                    from ended e, document_version v
                                    where v.document_id = :document and v.version = :version
                                      and t.document_id = :document and t.version = :version
                                      and t.attempt = e.attempt and t.outcome is null)
                                select count(*) from ended
                                """
                                        .formatted(change))
                        .param("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .param("code", reasonCode, Types.VARCHAR)
                        .param(
                                "detail",
                                detail == null ? null : detail.replace('\0', ' '),
                                Types.VARCHAR)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .query(Integer.class)
                        .single()
                == 1;
    }
}
