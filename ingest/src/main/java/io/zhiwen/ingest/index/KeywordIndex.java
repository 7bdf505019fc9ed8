package io.zhiwen.ingest.index;

import io.zhiwen.ingest.store.Reach;

/// Finds chunks by their words. Safe for concurrent use.
public interface KeywordIndex {

    /// At most `limit` chunks. Only chunks in reach: none for an empty one. The query is words,
    /// never a syntax.
    KeywordHits search(String query, Reach reach, int limit);

    /// The same for a question said in another language: a chunk covers a word that it has in any
    /// of its ways, and each word counts once, as often as all its ways are said.
    KeywordHits search(Rendering question, Reach reach, int limit);

    /// The same words, each with that way first which the chunks found for all of them together
    /// say: what a word means shows in the company it keeps.
    Rendering inContext(Rendering question, Reach reach);
}
