package io.zhiwen.account;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants searched of all they may read: whole bases, folders with all below them, and
/// single documents. Everything where none is named.
///
/// @param assistant whose bases they are among; null for none
public record Choice(
        List<KnowledgeBaseId> bases,
        List<UUID> folders,
        List<DocumentId> documents,
        @Nullable UUID assistant) {

    public static final Choice EVERYTHING = new Choice(List.of(), List.of(), List.of());

    public Choice {
        bases = List.copyOf(bases);
        folders = List.copyOf(folders);
        documents = List.copyOf(documents);
    }

    public Choice(List<KnowledgeBaseId> bases, List<UUID> folders, List<DocumentId> documents) {
        this(bases, folders, documents, null);
    }

    /// The same, asked through this assistant; through none where it is null.
    public Choice through(@Nullable UUID other) {
        return new Choice(bases, folders, documents, other);
    }

    public static Choice ofBases(Collection<KnowledgeBaseId> bases) {
        return new Choice(List.copyOf(bases), List.of(), List.of());
    }

    /// Whether it names nothing, which is everything.
    public boolean isEmpty() {
        return assistant == null && bases.isEmpty() && isOfBases();
    }

    /// Whether it names no folder and no document.
    public boolean isOfBases() {
        return folders.isEmpty() && documents.isEmpty();
    }
}
