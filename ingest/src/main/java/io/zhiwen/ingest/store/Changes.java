package io.zhiwen.ingest.store;

import java.util.List;

/// What changed after a position of the change log.
///
/// @param documents each at most once, as they are now: a document that changed twice is named
/// once, one that is gone has no chunks
/// @param position to ask from next; the one asked from when nothing changed
public record Changes(List<IndexedDocument> documents, long position) {

    public Changes {
        documents = List.copyOf(documents);
    }
}
