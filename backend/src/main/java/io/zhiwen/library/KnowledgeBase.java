package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;

/// A set of documents that is searched and shared as one.
///
/// @param documents all of them
/// @param ready how many have a version that readers find
/// @param failed how many newest versions could not be read
public record KnowledgeBase(
        KnowledgeBaseId id,
        String name,
        Instant createdAt,
        long documents,
        long ready,
        long failed) {}
