package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Cancels, tries again and deletes. Each in one transaction that locks the document first and its
/// version second, as everyone does.
@Component
final class DocumentChanges {

    private static final int MOST_NAMED = 500;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Documents documents;
    private final Jobs jobs;
    private final IndexFollower follower;
    private final Rereading rereading;

    DocumentChanges(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Documents documents,
            Jobs jobs,
            IndexFollower follower) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.documents = documents;
        this.jobs = jobs;
        this.follower = follower;
        this.rereading = new Rereading(db, documents, jobs, audit);
    }

    boolean cancel(Principal principal, DocumentId id) {
        Scope scope = access.everythingFor(principal);
        if (!mayChange(principal, scope, id)) {
            return false;
        }
        return transaction.execute(_ -> lock(scope, id) && cancelLocked(principal, id));
    }

    boolean retry(Principal principal, DocumentId id) {
        Scope scope = access.everythingFor(principal);
        if (!mayChange(principal, scope, id)) {
            return false;
        }
        return transaction.execute(
                _ ->
                        lock(scope, id)
                                && (retryFailed(principal, id)
                                        || rereading.begin(principal, scope, id)));
    }

    boolean delete(Principal principal, DocumentId id) {
        Scope scope = access.everythingFor(principal);
        if (!mayChange(principal, scope, id)) {
            return false;
        }
        boolean deleted =
                transaction.execute(
                        _ -> {
                            if (!lock(scope, id)) {
                                return false;
                            }
                            remove(id);
                            Failpoint.MID_DELETE.pass();
                            audit.record(principal, "document.delete", object(id), Map.of());
                            return true;
                        });
        follower.wake();
        return deleted;
    }

    /// Deletes them with the files that came in them: all, or none where it fails. Documents are
    /// locked in the order of their ids, as everyone does who takes many.
    ///
    /// @return how many were there
    int deleteAll(Principal principal, KnowledgeBaseId base, List<UUID> ids) {
        int deleted =
                transaction.execute(
                        _ -> {
                            var there = lockAll(ids);
                            there.stream()
                                    .map(DocumentId::new)
                                    .forEach(id -> endWork(id).ifPresent(jobs::withdraw));
                            var all = there.toArray(UUID[]::new);
                            db.sql(
                                            """
                                            update document set deleted_at = now(), updated_at = now()
                                            where id = any(:ids)
                                            """)
                                    .param("ids", all)
                                    .update();
                            db.sql(
                                            """
                                            update document set superseded_by = null
                                            where superseded_by = any(:ids)
                                            """)
                                    .param("ids", all)
                                    .update();
                            db.sql("delete from index_change where document_id = any(:ids)")
                                    .param("ids", all)
                                    .update();
                            db.sql(
                                            """
                                            insert into index_change (document_id, version)
                                            select unnest(:ids::uuid[]), null
                                            """)
                                    .param("ids", all)
                                    .update();
                            audit.record(
                                    principal,
                                    "document.delete",
                                    Bases.object(base),
                                    named(List.copyOf(there)));
                            return Math.toIntExact(ids.stream().filter(there::contains).count());
                        });
        follower.wake();
        return deleted;
    }

    private Set<UUID> lockAll(List<UUID> ids) {
        return new LinkedHashSet<>(
                db.sql(
                                """
                                select d.id from document d
                                where d.deleted_at is null and d.id in (
                                    with recursive whole as (
                                        select unnest(:ids::uuid[]) as id
                                        union
                                        select c.id from document c join whole w on c.parent_id = w.id)
                                    select id from whole)
                                order by d.id for update of d
                                """)
                        .param("ids", ids.toArray(UUID[]::new))
                        .query(UUID.class)
                        .list());
    }

    /// Queues the newest version anew, in the caller's transaction, if it has failed.
    boolean retryFailed(Principal principal, DocumentId id) {
        UUID job = UUID.randomUUID();
        int updated =
                db.sql(
                                """
                                update document_version v
                                set status = 'queued', queued_at = now(), job = :job, tries = 0,
                                    failures = 0, progress_done = 0, progress_total = 0,
                                    reason_code = null, reason_detail = null, finished_at = null
                                from document d
                                where d.id = :id and v.document_id = d.id
                                  and v.version = d.latest_version
                                  and v.status = 'failed' and v.bytes > 0
                                """)
                        .param("job", job)
                        .param("id", id.value())
                        .update();
        if (updated == 1) {
            jobs.put(job, principal.label(), Urgency.UPLOAD);
            audit.record(principal, "document.retry", object(id), Map.of());
        }
        return updated == 1;
    }

    /// Ends the work on whatever version is worked on, in the caller's transaction; its worker can
    /// change nothing any more.
    ///
    /// @return the job that is void now
    Optional<UUID> endWork(DocumentId id) {
        lockWork(id);
        return db
                .sql(
                        """
                        with worked as (
                            select version, job, status, progress_done from document_version
                            where document_id = :id and status in ('queued', 'parsing', 'embedding')),
                        told as (
                            update ingest_try t
                            set outcome = 'cancelled', ended_at = now(),
                                chunks = case when w.status = 'embedding' then w.progress_done end
                            from worked w
                            where t.document_id = :id and t.version = w.version
                              and t.outcome is null)
                        update document_version v
                        set status = 'failed', attempt = v.attempt + 1, job = null,
                            reason_code = 'CANCELLED', reason_detail = null, finished_at = now()
                        from worked w
                        where v.document_id = :id and v.version = w.version
                        returning w.job
                        """)
                .param("id", id.value())
                .query(UUID.class)
                .list()
                .stream()
                .findFirst();
    }

    /// In a statement of its own, so that the next one sees the try of a worker this one waits for.
    private void lockWork(DocumentId id) {
        db.sql(
                        """
                        select 1 from document_version
                        where document_id = :id and status in ('queued', 'parsing', 'embedding')
                        order by version for update
                        """)
                .param("id", id.value())
                .query(Integer.class)
                .list();
    }

    private boolean cancelLocked(Principal principal, DocumentId id) {
        Optional<UUID> job = endWork(id);
        job.ifPresent(jobs::withdraw);
        if (job.isPresent()) {
            audit.record(principal, "document.cancel", object(id), Map.of());
        }
        return job.isPresent();
    }

    /// Ends all work on the document, which the caller has locked, and on the files that came in
    /// it,
    /// and hides them from every reader.
    void remove(DocumentId id) {
        db.sql(
                        """
                        select id from document
                        where parent_id = :id and deleted_at is null order by id for update
                        """)
                .param("id", id.value())
                .query((row, _) -> new DocumentId(row.getObject(1, UUID.class)))
                .list()
                .forEach(this::remove);
        endWork(id).ifPresent(jobs::withdraw);
        tombstone(id);
    }

    private void tombstone(DocumentId id) {
        db.sql("update document set deleted_at = now(), updated_at = now() where id = :id")
                .param("id", id.value())
                .update();
        db.sql("update document set superseded_by = null where superseded_by = :id")
                .param("id", id.value())
                .update();
        db.sql("delete from index_change where document_id = :id").param("id", id.value()).update();
        db.sql("insert into index_change (document_id, version) values (:id, null)")
                .param("id", id.value())
                .update();
    }

    /// Until the end of the transaction; false when it is not there.
    boolean lock(Scope scope, DocumentId id) {
        return db.sql(
                        """
                        select 1 from document d where d.id = :id and d.deleted_at is null and %s
                        for update
                        """
                                .formatted(Reach.CLAUSE))
                .param("id", id.value())
                .params(scope.reach().parameters())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /// Those documents of the base that the principal may edit.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    /// @throws NotAllowed when they may edit nothing in it
    List<UUID> changeable(Principal principal, KnowledgeBaseId base, List<DocumentId> ids) {
        var scope = access.everythingFor(principal, Right.EDIT);
        if (!scope.allows(base)) {
            access.require(principal, base, Right.EDIT);
        }
        return documents.of(scope, base, ids);
    }

    /// What came in an archive or a mail is found as long as that is.
    List<UUID> withParts(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return db.sql(
                        """
                        with recursive whole as (
                            select id from document where id in (:ids)
                            union
                            select d.id from document d join whole w on d.parent_id = w.id)
                        select id from whole
                        """)
                .param("ids", ids)
                .query(UUID.class)
                .list();
    }

    /// False when it is not there for the principal.
    boolean mayChange(Principal principal, Scope scope, DocumentId id) {
        if (documents.one(scope, id).isEmpty()) {
            return false;
        }
        if (documents.one(access.everythingFor(principal, Right.EDIT), id).isEmpty()) {
            throw new NotAllowed(Right.EDIT + " of " + id);
        }
        return true;
    }

    /// As the audit log has them: by their ids, of very many only how many.
    static Map<String, Object> named(List<UUID> ids) {
        return ids.size() <= MOST_NAMED
                ? Map.of("documents", ids.stream().map(UUID::toString).toList())
                : Map.of("count", ids.size());
    }

    static String object(DocumentId id) {
        return "document:" + id;
    }
}
