package io.zhiwen.search;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;

/// The document of a passage, in its live version.
///
/// @param version the live one
/// @param type as `FileTypes` names it; empty for one it does not know
/// @param at when the version was uploaded
public record FoundDocument(
        DocumentId id,
        int version,
        String name,
        KnowledgeBaseId base,
        String baseName,
        String type,
        Instant at) {}
