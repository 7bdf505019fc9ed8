package io.zhiwen.ask.stream;

import io.zhiwen.ask.rerank.LateInteraction;
import io.zhiwen.ask.rerank.LateInteraction.Similarities;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Scores the units of a passage against one question. The passage is encoded once as a whole, so
/// that each sentence is judged in its context.
final class SentenceScores {

    /// What is known of a unit, in the order of `evidence`.
    static final List<String> EVIDENCE =
            List.of("late", "lateContent", "words", "type", "length", "before", "after", "first");

    private static final double[] WEIGHTS = {1, 0, 0.1, 0.05, 0, 0, 0, 0};

    private final String question;
    private final AnswerType type;
    private final Set<String> questionTerms;
    private final boolean[] meaningful;
    private final TokenVectors tokens;
    private final Encoder encoder;

    SentenceScores(String asked, Encoder encoder) {
        this.question = SearchText.fold(asked);
        this.type = AnswerType.of(question);
        this.questionTerms = Terms.ofQuestion(question);
        this.meaningful = Terms.meaningful(question);
        this.encoder = encoder;
        this.tokens = encoder.embedTokens(question);
    }

    /// The units that can answer, in the passage's order.
    List<Candidate> of(int number, Passage passage) {
        String text = passage.source().chunk().text();
        String folded = SearchText.fold(text);
        List<Unit> units = Units.of(text);
        TokenVectors passageTokens = encoder.embedTokens(folded);
        Similarities all = LateInteraction.compare(tokens, passageTokens);
        List<Set<String>> terms =
                units.stream().map(u -> Terms.of(folded.substring(u.start(), u.end()))).toList();
        double[] late = new double[units.size()];
        double[] content = new double[units.size()];
        int[] sizes = new int[units.size()];
        for (int i = 0; i < units.size(); i++) {
            int from = tokenAt(passageTokens, units.get(i).start());
            int to = tokenAt(passageTokens, units.get(i).end());
            late[i] = all.score(from, to);
            content[i] = contentScore(all, from, to);
            sizes[i] = to - from;
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            if (!unit.kind().answers()) {
                continue;
            }
            String words = folded.substring(unit.start(), unit.end());
            double[] evidence = {
                late[i],
                content[i],
                wordShare(terms, i, folded, units),
                type.isIn(unit.text(), words, question) ? 1 : 0,
                Math.log1p(sizes[i]),
                i > 0 ? late[i - 1] : 0,
                i + 1 < late.length ? late[i + 1] : 0,
                i == 0 ? 1 : 0
            };
            candidates.add(new Candidate(number, i, unit, terms.get(i), evidence, score(evidence)));
        }
        return candidates;
    }

    private static double score(double[] evidence) {
        double sum = 0;
        for (int i = 0; i < evidence.length; i++) {
            sum += WEIGHTS[i] * evidence[i];
        }
        return sum;
    }

    /// The mean over the question's tokens that are part of a word with meaning.
    private double contentScore(Similarities all, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int token = 0; token < tokens.size() && from < to; token++) {
            if (meaningful[tokens.starts()[token]]) {
                sum += all.best(token, from, to);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /// The share of the question's words in the unit, words that few units have counting more.
    private double wordShare(List<Set<String>> terms, int at, String folded, List<Unit> units) {
        double has = 0;
        double all = 0;
        for (String term : questionTerms) {
            int holders = 0;
            boolean here = false;
            for (int i = 0; i < units.size(); i++) {
                Unit unit = units.get(i);
                String text = term.length() == 1 ? folded.substring(unit.start(), unit.end()) : "";
                if (Terms.has(terms.get(i), text, term)) {
                    holders++;
                    here |= i == at;
                }
            }
            double rarity = Math.log((units.size() + 1.0) / (holders + 0.5));
            has += here ? rarity : 0;
            all += rarity;
        }
        return all == 0 ? 0 : has / all;
    }

    /// The first token that begins at or behind an offset.
    private static int tokenAt(TokenVectors tokens, int offset) {
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.starts()[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
