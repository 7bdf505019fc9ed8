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
/// that each sentence is judged in its context. The weights are a conditional logit fitted on 300
/// questions of each of three development sets (English, simplified and traditional Chinese).
final class SentenceScores {

    /// What is known of a unit, in the order of `evidence`: late interaction over its tokens, the
    /// share of the question's words it has, whether it has something of the kind asked for.
    private static final double[] WEIGHTS = {3.75, 7.65, 1.73};

    private static final double WEIGHT_OF_PASSAGE = 0.5;

    private final String question;
    private final AnswerType type;
    private final Set<String> questionTerms;
    private final TokenVectors tokens;
    private final Encoder encoder;

    SentenceScores(String asked, Encoder encoder) {
        this.question = SearchText.fold(asked);
        this.type = AnswerType.of(question);
        this.questionTerms = Terms.ofQuestion(question);
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
        for (int i = 0; i < units.size(); i++) {
            int from = tokenAt(passageTokens, units.get(i).start());
            int to = tokenAt(passageTokens, units.get(i).end());
            late[i] = all.score(from, to);
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
                wordShare(terms, i, folded, units),
                type.isIn(unit.text(), words, question) ? 1 : 0
            };
            double score = score(evidence) + WEIGHT_OF_PASSAGE * odds(passage.relevance());
            candidates.add(new Candidate(number, i, unit, terms.get(i), evidence, score));
        }
        return candidates;
    }

    /// The logarithm of the odds, kept within bounds.
    private static double odds(double probability) {
        double sure = Math.clamp(probability, 0.001, 0.999);
        return Math.log(sure / (1 - sure));
    }

    private static double score(double[] evidence) {
        double sum = 0;
        for (int i = 0; i < evidence.length; i++) {
            sum += WEIGHTS[i] * evidence[i];
        }
        return sum;
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
