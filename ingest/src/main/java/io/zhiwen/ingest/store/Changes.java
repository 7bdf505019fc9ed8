package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;

/// What changed after a position of the change log.
///
/// @param documents each at most once, as they are now: a document that changed twice is named
/// once, one that is gone has no chunks
/// @param acls of the documents of which nothing changed but the rights of their own they have
/// @param position to ask from next; the one asked from when nothing changed
/// @param held whether more is stored that cannot be given yet, as an older transaction still runs
public record Changes(
        List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position, boolean held) {

    public Changes {
        documents = List.copyOf(documents);
        acls = Map.copyOf(acls);
    }

    public Changes(List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position) {
        this(documents, acls, position, false);
    }
}
