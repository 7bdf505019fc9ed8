package io.zhiwen.account;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What somebody wants searched of all they may read: whole bases, folders with all below them, and
/// single documents. Everything where none is named.
public record Choice(List<KnowledgeBaseId> bases, List<UUID> folders, List<DocumentId> documents) {

    public static final Choice EVERYTHING = new Choice(List.of(), List.of(), List.of());

    public Choice {
        bases = List.copyOf(bases);
        folders = List.copyOf(folders);
        documents = List.copyOf(documents);
    }

    public static Choice ofBases(Collection<KnowledgeBaseId> bases) {
        return new Choice(List.copyOf(bases), List.of(), List.of());
    }

    /// Whether it names nothing, which is everything.
    public boolean isEmpty() {
        return bases.isEmpty() && isOfBases();
    }

    /// Whether it names no folder and no document.
    public boolean isOfBases() {
        return folders.isEmpty() && documents.isEmpty();
    }
}
