package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.store.StoredChunk;
import java.util.List;

/// A found chunk with how relevant it is.
///
/// @param score orders the passages of one question; higher is better
/// @param relevance 0 to 1, comparable between questions: how likely it helps to answer
/// @param folded passages that say the same in older near-duplicates of its document, newest first:
/// it stands for them
public record Passage(
        StoredChunk source, double score, double relevance, List<StoredChunk> folded) {

    private static final double EVEN = 0.5;

    public Passage {
        folded = List.copyOf(folded);
    }

    /// One that stands for itself.
    public Passage(StoredChunk source, double score, double relevance) {
        this(source, score, relevance, List.of());
    }

    /// The same that stands for others too.
    public Passage standingFor(List<StoredChunk> others) {
        return new Passage(source, score, relevance, others);
    }

    /// The same where too little was looked at to call it irrelevant.
    public Passage undecided() {
        return new Passage(source, score, Math.max(EVEN, relevance), folded);
    }
}
