package io.zhiwen.library;

import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Adds a version and the job for it, in the caller's transaction.
@Component
final class NewVersions {

    private final JdbcClient db;
    private final BlobStore blobs;
    private final Jobs jobs;

    NewVersions(JdbcClient db, BlobStore blobs, Jobs jobs) {
        this.db = db;
        this.blobs = blobs;
        this.jobs = jobs;
    }

    /// One upload of these bytes at a time, and none while unreferenced bytes are purged.
    void lockContent(BlobStore.Stored stored) {
        ContentLock.take(db, stored.sha256());
        try {
            if (!blobs.contains(stored.sha256())) {
                throw new BlobStoreUnavailable(
                        "The same bytes were being removed; send them again.", null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whoever deletes the base waits, or has already won.
    void lockBase(KnowledgeBaseId base) {
        boolean there =
                db.sql(
                                """
                                select 1 from knowledge_base
                                where id = :id and deleted_at is null for share
                                """)
                        .param("id", base.value())
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (!there) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    /// The number of a document's next version; the document is locked.
    int next(DocumentId document) {
        return db.sql(
                                """
                                select latest_version from document
                                where id = :id and deleted_at is null for update
                                """)
                        .param("id", document.value())
                        .query(Integer.class)
                        .optional()
                        .orElseThrow(() -> new NoSuchDocument(document))
                + 1;
    }

    /// Who brings a version.
    ///
    /// @param label as lists and the audit trail name them
    /// @param manages whether they manage the base; a base may hold back what others bring
    record By(String label, boolean manages) {}

    /// @param unread why there is nothing to do for it; null for a file to work on
    void add(
            By by,
            DocumentId document,
            int version,
            String name,
            BlobStore.Stored stored,
            @Nullable Reason unread) {
        add(by, document, version, name, stored, unread, Urgency.UPLOAD);
    }

    void add(
            By by,
            DocumentId document,
            int version,
            String name,
            BlobStore.Stored stored,
            @Nullable Reason unread,
            Urgency urgency) {
        UUID job = UUID.randomUUID();
        db.sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, reason_code, finished_at, job, uploaded_by, unmanaged)
                        values (:document, :version, :name, :sha256, :bytes, :status, :reason,
                            case when :status = 'failed' then now() end, :job, :by,
                            :unmanaged)
                        """)
                .param("document", document.value())
                .param("version", version)
                .param("name", name)
                .param("sha256", stored.sha256().hex())
                .param("bytes", stored.bytes())
                .param("status", unread == null ? "queued" : "failed")
                .param("reason", unread == null ? null : unread.name())
                .param("job", unread == null ? job : null)
                .param("by", by.label())
                .param("unmanaged", !by.manages())
                .update();
        db.sql("update document set latest_version = :version, updated_at = now() where id = :id")
                .param("version", version)
                .param("id", document.value())
                .update();
        if (unread == null) {
            jobs.put(job, by.label(), urgency);
        }
    }

    /// Why a file without bytes fails at once; null for any other.
    static @Nullable Reason emptiness(BlobStore.Stored stored) {
        return stored.bytes() == 0 ? Reason.EMPTY : null;
    }
}
