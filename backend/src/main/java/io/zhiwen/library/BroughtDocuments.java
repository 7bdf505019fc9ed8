package io.zhiwen.library;

import io.zhiwen.account.Audit;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Documents that no person uploads but a source of the base brings. First the bytes, then the rest
/// in the caller's transaction, so that what the source remembers and what the base holds cannot
/// disagree. Their work stands behind uploads of people.
@Component
public class BroughtDocuments {

    private final JdbcClient db;
    private final Audit audit;
    private final BlobStore blobs;
    private final NewVersions versions;
    private final DocumentChanges changes;
    private final Folders folders;
    private final Jobs jobs;
    private final IndexFollower follower;
    private final UploadLimit limit;

    BroughtDocuments(
            JdbcClient db,
            Audit audit,
            BlobStore blobs,
            NewVersions versions,
            DocumentChanges changes,
            Folders folders,
            Jobs jobs,
            IndexFollower follower,
            UploadLimit limit) {
        this.db = db;
        this.audit = audit;
        this.blobs = blobs;
        this.versions = versions;
        this.changes = changes;
        this.folders = folders;
        this.jobs = jobs;
        this.follower = follower;
        this.limit = limit;
    }

    /// Where a source puts what it brings, and under whose name.
    ///
    /// @param folder null for the top of the base
    public record Into(KnowledgeBaseId base, @Nullable FolderId folder, String by) {}

    /// What a document is called, and how it is opened where it came from.
    ///
    /// @param link null when a browser cannot open it
    public record Named(String name, @Nullable String link) {}

    /// @param made false when the base had these bytes already
    public record Brought(DocumentId document, boolean made) {}

    /// Safely on disk, and gone again in a day when nothing comes of it.
    ///
    /// @throws UploadTooLarge when there are more bytes than a person may upload
    public BlobStore.Stored keep(InputStream bytes) throws IOException {
        return blobs.put(bytes, limit.bytes());
    }

    /// A new document, or the one of the base that holds the same bytes for the same readers.
    public Brought add(Into into, Named named, BlobStore.Stored stored) throws IOException {
        lock(into, stored);
        Long acl = into.folder() == null ? null : folders.aclOf(into.folder());
        Optional<DocumentId> there = already(into.base(), acl, stored);
        if (there.isPresent()) {
            return new Brought(there.get(), false);
        }
        DocumentId id = DocumentId.random();
        String name = FileNames.clean(named.name());
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, latest_version,
                            created_by, folder_id, acl_id, link)
                        values (:id, :base, :name, 0, :by, :folder, :acl, :link)
                        """)
                .param("id", id.value())
                .param("base", into.base().value())
                .param("name", name)
                .param("by", into.by())
                .param("folder", into.folder() == null ? null : into.folder().value(), Types.OTHER)
                .param("acl", acl, Types.BIGINT)
                .param("link", named.link(), Types.VARCHAR)
                .update();
        version(into, id, 1, name, stored);
        audit.record(
                into.by(),
                "document.upload",
                DocumentChanges.object(id),
                Map.of("name", name, "base", into.base().toString(), "bytes", stored.bytes()));
        return new Brought(id, true);
    }

    /// Makes the bytes the document's next version; readers find the old one until it is ready.
    ///
    /// @throws NoSuchDocument when it is not there any more
    public void replace(Into into, DocumentId document, Named named, BlobStore.Stored stored)
            throws IOException {
        lock(into, stored);
        int version = versions.next(document);
        String name = FileNames.clean(named.name());
        changes.endWork(document).ifPresent(jobs::withdraw);
        db.sql("update document set link = :link where id = :id")
                .param("link", named.link(), Types.VARCHAR)
                .param("id", document.value())
                .update();
        version(into, document, version, name, stored);
        audit.record(
                into.by(),
                "document.replace",
                DocumentChanges.object(document),
                Map.of("name", name, "version", version));
    }

    /// What it was made from is called otherwise now, also when a version in work is published.
    public void rename(DocumentId document, Named named) {
        db.sql(
                        """
                        update document set name = :name, link = :link, updated_at = now()
                        where id = :id and deleted_at is null
                        """)
                .param("name", FileNames.clean(named.name()))
                .param("link", named.link(), Types.VARCHAR)
                .param("id", document.value())
                .update();
        db.sql(
                        """
                        update document_version set file_name = :name
                        where document_id = :id and status in ('queued', 'parsing', 'embedding')
                        """)
                .param("name", FileNames.clean(named.name()))
                .param("id", document.value())
                .update();
    }

    /// The document is gone at once; the bytes follow later.
    ///
    /// @return false when it was gone already
    public boolean remove(Into into, DocumentId document) {
        boolean there =
                db.sql("select 1 from document where id = :id and deleted_at is null for update")
                        .param("id", document.value())
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (there) {
            changes.remove(document);
            audit.record(into.by(), "document.delete", DocumentChanges.object(document), Map.of());
        }
        return there;
    }

    /// Has the index follow now what was removed.
    public void removed() {
        follower.wake();
    }

    private void lock(Into into, BlobStore.Stored stored) throws IOException {
        versions.lockBase(into.base());
        try {
            versions.lockContent(stored);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void version(
            Into into, DocumentId id, int version, String name, BlobStore.Stored stored) {
        versions.add(
                new NewVersions.By(into.by(), false),
                id,
                version,
                name,
                stored,
                NewVersions.emptiness(stored),
                Urgency.SYNC);
    }

    private Optional<DocumentId> already(
            KnowledgeBaseId base, @Nullable Long acl, BlobStore.Stored stored) {
        return db.sql(
                        """
                        select d.id from document d
                        join document_version v
                            on v.document_id = d.id and v.version = d.latest_version
                        where d.knowledge_base_id = :base and d.deleted_at is null
                          and d.parent_id is null and v.sha256 = :sha256
                          and d.acl_id is not distinct from :acl
                        order by d.created_at, d.id limit 1
                        for update of d
                        """)
                .param("base", base.value())
                .param("sha256", stored.sha256().hex())
                .param("acl", acl, Types.BIGINT)
                .query((row, _) -> new DocumentId(row.getObject(1, UUID.class)))
                .optional();
    }
}
