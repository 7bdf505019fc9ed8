package io.zhiwen.ingest.index;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;

/// Finds chunks by their words. Safe for concurrent use.
public interface KeywordIndex {

    /// At most `limit` chunks, best first, ties by id; scores are BM25. Only chunks of `bases`:
    /// none for an empty set. The query is words, never a syntax.
    List<ScoredChunk> search(String query, Set<KnowledgeBaseId> bases, int limit);

    /// What a chunk would score that says every word of the query very often: `score / ceiling` is
    /// the share of the query's weight that a chunk covers. 0 for a query without words.
    double ceiling(String query);
}
