package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.Holds;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Releases and rejects versions that are held for review, and takes documents out of readers'
/// sight until somebody does. Each in one transaction that locks the document first and its version
/// second, as everyone does. Whoever may edit a document may put it into quarantine; whoever
/// manages its base decides.
@Component
public class Quarantine {

    private static final int LONGEST_NOTE = 500;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final DocumentChanges changes;
    private final Publishing publishing;
    private final Jobs jobs;
    private final IndexFollower follower;
    private final Holds holds;

    Quarantine(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            DocumentChanges changes,
            Publishing publishing,
            Jobs jobs,
            IndexFollower follower) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
        this.publishing = publishing;
        this.jobs = jobs;
        this.follower = follower;
        this.holds = new Holds(db);
    }

    /// Has readers find exactly these versions. Those that are not held any more, or not the
    /// principal's to decide on, are left out.
    ///
    /// @return how many were released
    /// @throws NotAllowed when the principal manages nothing
    public int release(Principal who, Collection<HeldVersion.Ref> versions) {
        Scope scope = HeldDocuments.mayDecide(access, who, null);
        int released = 0;
        for (HeldVersion.Ref one : versions) {
            if (transaction.execute(_ -> lock(scope, one) && releaseLocked(who, one))) {
                released++;
            }
        }
        follower.wake();
        return released;
    }

    /// Readers go on finding what they found before; a document without a live version has failed.
    ///
    /// @param note why, for whoever brought it; may be empty
    /// @return how many were rejected
    /// @throws NotAllowed when the principal manages nothing
    public int reject(Principal who, Collection<HeldVersion.Ref> versions, String note) {
        Scope scope = HeldDocuments.mayDecide(access, who, null);
        String said = noted(note);
        int rejected = 0;
        for (HeldVersion.Ref one : versions) {
            if (transaction.execute(_ -> lock(scope, one) && rejectLocked(who, one, said))) {
                rejected++;
            }
        }
        return rejected;
    }

    /// Takes documents of a base, and what came in them, out of readers' sight at once. Those that
    /// have no live version, are not there, or are not the principal's to edit, are left out.
    ///
    /// @param note why; may be empty
    /// @return how many were taken out
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal may edit nothing in it
    public int hold(Principal who, KnowledgeBaseId base, List<DocumentId> documents, String note) {
        List<UUID> theirs = changes.changeable(who, base, documents);
        Scope scope = access.everythingFor(who, Right.EDIT);
        var reason = List.of(HoldReason.said(Doubt.BY_HAND, noted(note)));
        int held = 0;
        for (UUID id : changes.withParts(theirs)) {
            var document = new DocumentId(id);
            if (transaction.execute(
                    _ -> changes.lock(scope, document) && holdLocked(who, document, reason))) {
                held++;
            }
        }
        follower.wake();
        return held;
    }

    /// False when that version does not wait any more.
    private boolean lock(Scope scope, HeldVersion.Ref one) {
        return changes.lock(scope, one.document())
                && db.sql(
                                """
                                select exists (
                                    select from document_hold h join document_version v
                                        on v.document_id = h.document_id and v.version = h.version
                                    where h.document_id = :id and h.version = :version
                                      and h.decision is null and v.status = 'held')
                                """)
                        .param("id", one.document().value())
                        .param("version", one.version())
                        .query(Boolean.class)
                        .single();
    }

    /// A version whose vectors are of no use any more is read once more, and not held again.
    private boolean releaseLocked(Principal who, HeldVersion.Ref one) {
        holds.decide(one.document(), "released", who.label(), "");
        if (publishing.release(attempt(one))) {
            end(one, "ready", null, null);
        } else {
            UUID job = UUID.randomUUID();
            db.sql(
                            """
                            update document_version
                            set status = 'queued', queued_at = now(), job = :job, tries = 0,
                                failures = 0, progress_done = 0, progress_total = 0,
                                finished_at = null
                            where document_id = :id and version = :version
                            """)
                    .param("job", job)
                    .param("id", one.document().value())
                    .param("version", one.version())
                    .update();
            jobs.put(job, who.label(), Urgency.UPLOAD);
        }
        audit.record(
                who,
                "document.release",
                DocumentChanges.object(one.document()),
                Map.of("version", one.version()));
        return true;
    }

    private boolean rejectLocked(Principal who, HeldVersion.Ref one, String note) {
        holds.decide(one.document(), "rejected", who.label(), note);
        end(one, "failed", "REJECTED", note);
        audit.record(
                who,
                "document.reject",
                DocumentChanges.object(one.document()),
                Map.of("version", one.version(), "reason", note));
        return true;
    }

    private boolean holdLocked(Principal who, DocumentId document, List<HoldReason> reason) {
        List<Integer> live =
                db.sql(
                                """
                                with taken as (
                                    select id, live_version from document
                                    where id = :id and live_version is not null),
                                gone as (
                                    update document d set live_version = null from taken t
                                    where d.id = t.id),
                                told as (
                                    insert into index_change (document_id, version)
                                    select id, null from taken)
                                select live_version from taken
                                """)
                        .param("id", document.value())
                        .query(Integer.class)
                        .list();
        for (int version : live) {
            var one = new HeldVersion.Ref(document, version);
            holds.hold(document, version, reason, who.label());
            end(one, "held", null, null);
            audit.record(
                    who,
                    "document.quarantine",
                    DocumentChanges.object(document),
                    Map.of("version", version, "reason", reason.getFirst().note()));
        }
        return !live.isEmpty();
    }

    private void end(
            HeldVersion.Ref one, String status, @Nullable String code, @Nullable String detail) {
        db.sql(
                        """
                        update document_version
                        set status = :status, reason_code = :code, reason_detail = :detail,
                            finished_at = now()
                        where document_id = :id and version = :version
                        """)
                .param("status", status)
                .param("code", code, Types.VARCHAR)
                .param("detail", detail, Types.VARCHAR)
                .param("id", one.document().value())
                .param("version", one.version())
                .update();
    }

    private Attempt attempt(HeldVersion.Ref one) {
        return db.sql(
                        """
                        select d.knowledge_base_id, v.attempt from document d
                        join document_version v on v.document_id = d.id and v.version = :version
                        where d.id = :id
                        """)
                .param("id", one.document().value())
                .param("version", one.version())
                .query(
                        (row, _) ->
                                new Attempt(
                                        one.document(),
                                        new KnowledgeBaseId(row.getObject(1, UUID.class)),
                                        one.version(),
                                        row.getInt(2)))
                .single();
    }

    private static String noted(String note) {
        String words = note.replace('\0', ' ').strip();
        return words.substring(0, Math.min(words.length(), LONGEST_NOTE));
    }
}
