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

    /// The same for a question said in another language: a chunk covers a word that it has in any
    /// of its ways, and each word counts once, as often as all its ways are said.
    List<ScoredChunk> search(Rendering question, Reach reach, int limit);

    /// As of a query's words.
    double ceiling(Rendering question);

    /// The same words, each with that way first which the chunks found for all of them together
    /// say: what a word means shows in the company it keeps.
    Rendering inContext(Rendering question, Reach reach);
}
