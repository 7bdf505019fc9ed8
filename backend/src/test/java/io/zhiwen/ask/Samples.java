package io.zhiwen.ask;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;

/// Passages for tests.
public final class Samples {

    public static final KnowledgeBaseId BASE =
            new KnowledgeBaseId(UUID.fromString("00000000-0000-0000-0000-00000000000b"));
    public static final DocumentId DOCUMENT =
            new DocumentId(UUID.fromString("00000000-0000-0000-0000-00000000000d"));

    private Samples() {}

    /// A passage of its own document.
    public static Passage passage(long id, String text, double relevance) {
        return passage(
                id,
                new DocumentId(new UUID(1, id)),
                text,
                new Span(0, text.length()),
                new Span(0, text.length()),
                relevance);
    }

    /// The passage `span` of a document's `whole` text.
    public static Passage within(long id, String whole, Span span, Span section) {
        return passage(id, DOCUMENT, span.of(whole), span, section, 0.9);
    }

    private static Passage passage(
            long id, DocumentId document, String text, Span span, Span section, double relevance) {
        var chunk =
                new Chunk(
                        (int) id,
                        text,
                        List.of("Handbook", "Leave"),
                        3,
                        null,
                        span,
                        section,
                        text.length() / 4,
                        Language.of(text));
        return new Passage(
                new StoredChunk(id, BASE, document, 1, "handbook-" + id + ".pdf", chunk),
                relevance,
                relevance);
    }
}
