package io.zhiwen.ingest.index;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;

/// Finds chunks by meaning. Safe for concurrent use.
public interface VectorIndex {

    /// At most `limit` chunks of this space, best first, ties by id; scores are cosines. Only
    /// chunks of `bases`: none for an empty set.
    List<ScoredChunk> nearest(
            EmbeddingSpace space, float[] vector, Set<KnowledgeBaseId> bases, int limit);
}
