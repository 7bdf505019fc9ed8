package io.zhiwen.ingest.index;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.store.Reach;
import java.util.List;

/// Finds chunks by meaning. Safe for concurrent use.
public interface VectorIndex {

    /// At most `limit` chunks of this space, best first, ties by id; scores are cosines. Only
    /// chunks in reach: none for an empty one.
    List<ScoredChunk> nearest(EmbeddingSpace space, float[] vector, Reach reach, int limit);

    /// Whether any chunk in reach has a vector of this space.
    boolean holds(EmbeddingSpace space, Reach reach);

    /// Up to which transaction of the change log its vectors can be found: all of them where they
    /// are searched where they are kept.
    default long reached() {
        return Long.MAX_VALUE;
    }
}
