package io.zhiwen.ask;

import io.zhiwen.ask.prompt.Texts;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Texts and dates of what was published.
record StoredTexts(ChunkStore store) implements Texts {

    @Override
    public Optional<String> of(DocumentId document, int version) {
        return store.content(document, version).map(CleanDocument::text);
    }

    @Override
    public Map<DocumentId, LocalDate> dates(Collection<DocumentId> documents) {
        return store.dates(documents);
    }
}
