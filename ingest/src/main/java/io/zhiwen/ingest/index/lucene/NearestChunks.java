package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.Reach;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;

/// The chunks whose vectors are nearest to one: found along the graph of each segment, then put in
/// order by their full precision.
final class NearestChunks {

    /// The graph search keeps this many candidates at least, and twice the limit. In one segment of
    /// 50,000 vectors it finds 0.994 of the nearest ten with 320, 0.94 with 120; in many segments,
    /// each searched by itself, 120 would do.
    private static final int FEWEST_CANDIDATES = 320;

    /// And one for so many passages of the largest segment: among a million, 1,280 candidates find
    /// 0.963 of the nearest ten, 2,560 find 0.992.
    private static final int PASSAGES_A_CANDIDATE = 500;

    private NearestChunks() {}

    /// @param target of length one
    /// @return best first, by their cosine
    static List<ScoredChunk> of(
            IndexSearcher searcher, String field, float[] target, Reach reach, int limit)
            throws IOException {
        int candidates = candidates(searcher, limit);
        Query nearest = new KnnFloatVectorQuery(field, target, candidates, Fields.inReach(reach));
        return BestChunks.of(
                searcher,
                FullPrecision.rescored(
                        searcher.search(nearest, candidates).scoreDocs,
                        searcher.getLeafContexts(),
                        field,
                        target),
                limit,
                score -> 2.0 * score - 1);
    }

    private static int candidates(IndexSearcher searcher, int limit) {
        int largest =
                searcher.getLeafContexts().stream()
                        .mapToInt(segment -> segment.reader().maxDoc())
                        .max()
                        .orElse(0);
        return Math.max(largest / PASSAGES_A_CANDIDATE, Math.max(FEWEST_CANDIDATES, 2 * limit));
    }
}
