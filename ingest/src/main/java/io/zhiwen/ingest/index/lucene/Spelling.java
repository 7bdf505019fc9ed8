package io.zhiwen.ingest.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/// How the passages within reach spell a word of a question that none of them says: a letter too
/// much, missing, another, or two swapped, behind the same first letter. Words with digits are
/// codes and have no typos.
final class Spelling {

    /// Shorter words have too many neighbours that mean something else.
    private static final int SHORTEST = 4;

    /// From this length on a word may have two wrong letters.
    private static final int LONG = 8;

    private static final int MOST = 3;

    private Spelling() {}

    private record Near(Term term, int chunks) {}

    /// Whether a word of this field can be a typo of another.
    static boolean mayBeWrong(Term asked) {
        return (Fields.BODY_EN.equals(asked.field()) || Fields.HEAD_EN.equals(asked.field()))
                && asked.text().length() >= SHORTEST
                && asked.text().chars().allMatch(Character::isLetter);
    }

    /// The nearest ones of a word that nobody says, those that most passages say first.
    static List<Term> of(Term asked, Said said) throws IOException {
        Terms terms = MultiTerms.getTerms(said.reader(), asked.field());
        if (terms == null) {
            return List.of();
        }
        List<Term> near = new ArrayList<>();
        int most = asked.text().length() < LONG ? 1 : 2;
        for (int edits = 1; near.isEmpty() && edits <= most; edits++) {
            for (Near one : within(edits, asked, terms)) {
                if (near.size() < MOST && said.says(one.term())) {
                    near.add(one.term());
                }
            }
        }
        return near;
    }

    private static List<Near> within(int edits, Term asked, Terms said) throws IOException {
        TermsEnum terms = new FuzzyTermsEnum(said, asked, edits, 1, true);
        List<Near> near = new ArrayList<>();
        for (BytesRef term = terms.next(); term != null; term = terms.next()) {
            near.add(new Near(new Term(asked.field(), BytesRef.deepCopyOf(term)), terms.docFreq()));
        }
        near.sort(Comparator.comparingInt(Near::chunks).reversed());
        return near;
    }
}
