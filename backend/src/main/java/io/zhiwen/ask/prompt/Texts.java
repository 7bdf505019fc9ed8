package io.zhiwen.ask.prompt;

import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What prompts take from documents beside their passages.
@FunctionalInterface
public interface Texts {

    /// The whole text of a version; empty when it is no longer there.
    Optional<String> of(DocumentId document, int version);

    /// From when documents are, of those where that is known.
    default Map<DocumentId, LocalDate> dates(Collection<DocumentId> documents) {
        return Map.of();
    }
}
