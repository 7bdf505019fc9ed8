package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.index.ScoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/// The chunks that Lucene's hits are.
final class BestChunks {

    private static final Comparator<ScoredChunk> BEST_FIRST =
            Comparator.comparingDouble(ScoredChunk::score)
                    .reversed()
                    .thenComparingLong(ScoredChunk::chunk);

    /// What a score of Lucene's means.
    @FunctionalInterface
    interface Meaning {
        double of(float score);
    }

    private BestChunks() {}

    /// At most `limit`, best first, ties by id.
    static List<ScoredChunk> of(IndexSearcher searcher, ScoreDoc[] hits, int limit, Meaning meaning)
            throws IOException {
        List<LeafReaderContext> leaves = searcher.getLeafContexts();
        List<ScoredChunk> chunks = new ArrayList<>();
        for (ScoreDoc hit : hits) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
            NumericDocValues ids = DocValues.getNumeric(leaf.reader(), Fields.CHUNK);
            ids.advanceExact(hit.doc - leaf.docBase);
            chunks.add(new ScoredChunk(ids.longValue(), meaning.of(hit.score)));
        }
        chunks.sort(BEST_FIRST);
        return List.copyOf(chunks.subList(0, Math.min(limit, chunks.size())));
    }
}
