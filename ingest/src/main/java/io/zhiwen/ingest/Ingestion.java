package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.upload.SourceFile;

/// Makes an uploaded file findable. Safe for concurrent use.
public final class Ingestion {

    private final DocumentParser parser;
    private final Chunker chunker;
    private final Embedding embedding;
    private final Publishing store;

    public Ingestion(
            DocumentParser parser, Chunker chunker, Embedding embedding, Publishing store) {
        this.parser = parser;
        this.chunker = chunker;
        this.embedding = embedding;
        this.store = store;
    }

    /// When this returns, readers find the version; until then they find nothing of it. Whoever is
    /// interrupted, or loses the attempt, leaves nothing that anyone sees.
    ///
    /// @throws UnreadableDocument when there is nothing to index
    /// @throws io.zhiwen.ingest.store.AttemptLost when the version is another worker's, or nobody
    /// wants it any more
    public void ingest(SourceFile file, Attempt attempt)
            throws UnreadableDocument, InterruptedException {
        var parsed = parser.parse(file);
        Failpoint.AFTER_PARSE.pass();
        var clean = Cleaner.clean(parsed);
        var chunks = chunker.chunk(clean);
        if (chunks.isEmpty()) {
            throw UnreadableDocument.because(Reason.NO_TEXT, "nothing is left after cleaning");
        }
        store.begin(attempt, parsed, clean, chunks.size());
        embedding.embed(chunks, embedded -> store.add(attempt, embedded));
        Failpoint.BEFORE_PUBLISH.pass();
        store.publish(attempt);
        Failpoint.AFTER_PUBLISH.pass();
    }
}
