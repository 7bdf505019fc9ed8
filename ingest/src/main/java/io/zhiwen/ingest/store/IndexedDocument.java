package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;

/// The live version of a document as an index takes it; without chunks when the document is gone.
public record IndexedDocument(DocumentId id, List<Entry> entries) {

    /// A chunk and its vector.
    public record Entry(StoredChunk chunk, EmbeddingSpace space, float[] vector) {}

    public IndexedDocument {
        entries = List.copyOf(entries);
    }

    public static IndexedDocument gone(DocumentId id) {
        return new IndexedDocument(id, List.of());
    }
}
