package io.zhiwen.ingest.index;

/// A chunk an index found. Higher scores are closer; what a score means depends on the index that
/// gave it.
///
/// @param chunk its id in the store
public record ScoredChunk(long chunk, double score) {}
