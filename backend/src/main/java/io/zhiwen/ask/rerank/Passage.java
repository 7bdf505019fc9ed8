package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.store.StoredChunk;

/// A found chunk with how relevant it is.
///
/// @param score orders the passages of one question; higher is better
/// @param relevance 0 to 1, comparable between questions: how likely it helps to answer
public record Passage(StoredChunk source, double score, double relevance) {

    private static final double EVEN = 0.5;

    /// The same where too little was looked at to call it irrelevant.
    public Passage undecided() {
        return new Passage(source, score, Math.max(EVEN, relevance));
    }
}
