package io.zhiwen.ingest.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/// How the passages spell a word of a question that none of them says: a letter too much, missing,
/// another, or two swapped, behind the same first letter. Words with digits are codes and have no
/// typos.
final class Spelling {

    /// Shorter words have too many neighbours that mean something else.
    private static final int SHORTEST = 4;

    /// From this length on a word may have two wrong letters.
    private static final int LONG = 8;

    private static final int MOST = 3;

    private Spelling() {}

    private record Near(Term term, int chunks) {}

    /// The nearest ones, those that most passages say first; none when the word is said as it is.
    static List<Term> of(Term asked, IndexReader reader) throws IOException {
        String word = asked.text();
        if (word.length() < SHORTEST
                || !word.chars().allMatch(Character::isLetter)
                || reader.docFreq(asked) > 0) {
            return List.of();
        }
        Terms said = MultiTerms.getTerms(reader, asked.field());
        if (said == null) {
            return List.of();
        }
        List<Near> near = new ArrayList<>();
        for (int edits = 1; near.isEmpty() && edits <= (word.length() < LONG ? 1 : 2); edits++) {
            near.addAll(within(edits, asked, said));
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::chunks).reversed())
                .limit(MOST)
                .map(Near::term)
                .toList();
    }

    private static List<Near> within(int edits, Term asked, Terms said) throws IOException {
        TermsEnum terms = new FuzzyTermsEnum(said, asked, edits, 1, true);
        List<Near> near = new ArrayList<>();
        for (BytesRef term = terms.next(); term != null; term = terms.next()) {
            near.add(new Near(new Term(asked.field(), BytesRef.deepCopyOf(term)), terms.docFreq()));
        }
        return near;
    }
}
