package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.store.Reach;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// Which words the passages within reach say: what others hide is no spelling that an asker could
/// have meant. For one search, by one thread; what is in reach is read once, where a word asks for
/// it.
final class Said {

    private final IndexSearcher searcher;
    private final Reach reach;
    private final Map<LeafReaderContext, BitSet> readable = new HashMap<>();
    private @Nullable Weight inReach;

    Said(IndexSearcher searcher, Reach reach) {
        this.searcher = searcher;
        this.reach = reach;
    }

    IndexReader reader() {
        return searcher.getIndexReader();
    }

    /// Whether a live passage within reach does.
    boolean says(Term term) throws IOException {
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            PostingsEnum passages = leaf.reader().postings(term, PostingsEnum.NONE);
            if (passages != null && any(passages, leaf)) {
                return true;
            }
        }
        return false;
    }

    private boolean any(PostingsEnum passages, LeafReaderContext leaf) throws IOException {
        BitSet mine = readable(leaf);
        Bits live = leaf.reader().getLiveDocs();
        for (int one = passages.nextDoc();
                one != DocIdSetIterator.NO_MORE_DOCS;
                one = passages.nextDoc()) {
            if (mine.get(one) && (live == null || live.get(one))) {
                return true;
            }
        }
        return false;
    }

    private BitSet readable(LeafReaderContext leaf) throws IOException {
        BitSet known = readable.get(leaf);
        if (known == null) {
            Scorer scorer = inReach().scorer(leaf);
            known =
                    scorer == null
                            ? new FixedBitSet(leaf.reader().maxDoc())
                            : BitSet.of(scorer.iterator(), leaf.reader().maxDoc());
            readable.put(leaf, known);
        }
        return known;
    }

    private Weight inReach() throws IOException {
        Weight made = inReach;
        if (made == null) {
            made =
                    searcher.createWeight(
                            searcher.rewrite(Fields.inReach(reach)),
                            ScoreMode.COMPLETE_NO_SCORES,
                            1);
            inReach = made;
        }
        return made;
    }
}
