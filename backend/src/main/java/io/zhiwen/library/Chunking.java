package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/// How each base cuts its documents: tried on one of them first, then for all. Documents are cut
/// anew from the text that is kept of them, without their files being parsed again; readers find
/// the old passages until the new ones are ready. Safe for concurrent use.
@Component
public class Chunking {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Documents documents;
    private final DocumentChanges changes;
    private final Jobs jobs;
    private final Chunker chunker;

    Chunking(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Documents documents,
            DocumentChanges changes,
            Jobs jobs,
            Chunker chunker) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.documents = documents;
        this.changes = changes;
        this.jobs = jobs;
        this.chunker = chunker;
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public ChunkRules of(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return db.sql(
                        """
                        select coalesce(chunk_rules::text, '') from knowledge_base
                        where id = :id and deleted_at is null
                        """)
                .param("id", base.value())
                .query(String.class)
                .optional()
                .map(Chunking::read)
                .orElseThrow(() -> new NoSuchKnowledgeBase(base));
    }

    /// The passages a document of the base would have. Changes nothing.
    ///
    /// @throws NoSuchDocument when it is not there for them, or nothing was understood of it yet
    public List<Chunk> preview(
            Principal who, KnowledgeBaseId base, DocumentId document, ChunkRules rules) {
        access.require(who, base, Right.MANAGE);
        var scope = access.everythingFor(who);
        return documents
                .one(scope, document)
                .filter(row -> row.base().equals(base))
                .flatMap(row -> documents.content(scope, document, row.version()))
                .map(text -> chunker.chunk(text, rules))
                .orElseThrow(() -> new NoSuchDocument(document));
    }

    /// Keeps the rules and cuts all documents of the base anew; those in work begin again.
    ///
    /// @return how many are cut anew
    public int apply(Principal who, KnowledgeBaseId base, ChunkRules rules) {
        access.require(who, base, Right.MANAGE);
        return transaction.execute(
                _ -> {
                    save(base, rules);
                    restartWork(who, base, null);
                    List<UUID> anew = queueAll(who, base, null);
                    jobs.put(anew, who.label(), Urgency.ANEW);
                    audit.record(
                            who,
                            "base.chunking",
                            Bases.object(base),
                            Map.of(
                                    "rules",
                                    JSON.writeValueAsString(rules),
                                    "documents",
                                    anew.size()));
                    return anew.size();
                });
    }

    /// Cuts one document anew; one in work begins again. In the caller's transaction.
    void cutAgain(Principal who, KnowledgeBaseId base, DocumentId document) {
        restartWork(who, base, document);
        jobs.put(queueAll(who, base, document), who.label(), Urgency.UPLOAD);
    }

    private void save(KnowledgeBaseId base, ChunkRules rules) {
        int updated =
                db.sql(
                                """
                                update knowledge_base set chunk_rules = cast(:rules as jsonb)
                                where id = :id and deleted_at is null
                                """)
                        .param(
                                "rules",
                                rules.equals(ChunkRules.STANDARD)
                                        ? null
                                        : JSON.writeValueAsString(rules))
                        .param("id", base.value())
                        .update();
        if (updated != 1) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    /// What a worker has taken was taken with the rules before. What stands in line is locked, so
    /// that nobody takes it before what this transaction changes can be seen.
    private void restartWork(Principal who, KnowledgeBaseId base, @Nullable DocumentId only) {
        db.sql(
                        """
                        with unfinished as (
                            select d.id, v.status from document d
                            join document_version v
                                on v.document_id = d.id and v.version = d.latest_version
                            where d.knowledge_base_id = :base and d.deleted_at is null
                              and v.status in ('queued', 'parsing', 'embedding')
                              and (cast(:only as uuid) is null or d.id = cast(:only as uuid))
                            order by d.id for update of d, v)
                        select id from unfinished where status <> 'queued' order by id
                        """)
                .param("base", base.value())
                .param("only", only == null ? null : only.value())
                .query((row, _) -> new DocumentId(row.getObject(1, UUID.class)))
                .list()
                .forEach(
                        id -> {
                            changes.endWork(id).ifPresent(jobs::withdraw);
                            changes.retryFailed(who, id);
                        });
    }

    /// @return the jobs
    private List<UUID> queueAll(Principal who, KnowledgeBaseId base, @Nullable DocumentId only) {
        return db.sql(
                        """
                        with cut as (
                            select d.id, v.version + 1 as version, v.file_name, v.sha256, v.bytes,
                                v.version as content_of, v.media_type, v.type_mismatch, v.title,
                                v.pages
                            from document d
                            join document_version v
                                on v.document_id = d.id and v.version = d.latest_version
                            where d.knowledge_base_id = :base and d.deleted_at is null
                              and v.status = 'ready' and v.chunks > 0
                              and (cast(:only as uuid) is null or d.id = cast(:only as uuid))
                            order by d.id for update of d),
                        raised as (
                            update document d set latest_version = c.version from cut c
                            where d.id = c.id)
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, job, uploaded_by, content_of, media_type, type_mismatch, title,
                            pages)
                        select id, version, file_name, sha256, bytes, 'queued', gen_random_uuid(),
                            :by, content_of, media_type, type_mismatch, title, pages
                        from cut returning job
                        """)
                .param("base", base.value())
                .param("only", only == null ? null : only.value())
                .param("by", who.label())
                .query(UUID.class)
                .list();
    }

    static ChunkRules read(@Nullable String json) {
        return json == null || json.isEmpty()
                ? ChunkRules.STANDARD
                : JSON.readValue(json, ChunkRules.class);
    }
}
