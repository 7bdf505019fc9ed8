package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Reads question and passages together. Safe for concurrent use.
public interface Reranker {

    /// A score for each of the candidates that it came to read within `budget`, by chunk id; higher
    /// is better, and what a score means is the reranker's own. Takes the candidates in their
    /// order, so that the most promising are scored first.
    Map<Long, Double> score(String question, List<StoredChunk> candidates, Duration budget);

    /// What a score adds to the logarithm of the fused belief, as one more independent witness.
    double weight(double score);

    /// How likely a passage of this score helps to answer, 0 to 1, comparable between questions.
    ///
    /// @param bundled what the bundled encoder's scores mean
    double relevance(Relevance bundled, Signals signals, double score);
}
