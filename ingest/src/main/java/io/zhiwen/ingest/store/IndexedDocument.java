package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;

/// The live version of a document as an index takes it; without chunks when the document is gone.
///
/// @param acl the rights of its own it has, or `Reach.NO_ACL`
public record IndexedDocument(DocumentId id, long acl, List<Entry> entries) {

    /// A chunk and its vectors: none for an index of words alone. A chunk may come in several
    /// entries, each with another vector.
    ///
    /// @param made questions and a summary a model made of it, by which it is found too, or none
    public record Entry(StoredChunk chunk, Map<EmbeddingSpace, float[]> embedded, String made) {

        public Entry(StoredChunk chunk, Map<EmbeddingSpace, float[]> embedded) {
            this(chunk, embedded, "");
        }

        public Entry(StoredChunk chunk, EmbeddingSpace space, float[] vector) {
            this(chunk, Map.of(space, vector));
        }
    }

    /// Without rights of its own.
    public IndexedDocument(DocumentId id, List<Entry> entries) {
        this(id, Reach.NO_ACL, entries);
    }

    public IndexedDocument {
        entries = List.copyOf(entries);
    }

    public static IndexedDocument gone(DocumentId id) {
        return new IndexedDocument(id, List.of());
    }
}
