package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkEdit;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.PassageRefused.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The passages of a document as people mend them: for those who may edit it. Each change is kept
/// with the text the passage was cut with, and the document is cut anew from what was understood of
/// it; so a change holds over later cuts and versions, and can be undone. Safe for concurrent use.
@Component
public class Passages {

    private static final int LONGEST = 4000;

    private final Documents documents;
    private final DocumentChanges changes;
    private final PassageStore store;
    private final Chunking chunking;
    private final Access access;
    private final Audit audit;
    private final TransactionOperations transaction;

    Passages(
            Documents documents,
            DocumentChanges changes,
            PassageStore store,
            Chunking chunking,
            Access access,
            Audit audit,
            TransactionOperations transaction) {
        this.documents = documents;
        this.changes = changes;
        this.store = store;
        this.chunking = chunking;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// A passage that readers find.
    ///
    /// @param edit the change that made it so; null where it is as it was cut
    public record Passage(StoredChunk stored, @Nullable UUID edit) {}

    /// Those that hold the words, in their order.
    ///
    /// @param words empty for all
    /// @throws NoSuchDocument when it is not there for the principal
    /// @throws io.zhiwen.account.NotAllowed when they may not edit it
    public List<Passage> of(Principal principal, DocumentId id, String words) {
        List<StoredChunk> all = live(principal, id);
        String sought = SearchText.fold(words.strip());
        var edits =
                store.of(id, Set.of()).stream()
                        .filter(one -> one.counts() && one.kind() != ChunkEdit.Kind.DISABLED)
                        .collect(
                                Collectors.toMap(
                                        PassageEdit::text, PassageEdit::id, (one, _) -> one));
        return all.stream()
                .filter(one -> SearchText.fold(one.chunk().text()).contains(sought))
                .map(one -> new Passage(one, edits.get(one.chunk().text())))
                .toList();
    }

    /// @return empty when there is no such passage any more
    /// @throws NoSuchDocument when the document is not there for the principal
    /// @throws io.zhiwen.account.NotAllowed when they may not edit it
    public Optional<StoredChunk> one(Principal principal, DocumentId id, long passage) {
        return live(principal, id).stream().filter(one -> one.id() == passage).findFirst();
    }

    /// All changes, the newest first.
    public List<PassageEdit> history(Principal principal, DocumentId id) {
        return store.of(id, texts(live(principal, id)));
    }

    /// @return false when there is no such passage any more
    /// @throws PassageRefused when it cannot say so
    public boolean edit(Principal principal, DocumentId id, long passage, String text) {
        List<StoredChunk> all = live(principal, id);
        Optional<Chunk> chunk = chunk(all, passage);
        if (chunk.isEmpty() || chunk.get().text().equals(text.strip())) {
            return chunk.isPresent();
        }
        String said = checked(text, all);
        change(
                principal,
                id,
                "edit",
                () -> {
                    var before = store.saying(id, chunk.get().text());
                    if (before.filter(one -> one.text().equals(said)).isPresent()) {
                        return;
                    }
                    before.ifPresent(one -> store.end(one.id(), principal.label()));
                    boolean added =
                            before.filter(one -> one.kind() == ChunkEdit.Kind.ADDED).isPresent();
                    store.add(
                            id,
                            added ? ChunkEdit.Kind.ADDED : ChunkEdit.Kind.EDITED,
                            added
                                    ? said
                                    : before.map(PassageStore.Counting::original)
                                            .orElse(chunk.get().text()),
                            said,
                            null,
                            before.map(PassageStore.Counting::id).orElse(null),
                            principal.label());
                });
        return true;
    }

    /// Nobody finds it any more.
    ///
    /// @return false when there is no such passage any more
    /// @throws PassageRefused when it is the only one
    public boolean disable(Principal principal, DocumentId id, long passage) {
        List<StoredChunk> all = live(principal, id);
        Optional<Chunk> chunk = chunk(all, passage);
        if (chunk.isEmpty()) {
            return false;
        }
        if (all.size() == 1) {
            throw new PassageRefused(Reason.LAST);
        }
        change(
                principal,
                id,
                "disable",
                () -> {
                    var before = store.saying(id, chunk.get().text());
                    if (before.filter(one -> one.kind() == ChunkEdit.Kind.DISABLED).isPresent()) {
                        return;
                    }
                    before.ifPresent(one -> store.end(one.id(), principal.label()));
                    if (before.filter(one -> one.kind() == ChunkEdit.Kind.ADDED).isEmpty()) {
                        store.add(
                                id,
                                ChunkEdit.Kind.DISABLED,
                                before.map(PassageStore.Counting::original)
                                        .orElse(chunk.get().text()),
                                "",
                                null,
                                before.map(PassageStore.Counting::id).orElse(null),
                                principal.label());
                    }
                });
        return true;
    }

    /// Adds one beside another, whose place it has from then on.
    ///
    /// @param beside null for the last one
    /// @return false when there is none to put it beside
    /// @throws PassageRefused when it cannot say so
    public boolean add(Principal principal, DocumentId id, @Nullable Long beside, String text) {
        List<StoredChunk> all = live(principal, id);
        Optional<Chunk> place =
                beside == null && !all.isEmpty()
                        ? Optional.of(all.getLast().chunk())
                        : beside == null ? Optional.empty() : chunk(all, beside);
        if (place.isEmpty()) {
            return false;
        }
        String said = checked(text, all);
        change(
                principal,
                id,
                "add",
                () -> {
                    if (store.saying(id, said).isPresent()) {
                        throw new PassageRefused(Reason.TWICE);
                    }
                    store.add(
                            id,
                            ChunkEdit.Kind.ADDED,
                            said,
                            said,
                            place.get(),
                            null,
                            principal.label());
                });
        return true;
    }

    /// What it took the place of counts again.
    ///
    /// @return false when there is no such change, or it has ended
    public boolean undo(Principal principal, DocumentId id, UUID edit) {
        live(principal, id);
        if (store.find(id, edit).isEmpty()) {
            return false;
        }
        change(
                principal,
                id,
                "undo",
                () -> {
                    store.end(edit, principal.label());
                    store.revivePredecessor(edit);
                });
        return true;
    }

    /// Those of the texts, by document, that people wrote and no file says.
    public Map<DocumentId, Set<String>> written(Collection<DocumentId> ids) {
        return ids.isEmpty() ? Map.of() : store.written(ids);
    }

    private void change(Principal principal, DocumentId id, String action, Runnable work) {
        transaction.executeWithoutResult(
                _ -> {
                    Scope scope = access.everythingFor(principal);
                    var row = documents.one(scope, id).orElseThrow(() -> new NoSuchDocument(id));
                    if (!changes.lock(scope, id)) {
                        throw new NoSuchDocument(id);
                    }
                    work.run();
                    chunking.cutAgain(principal, row.base(), id);
                    audit.record(
                            principal,
                            "document.passage." + action,
                            DocumentChanges.object(id),
                            Map.of());
                });
    }

    private List<StoredChunk> live(Principal principal, DocumentId id) {
        Scope scope = access.everythingFor(principal);
        if (!changes.mayChange(principal, scope, id)) {
            throw new NoSuchDocument(id);
        }
        int version = documents.one(scope, id).map(DocumentRow::version).orElseThrow();
        List<StoredChunk> found = documents.chunks(scope, id, version);
        for (int older = version - 1; found.isEmpty() && older > 0; older--) {
            found = documents.chunks(scope, id, older);
        }
        return found;
    }

    private static Optional<Chunk> chunk(List<StoredChunk> all, long id) {
        return all.stream().filter(one -> one.id() == id).map(StoredChunk::chunk).findFirst();
    }

    private static Set<String> texts(List<StoredChunk> all) {
        return all.stream().map(one -> one.chunk().text()).collect(Collectors.toSet());
    }

    private static String checked(String text, List<StoredChunk> all) {
        String said = text.replace('\u0000', ' ').replace("\r\n", "\n").strip();
        if (said.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new PassageRefused(Reason.NO_TEXT);
        }
        if (said.length() > LONGEST) {
            throw new PassageRefused(Reason.TOO_LONG);
        }
        if (texts(all).contains(said)) {
            throw new PassageRefused(Reason.TWICE);
        }
        return said;
    }
}
