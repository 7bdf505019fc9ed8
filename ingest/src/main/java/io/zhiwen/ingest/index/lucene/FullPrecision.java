package io.zhiwen.ingest.index.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ScoreDoc;

/// Scores what the quantised graph found once more, with the vectors as they were given. Lucene's
/// own query for this fails where nothing was found.
final class FullPrecision {

    private FullPrecision() {}

    static ScoreDoc[] rescored(
            ScoreDoc[] found, List<LeafReaderContext> leaves, String field, float[] target)
            throws IOException {
        ScoreDoc[] hits = found.clone();
        Arrays.sort(hits, Comparator.comparingInt(hit -> hit.doc));
        int leafNumber = -1;
        FloatVectorValues vectors = null;
        KnnVectorValues.DocIndexIterator places = null;
        for (ScoreDoc hit : hits) {
            int number = ReaderUtil.subIndex(hit.doc, leaves);
            if (number != leafNumber) {
                leafNumber = number;
                vectors = leaves.get(number).reader().getFloatVectorValues(field);
                places = vectors == null ? null : vectors.iterator();
            }
            int doc = hit.doc - leaves.get(number).docBase;
            if (vectors != null && places != null && places.advance(doc) == doc) {
                hit.score =
                        VectorSimilarityFunction.DOT_PRODUCT.compare(
                                target, vectors.vectorValue(places.index()));
            }
        }
        return hits;
    }
}
