package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Takes files in: the bytes first, safely on disk; then document, version, job and audit row in
/// one transaction; and only then the uploader is told.
@Component
final class Uploads {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final BlobStore blobs;
    private final Documents documents;
    private final DocumentChanges changes;
    private final Folders folders;
    private final Jobs jobs;
    private final NewVersions versions;
    private final NamedDocuments named;
    private final UploadLimit limit;

    Uploads(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            BlobStore blobs,
            Documents documents,
            DocumentChanges changes,
            Folders folders,
            Jobs jobs,
            NewVersions versions,
            NamedDocuments named,
            UploadLimit limit) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.blobs = blobs;
        this.documents = documents;
        this.changes = changes;
        this.folders = folders;
        this.jobs = jobs;
        this.versions = versions;
        this.named = named;
        this.limit = limit;
    }

    /// @param folder of the base that a new document is put into; null for its top
    /// @throws DocumentExists when its name is taken and that is to be refused
    Uploaded upload(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            String fileName,
            InputStream bytes,
            SameName sameName)
            throws IOException {
        var into = new Into(mayUpload(principal, base, folder), base, folder, true);
        return keep(principal, into, fileName, bytes, sameName);
    }

    /// Which of the names are taken by documents that the principal could bring a new version of.
    List<String> taken(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            List<String> fileNames) {
        return named.taken(mayUpload(principal, base, folder), base, folder, fileNames);
    }

    private Scope mayUpload(Principal principal, KnowledgeBaseId base, @Nullable FolderId folder) {
        if (folder == null) {
            access.require(principal, base, Right.UPLOAD);
        } else {
            folders.require(principal, base, folder, Right.UPLOAD);
        }
        return access.everythingFor(principal, Right.UPLOAD);
    }

    /// Where a file goes: a base that is in the scope, which was made for whoever may.
    ///
    /// @param told whether the audit trail tells its name
    record Into(Scope scope, KnowledgeBaseId base, @Nullable FolderId folder, boolean told) {}

    Uploaded keep(
            Principal principal, Into into, String fileName, InputStream bytes, SameName sameName)
            throws IOException {
        BlobStore.Stored stored = blobs.put(bytes, limit.bytes());
        String name = FileNames.clean(fileName);
        Kept kept = inTransaction(() -> take(principal, into, name, stored, sameName));
        Failpoint.AFTER_INSERT_COMMIT.pass();
        return new Uploaded(
                documents
                        .one(into.scope(), kept.document())
                        .orElseThrow(() -> new NoSuchKnowledgeBase(into.base())),
                kept.result());
    }

    private record Kept(DocumentId document, Uploaded.Result result) {}

    /// A document of the same name is looked for first, then one with the same bytes.
    private Kept take(
            Principal principal,
            Into into,
            String name,
            BlobStore.Stored stored,
            SameName sameName) {
        versions.lockBase(into.base());
        Optional<NamedDocuments.Named> same =
                sameName == SameName.KEEP
                        ? Optional.empty()
                        : named.lock(into.scope(), into.base(), into.folder(), name);
        versions.lockContent(stored);
        if (same.isPresent()) {
            return again(principal, into.base(), same.get(), name, stored, sameName);
        }
        return already(principal, into.scope(), into.base(), stored)
                .map(id -> new Kept(id, Uploaded.Result.UNCHANGED))
                .orElseGet(
                        () ->
                                new Kept(
                                        add(principal, into, name, stored),
                                        Uploaded.Result.CREATED));
    }

    private Kept again(
            Principal principal,
            KnowledgeBaseId base,
            NamedDocuments.Named same,
            String name,
            BlobStore.Stored stored,
            SameName sameName) {
        if (same.bytes().equals(stored.sha256())) {
            changes.retryFailed(principal, same.id());
            return new Kept(same.id(), Uploaded.Result.UNCHANGED);
        }
        if (sameName == SameName.REFUSE) {
            throw new DocumentExists(same.id());
        }
        addVersion(principal, base, same.id(), same.version() + 1, name, stored);
        return new Kept(same.id(), Uploaded.Result.VERSION);
    }

    DocumentRow replace(
            Principal principal, DocumentId document, String fileName, InputStream bytes)
            throws IOException {
        Scope scope = access.everythingFor(principal);
        DocumentRow before =
                documents.one(scope, document).orElseThrow(() -> new NoSuchDocument(document));
        if (documents.one(access.everythingFor(principal, Right.UPLOAD), document).isEmpty()) {
            throw new NotAllowed(Right.UPLOAD + " of " + document);
        }
        BlobStore.Stored stored = blobs.put(bytes, limit.bytes());
        String name = FileNames.clean(fileName);
        inTransaction(
                () -> {
                    versions.lockBase(before.base());
                    int version = versions.next(document);
                    versions.lockContent(stored);
                    addVersion(principal, before.base(), document, version, name, stored);
                    return document;
                });
        return documents.one(scope, document).orElseThrow(() -> new NoSuchDocument(document));
    }

    /// Of a document that is locked. Work on the version before is given up.
    private void addVersion(
            Principal principal,
            KnowledgeBaseId base,
            DocumentId document,
            int version,
            String name,
            BlobStore.Stored stored) {
        changes.endWork(document).ifPresent(jobs::withdraw);
        versions.add(
                by(principal, base),
                document,
                version,
                name,
                stored,
                NewVersions.emptiness(stored));
        audit.record(
                principal,
                "document.replace",
                DocumentChanges.object(document),
                Map.of("name", name, "version", version));
    }

    private NewVersions.By by(Principal principal, KnowledgeBaseId base) {
        return new NewVersions.By(
                principal.label(), access.rights(principal, base).contains(Right.MANAGE));
    }

    /// An outage of the store is told as one.
    private <T> T inTransaction(Supplier<T> work) throws IOException {
        try {
            return transaction.execute(_ -> work.get());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// The document that holds the same bytes; one that failed is tried again.
    private Optional<DocumentId> already(
            Principal principal, Scope scope, KnowledgeBaseId base, BlobStore.Stored stored) {
        Optional<DocumentId> found =
                db.sql(
                                """
                                select d.id from document d
                                join document_version v
                                    on v.document_id = d.id and v.version = d.latest_version
                                where d.knowledge_base_id = :base and d.deleted_at is null
                                  and d.parent_id is null and v.sha256 = :sha256 and %s
                                order by d.created_at, d.id
                                limit 1
                                for update of d
                                """
                                        .formatted(Reach.CLAUSE))
                        .params(scope.reach().parameters())
                        .param("base", base.value())
                        .param("sha256", stored.sha256().hex())
                        .query((row, _) -> new DocumentId(row.getObject(1, UUID.class)))
                        .optional();
        found.ifPresent(id -> changes.retryFailed(principal, id));
        return found;
    }

    private DocumentId add(Principal principal, Into into, String name, BlobStore.Stored stored) {
        DocumentId id = DocumentId.random();
        FolderId folder = into.folder();
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, latest_version,
                            created_by, folder_id, acl_id)
                        values (:id, :base, :name, 0, :by, :folder, :acl)
                        """)
                .param("id", id.value())
                .param("base", into.base().value())
                .param("folder", folder == null ? null : folder.value(), Types.OTHER)
                .param("acl", folder == null ? null : folders.aclOf(folder), Types.BIGINT)
                .param("name", name)
                .param("by", principal.label())
                .update();
        versions.add(
                by(principal, into.base()), id, 1, name, stored, NewVersions.emptiness(stored));
        audit.record(
                principal,
                "document.upload",
                DocumentChanges.object(id),
                into.told()
                        ? Map.of(
                                "name",
                                name,
                                "base",
                                into.base().toString(),
                                "bytes",
                                stored.bytes())
                        : Map.of("attached", true, "bytes", stored.bytes()));
        return id;
    }
}
