package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What failed in a base, by reason, for those who may edit it; and another try for all that failed
/// for the same reason, e.g. when text recognition has been installed. Asked twice, nothing is
/// tried twice.
@Component
public class Failures {

    /// Of which the same bytes can never be read, or somebody has decided.
    private static final List<String> LASTING =
            List.of(
                    Reason.EMPTY.name(),
                    Reason.ENCRYPTED.name(),
                    Reason.ENCRYPTED_PART.name(),
                    "REJECTED",
                    "SUPERSEDED");

    private static final int KEPT_RUNS = 20;

    /// Which failed documents of the base are in reach; what no bytes are kept of failed inside of
    /// an
    /// archive, which is what can be tried again.
    private static final String FAILED =
            """
            from document d join document_version v
                on v.document_id = d.id and v.version = d.latest_version
            where d.knowledge_base_id = :base and d.deleted_at is null and v.status = 'failed'
              and %s
            """
                    .formatted(Reach.CLAUSE);

    private static final String RETRIABLE = " v.bytes > 0 and v.reason_code <> all (:lasting) ";

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Jobs jobs;

    Failures(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Jobs jobs) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.jobs = jobs;
    }

    /// The largest group first.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal may edit nothing in it
    public List<FailureGroup> of(Principal who, KnowledgeBaseId base) {
        return db.sql(
                        """
                        select coalesce(v.reason_code, 'INTERNAL') as reason, count(*) as documents,
                            count(*) filter (where %s) as retriable
                        %s group by 1 order by 2 desc, 1
                        """
                                .formatted(RETRIABLE, FAILED))
                .params(mayEdit(who, base).reach().parameters())
                .param("base", base.value())
                .param("lasting", LASTING.toArray(String[]::new))
                .query(
                        (row, _) ->
                                new FailureGroup(
                                        row.getString("reason"),
                                        row.getInt("documents"),
                                        row.getInt("retriable")))
                .list();
    }

    /// Queues all of the base that failed for the reason, and may end otherwise, anew.
    ///
    /// @return empty when there is none
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal may edit nothing in it
    public Optional<RetryRun> retry(Principal who, KnowledgeBaseId base, String reason) {
        Scope scope = mayEdit(who, base);
        UUID run = UUID.randomUUID();
        transaction.executeWithoutResult(
                _ -> {
                    List<UUID> queued = queue(scope, base, reason);
                    if (!queued.isEmpty()) {
                        jobs.put(queued, who.label(), Urgency.MANY);
                        remember(run, who, base, reason, queued);
                        audit.record(
                                who,
                                "documents.retry",
                                Bases.object(base),
                                Map.of("reason", reason, "documents", queued.size()));
                    }
                });
        return runs(scope, base).stream().filter(each -> each.id().equals(run)).findFirst();
    }

    /// The newest first; the last 20.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal may edit nothing in it
    public List<RetryRun> runs(Principal who, KnowledgeBaseId base) {
        return runs(mayEdit(who, base), base);
    }

    private Scope mayEdit(Principal who, KnowledgeBaseId base) {
        Scope scope = access.everythingFor(who, Right.EDIT);
        if (!scope.allows(base)) {
            access.require(who, base, Right.EDIT);
        }
        return scope;
    }

    /// Locks the documents in the order of their ids, as everyone does.
    ///
    /// @return the jobs
    private List<UUID> queue(Scope scope, KnowledgeBaseId base, String reason) {
        return db.sql(
                        """
                        with failed as (
                            select d.id, v.version
                            %s and coalesce(v.reason_code, 'INTERNAL') = :reason and %s
                            order by d.id for update of d, v)
                        update document_version v
                        set status = 'queued', queued_at = now(), job = gen_random_uuid(),
                            tries = 0, failures = 0, progress_done = 0, progress_total = 0,
                            reason_code = null, reason_detail = null, finished_at = null
                        from failed f
                        where v.document_id = f.id and v.version = f.version
                        returning v.job
                        """
                                .formatted(FAILED, RETRIABLE))
                .params(scope.reach().parameters())
                .param("base", base.value())
                .param("reason", reason)
                .param("lasting", LASTING.toArray(String[]::new))
                .query(UUID.class)
                .list();
    }

    private void remember(
            UUID run, Principal who, KnowledgeBaseId base, String reason, List<UUID> queued) {
        db.sql(
                        """
                        insert into retry_run (id, knowledge_base_id, reason_code, asked_by)
                        values (:id, :base, :reason, :by)
                        """)
                .param("id", run)
                .param("base", base.value())
                .param("reason", reason)
                .param("by", who.label())
                .update();
        db.sql(
                        """
                        insert into retry_run_document (run_id, document_id, version)
                        select :id, document_id, version from document_version
                        where job = any(:jobs)
                        """)
                .param("id", run)
                .param("jobs", queued.toArray(UUID[]::new))
                .update();
        db.sql(
                        """
                        delete from retry_run where id in (
                            select id from retry_run where knowledge_base_id = :base
                            order by asked_at desc, id offset :kept)
                        """)
                .param("base", base.value())
                .param("kept", KEPT_RUNS)
                .update();
    }

    private List<RetryRun> runs(Scope scope, KnowledgeBaseId base) {
        return db.sql(
                        """
                        select r.id, r.reason_code, r.asked_by, r.asked_at, count(*) as documents,
                            count(*) filter (where v.status = 'ready') as ready,
                            count(*) filter (where v.status = 'failed') as failed
                        from retry_run r
                        join retry_run_document m on m.run_id = r.id
                        join document d on d.id = m.document_id and d.latest_version = m.version
                        join document_version v
                            on v.document_id = d.id and v.version = d.latest_version
                        where r.knowledge_base_id = :base and d.deleted_at is null and %s
                        group by r.id order by r.asked_at desc, r.id
                        """
                                .formatted(Reach.CLAUSE))
                .params(scope.reach().parameters())
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new RetryRun(
                                        row.getObject("id", UUID.class),
                                        row.getString("reason_code"),
                                        row.getString("asked_by"),
                                        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                                        row.getInt("documents"),
                                        row.getInt("ready"),
                                        row.getInt("failed")))
                .list();
    }
}
