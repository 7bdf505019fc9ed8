package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// A chunk with its place in the store.
///
/// @param id unique over all documents and versions; never reused
/// @param documentName as its readers see it
public record StoredChunk(
        long id,
        KnowledgeBaseId base,
        DocumentId document,
        int version,
        String documentName,
        Chunk chunk) {}
