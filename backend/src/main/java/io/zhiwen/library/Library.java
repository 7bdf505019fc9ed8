package io.zhiwen.library;

import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/// Knowledge bases and their documents: what people keep, what becomes of it, and who may change
/// it. Whatever is absent and whatever is forbidden look the same to a reader. Safe for
/// concurrent use.
@Component
public class Library {

    private final Bases bases;
    private final Uploads uploads;
    private final Documents documents;
    private final DocumentTable table;
    private final Originals originals;
    private final DocumentChanges changes;
    private final SampleBase sample;

    Library(
            Bases bases,
            Uploads uploads,
            Documents documents,
            DocumentTable table,
            Originals originals,
            DocumentChanges changes,
            SampleBase sample) {
        this.bases = bases;
        this.uploads = uploads;
        this.documents = documents;
        this.table = table;
        this.originals = originals;
        this.changes = changes;
        this.sample = sample;
    }

    /// @throws NotAllowed when the principal is no admin
    public KnowledgeBase create(Principal principal, String name) {
        return bases.create(principal, name);
    }

    /// By name.
    public List<KnowledgeBase> bases(Scope scope) {
        return bases.all(scope);
    }

    public Optional<KnowledgeBase> base(Scope scope, KnowledgeBaseId id) {
        return bases.one(scope, id);
    }

    /// @throws NoSuchKnowledgeBase when it is not there for the principal
    /// @throws NotAllowed when the principal does not manage it
    public void rename(Principal principal, KnowledgeBaseId id, String name) {
        bases.rename(principal, id, name);
    }

    /// The base and all in it are gone at once; the bytes follow later.
    ///
    /// @throws NoSuchKnowledgeBase when it is not there for the principal
    /// @throws NotAllowed when the principal does not manage it
    public void delete(Principal principal, KnowledgeBaseId id) {
        bases.delete(principal, id);
    }

    /// Keeps the file and queues the work on it; when this returns, nothing short of a broken disk
    /// loses it. The same content in the same base is one document: the one already there is
    /// returned. A file without bytes becomes a document that has failed. Whatever else has its
    /// name stays.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal only reads
    /// @throws UploadTooLarge when `bytes` holds more than the limit
    public DocumentRow upload(
            Principal principal, KnowledgeBaseId base, String fileName, InputStream bytes)
            throws IOException {
        return upload(principal, base, null, fileName, bytes);
    }

    /// The same into a folder; a document that is already there stays where it lies.
    ///
    /// @param folder null for the top of the base
    /// @throws NoSuchFolder when it is not one of the base
    public DocumentRow upload(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            String fileName,
            InputStream bytes)
            throws IOException {
        return upload(principal, base, folder, fileName, bytes, SameName.KEEP).document();
    }

    /// The same where a document may have its name already.
    ///
    /// @throws DocumentExists when its name is taken and that is to be refused
    public Uploaded upload(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            String fileName,
            InputStream bytes,
            SameName sameName)
            throws IOException {
        return uploads.upload(principal, base, folder, fileName, bytes, sameName);
    }

    /// Which of the names are taken in this place by documents that the principal could bring a
    /// new version of.
    ///
    /// @param folder null for the top of the base
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal only reads
    public List<String> taken(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            List<String> fileNames) {
        return uploads.taken(principal, base, folder, fileNames);
    }

    /// Makes `bytes` the document's next version; readers find the old one until the new one is
    /// ready.
    ///
    /// @throws NoSuchDocument when it is not there for the principal
    /// @throws NotAllowed when the principal only reads
    public DocumentRow replace(
            Principal principal, DocumentId document, String fileName, InputStream bytes)
            throws IOException {
        return uploads.replace(principal, document, fileName, bytes);
    }

    /// Newest first.
    ///
    /// @param cursor of the page before, or null for the first
    /// @throws IllegalArgumentException when `cursor` is not one of ours
    public DocumentPage documents(
            Scope scope, KnowledgeBaseId base, @Nullable String cursor, int limit) {
        return table.stretch(scope, base, Stretch.newest(cursor, limit));
    }

    public Optional<DocumentRow> document(Scope scope, DocumentId id) {
        return documents.one(scope, id);
    }

    /// How long each of them is found; none of those that are gone or not in the scope.
    public Map<DocumentId, DocumentLife> lives(Scope scope, Collection<DocumentId> ids) {
        return documents.lives(scope, ids);
    }

    /// Ends the work on the newest version; an older live one stays.
    ///
    /// @return whether there was work to end; also false when the document is not there
    public boolean cancel(Principal principal, DocumentId id) {
        return changes.cancel(principal, id);
    }

    /// Queues the newest version again after it failed, or the same file as a new version where
    /// part of it stayed unread for a reason that may have passed.
    ///
    /// @return whether there was either; also false when the document is not there
    public boolean retry(Principal principal, DocumentId id) {
        return changes.retry(principal, id);
    }

    /// The document is gone at once; the bytes follow later.
    ///
    /// @return false when the document is not there
    public boolean delete(Principal principal, DocumentId id) {
        return changes.delete(principal, id);
    }

    /// The documents that came in an archive or a mail, by their names there.
    ///
    /// @param from how many to leave out
    public List<DocumentRow> parts(Scope scope, DocumentId parent, int from, int limit) {
        return documents.parts(scope, parent, from, limit);
    }

    /// Deletes those of the documents that are of this base and the principal's to edit.
    ///
    /// @return how many
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    public int delete(Principal principal, KnowledgeBaseId base, List<DocumentId> ids) {
        var theirs = changes.changeable(principal, base, ids);
        return theirs.isEmpty() ? 0 : changes.deleteAll(principal, base, theirs);
    }

    /// What was understood of a version, also of one that was replaced.
    public Optional<CleanDocument> content(Scope scope, DocumentId id, int version) {
        return documents.content(scope, id, version);
    }

    /// How the live version was chunked; nothing for any other.
    public List<StoredChunk> chunks(Scope scope, DocumentId id, int version) {
        return documents.chunks(scope, id, version);
    }

    public Optional<Original> original(Scope scope, DocumentId id, int version) {
        return originals.of(scope, id, version);
    }

    /// Where the lines of a page that is a picture stand; none on any other page. Empty where the
    /// version is not there to be read.
    public Optional<List<ScannedPage.Line>> scannedLines(
            Scope scope, DocumentId id, int version, int page) {
        return documents.scannedLines(scope, id, version, page);
    }

    /// What was uploaded, byte for byte.
    ///
    /// @throws DamagedBlob when the store has not these bytes any more
    public Resource bytesOf(Original original) throws IOException {
        return originals.bytesOf(original);
    }

    /// The sample base about Zhiwen itself, made of ordinary uploads; the one already there when it
    /// was loaded before.
    ///
    /// @throws NotAllowed when the principal is no admin
    public KnowledgeBase loadSample(Principal principal) throws IOException {
        return sample.load(principal);
    }
}
