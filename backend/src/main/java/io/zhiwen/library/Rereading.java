package io.zhiwen.library;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads the file of a ready document once more where part of it stayed unread for a reason that
/// may have passed: a program that was missing, a server that did not answer. In the caller's
/// transaction, which has locked the document. Readers find the old version until then.
final class Rereading {

    private final JdbcClient db;
    private final Documents documents;
    private final Jobs jobs;
    private final Audit audit;

    Rereading(JdbcClient db, Documents documents, Jobs jobs, Audit audit) {
        this.db = db;
        this.documents = documents;
        this.jobs = jobs;
        this.audit = audit;
    }

    /// @return whether there was such a part
    boolean begin(Principal principal, Scope scope, DocumentId id) {
        boolean incomplete =
                documents
                        .one(scope, id)
                        .flatMap(row -> documents.content(scope, id, row.version()))
                        .filter(text -> text.findings().stream().anyMatch(f -> f.kind().mayPass()))
                        .isPresent();
        List<UUID> queued = incomplete ? queue(principal, id) : List.of();
        if (!queued.isEmpty()) {
            jobs.put(queued, principal.label(), Urgency.UPLOAD);
            audit.record(principal, "document.reread", DocumentChanges.object(id), Map.of());
        }
        return !queued.isEmpty();
    }

    private List<UUID> queue(Principal principal, DocumentId id) {
        return db.sql(
                        """
                        with whole as (
                            select d.id, v.version + 1 as version, v.file_name, v.sha256, v.bytes,
                                v.unmanaged
                            from document d
                            join document_version v
                                on v.document_id = d.id and v.version = d.latest_version
                            where d.id = :id and v.status = 'ready'),
                        raised as (
                            update document d set latest_version = w.version, updated_at = now()
                            from whole w where d.id = w.id)
                        insert into document_version (document_id, version, file_name, sha256,
                            bytes, status, job, uploaded_by, unmanaged)
                        select id, version, file_name, sha256, bytes, 'queued', gen_random_uuid(),
                            :by, unmanaged
                        from whole returning job
                        """)
                .param("id", id.value())
                .param("by", principal.label())
                .query(UUID.class)
                .list();
    }
}
