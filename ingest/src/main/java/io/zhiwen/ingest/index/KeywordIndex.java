package io.zhiwen.ingest.index;

import io.zhiwen.ingest.store.Reach;
import java.util.List;

/// Finds chunks by their words. Safe for concurrent use.
public interface KeywordIndex {

    /// At most `limit` chunks, best first, ties by id; scores are BM25. Only chunks in reach:
    /// none for an empty one. The query is words, never a syntax.
    List<ScoredChunk> search(String query, Reach reach, int limit);

    /// What a chunk would score that says every word of the query very often: `score / ceiling` is
    /// the share of the query's weight that a chunk covers. 0 for a query without words.
    double ceiling(String query);
}
