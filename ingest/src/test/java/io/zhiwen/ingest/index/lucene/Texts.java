package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;

/// Documents of one chunk, whose id is the chunk's.
final class Texts {

    static final EmbeddingSpace SPACE = new EmbeddingSpace("test", "ab".repeat(32), 4);

    private Texts() {}

    static IndexedDocument document(long id, KnowledgeBaseId base, String text) {
        return document(id, base, "note.txt", List.of(), text, SPACE, new float[] {1, id, 0, 0});
    }

    static IndexedDocument document(
            long id,
            KnowledgeBaseId base,
            String name,
            List<String> headings,
            String text,
            EmbeddingSpace space,
            float[] vector) {
        Span span = new Span(0, text.length());
        Chunk chunk = new Chunk(0, text, headings, null, null, span, span, 1, Language.of(text));
        StoredChunk stored = new StoredChunk(id, base, id(id), 1, name, chunk);
        return new IndexedDocument(
                id(id), List.of(new IndexedDocument.Entry(stored, space, vector)));
    }

    static DocumentId id(long id) {
        return new DocumentId(new UUID(1, id));
    }
}
