package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.index.Codes;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/// A question's words as terms of every field, rare ones first. Never a syntax: `AND`, `*` and
/// quotation marks are text like any other.
final class WordQuery {

    /// Longer questions are cut; a pasted page asks nothing that its first part does not.
    private static final int LONGEST = 2_000;

    /// Of each field; seven fields stay below Lucene's limit of 1,024 clauses.
    private static final int MOST_TERMS = 120;

    /// What a word counts that no passage says as it is typed, only nearly so.
    private static final float RESPELT = 0.6f;

    private final Analysis analysis;
    private final StopWords stopWords;
    private final FieldWeights weights;

    WordQuery(Analysis analysis, FieldWeights weights) {
        this.analysis = analysis;
        this.stopWords = new StopWords(analysis);
        this.weights = weights;
    }

    private record Weighted(Term term, double idf) {}

    /// @param ceiling what the body's terms and the codes would weigh if all were said very often
    record Made(BooleanQuery query, double ceiling) {

        boolean isEmpty() {
            return query.clauses().isEmpty();
        }

        Query in(Reach reach) {
            return new BooleanQuery.Builder()
                    .add(query, Occur.MUST)
                    .add(Fields.inReach(reach), Occur.FILTER)
                    .build();
        }
    }

    Made of(String question, Said said) throws IOException {
        String asked = cut(question);
        String words = SearchText.words(asked);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        double ceiling = 0;
        for (FieldWeights.Pair fields : weights.pairs()) {
            List<String> terms = content(fields.body(), words);
            ceiling += addTerms(query, fields.body(), fields.weight(), terms, said);
            addTerms(query, fields.head(), fields.headWeight(), terms, said);
        }
        addTerms(query, Fields.EXACT, weights.exact(), Codes.inQuestion(asked), said);
        return new Made(query.build(), ceiling);
    }

    /// Without function words where others are left.
    private List<String> content(String field, String words) {
        Collection<String> all = analysis.terms(field, words);
        List<String> content =
                all.stream().filter(term -> !stopWords.contains(field, term)).toList();
        return content.isEmpty() ? List.copyOf(all) : content;
    }

    private static double addTerms(
            BooleanQuery.Builder query,
            String field,
            float weight,
            Collection<String> terms,
            Said said)
            throws IOException {
        if (weight <= 0) {
            return 0;
        }
        IndexReader reader = said.reader();
        List<Weighted> weighted = new ArrayList<>();
        int chunks = reader.getDocCount(field);
        for (String text : terms) {
            Term term = new Term(field, text);
            weighted.add(new Weighted(term, idf(reader.docFreq(term), chunks)));
        }
        weighted.sort(Comparator.comparingDouble(Weighted::idf).reversed());
        double sum = 0;
        for (Weighted term : weighted.subList(0, Math.min(MOST_TERMS, weighted.size()))) {
            sum += weight * term.idf();
        }
        int left = MOST_TERMS;
        for (Weighted term : weighted) {
            Query clause = clause(term.term(), weight, said);
            if (clause != null && left-- > 0) {
                query.add(clause, Occur.SHOULD);
            }
        }
        return sum;
    }

    /// A word that no passage says takes no place of one that some do, unless it is one misspelt.
    private static @Nullable Query clause(Term term, float weight, Said said) throws IOException {
        boolean mayBeWrong = Spelling.mayBeWrong(term);
        if (mayBeWrong ? said.says(term) : said.reader().docFreq(term) > 0) {
            return new BoostQuery(new TermQuery(term), weight);
        }
        List<Query> near =
                (mayBeWrong ? Spelling.of(term, said) : List.<Term>of())
                        .stream().<Query>map(TermQuery::new).toList();
        return near.isEmpty()
                ? null
                : new BoostQuery(new DisjunctionMaxQuery(near, 0), RESPELT * weight);
    }

    /// As BM25 counts it.
    static double idf(double with, int all) {
        return Math.log(1 + (all - with + 0.5) / (with + 0.5));
    }

    private static String cut(String question) {
        if (question.length() <= LONGEST) {
            return question;
        }
        int end = Character.isHighSurrogate(question.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return question.substring(0, end);
    }
}
