package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.SearchText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;

/// A question that was said in another language, as a query. The ways of saying a word are one word
/// (Pirkola 1998): it is as rare as all its ways together, so that an odd translation which hardly
/// ever occurs does not outweigh the words that were meant. Of several ways a chunk says, the best
/// counts. The numbers are explained in backend/docs/retrieval.md.
final class RenderedQuery {

    /// Chunks that show what a word means.
    static final int CONTEXT = 30;

    /// Each in up to six fields and eight ways; below Lucene's limit of clauses.
    private static final int MOST_WORDS = 40;

    /// What each further way of a word counts of the one before.
    private static final double LESS_LIKELY = 0.75;

    /// The same where the ways are weighed by what the chunks found say.
    private static final double LESS_LIKELY_IN_CONTEXT = 0.5;

    /// What a way weighs that none of them says.
    private static final double UNSAID = 0.02;

    /// How fast a chunk's say falls with its distance from the best score.
    private static final double SHARPNESS = 8;

    private final Analysis analysis;
    private final StopWords stopWords;
    private final WordQuery kept;
    private final FieldWeights weights;

    RenderedQuery(Analysis analysis, FieldWeights weights, WordQuery kept) {
        this.analysis = analysis;
        this.stopWords = new StopWords(analysis);
        this.kept = kept;
        this.weights = weights;
    }

    WordQuery.Made of(Rendering question, Said said) throws IOException {
        WordQuery.Made own = kept.of(question.kept(), said);
        IndexReader reader = said.reader();
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        own.query().clauses().forEach(query::add);
        double ceiling = own.ceiling();
        for (Rendering.Word word : question.words().stream().limit(MOST_WORDS).toList()) {
            for (FieldWeights.Pair fields : weights.pairs()) {
                List<List<String>> ways =
                        word.ways().stream().map(way -> terms(fields.body(), way)).toList();
                ceiling += add(query, fields.body(), fields.weight(), ways, reader);
                add(query, fields.head(), fields.headWeight(), ways, reader);
            }
        }
        return new WordQuery.Made(query.build(), ceiling);
    }

    /// @return what the word weighs in this field
    private static double add(
            BooleanQuery.Builder query,
            String field,
            float weight,
            List<List<String>> said,
            IndexReader reader)
            throws IOException {
        List<Way> ways = ways(field, said, reader);
        if (ways.isEmpty()) {
            return 0;
        }
        double rarity = weight * idf(ways, reader.getDocCount(field));
        query.add(any(ways, rarity), Occur.SHOULD);
        return rarity;
    }

    /// The ways of each word in the order of what those chunks say that the whole question found.
    Rendering inContext(Rendering question, IndexSearcher searcher, ScoreDoc[] found)
            throws IOException {
        if (found.length == 0) {
            return question;
        }
        List<Rendering.Word> words = new ArrayList<>();
        for (Rendering.Word word : question.words()) {
            Map<String, Double> weights = new HashMap<>();
            double likely = 1;
            for (String way : word.ways()) {
                weights.put(way, likely * (UNSAID + shareSaying(way, searcher, found)));
                likely *= LESS_LIKELY_IN_CONTEXT;
            }
            List<String> ways = new ArrayList<>(word.ways());
            ways.sort(
                    Comparator.comparingDouble((String way) -> weights.getOrDefault(way, 0.0))
                            .reversed());
            words.add(new Rendering.Word(word.asked(), ways));
        }
        return new Rendering(question.kept(), words);
    }

    /// A way of saying a word in one field, by terms that are rather said together.
    ///
    /// @param rarity of its terms, added up
    /// @param chunks that say all of it, at most
    private record Way(List<Term> terms, double rarity, int chunks, double likely) {

        Query query(double weight) {
            float each = (float) (weight * likely / rarity);
            if (terms.size() == 1) {
                return new BoostQuery(new TermQuery(terms.getFirst()), each);
            }
            BooleanQuery.Builder together = new BooleanQuery.Builder();
            terms.forEach(
                    term -> together.add(new BoostQuery(new TermQuery(term), each), Occur.SHOULD));
            return together.build();
        }
    }

    private static List<Way> ways(String field, List<List<String>> said, IndexReader reader)
            throws IOException {
        List<Way> ways = new ArrayList<>();
        int chunks = reader.getDocCount(field);
        double likely = 1;
        for (List<String> way : said) {
            List<Term> terms = way.stream().map(term -> new Term(field, term)).toList();
            double rarity = 0;
            int rarest = chunks;
            for (Term term : terms) {
                int with = reader.docFreq(term);
                rarest = Math.min(rarest, with);
                rarity += WordQuery.idf(with, chunks);
            }
            if (rarity > 0 && (terms.size() > 1 || rarest > 0)) {
                ways.add(new Way(terms, rarity, rarest, likely));
                likely *= LESS_LIKELY;
            }
        }
        return ways;
    }

    private static double idf(List<Way> ways, int chunks) {
        double with = ways.stream().mapToDouble(way -> way.likely() * way.chunks()).sum();
        return WordQuery.idf(Math.min(with, chunks), chunks);
    }

    private static Query any(List<Way> ways, double weight) {
        List<Query> queries = ways.stream().map(way -> way.query(weight)).toList();
        return queries.size() == 1 ? queries.getFirst() : new DisjunctionMaxQuery(queries, 0);
    }

    private List<String> terms(String field, String way) {
        return analysis.terms(field, SearchText.words(way)).stream()
                .filter(term -> !stopWords.contains(field, term))
                .toList();
    }

    /// How much of the weight of the chunks found says it.
    private double shareSaying(String way, IndexSearcher searcher, ScoreDoc[] found)
            throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String field : List.of(Fields.BODY_ICU, Fields.BODY_EN)) {
            for (String term : terms(field, way)) {
                all.add(new TermQuery(new Term(field, term)), Occur.MUST);
            }
        }
        BooleanQuery query = all.build();
        if (query.clauses().isEmpty()) {
            return 0;
        }
        Weight weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        ScoreDoc[] inOrder = found.clone();
        Arrays.sort(inOrder, Comparator.comparingInt(doc -> doc.doc));
        double saying = 0;
        double everybody = 0;
        int next = 0;
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            Scorer scorer = weight.scorer(leaf);
            DocIdSetIterator those = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
            int end = leaf.docBase + leaf.reader().maxDoc();
            for (; next < inOrder.length && inOrder[next].doc < end; next++) {
                ScoreDoc one = inOrder[next];
                double share = Math.exp(SHARPNESS * (one.score / found[0].score - 1));
                everybody += share;
                int doc = one.doc - leaf.docBase;
                if ((those.docID() < doc ? those.advance(doc) : those.docID()) == doc) {
                    saying += share;
                }
            }
        }
        return saying / everybody;
    }
}
