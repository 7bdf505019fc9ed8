package io.zhiwen.ask.stream;

import io.zhiwen.ask.rerank.LateInteraction;
import io.zhiwen.ask.rerank.LateInteraction.Similarities;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Span;
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
        List<Unit> units = Units.of(text, passage.source().chunk().headingPath());
        TokenVectors passageTokens = encoder.embedTokens(folded);
        Similarities all = LateInteraction.compare(tokens, passageTokens);
        List<Set<String>> terms = units.stream().map(unit -> Terms.of(read(unit, folded))).toList();
        double[] late = new double[units.size()];
        for (int i = 0; i < units.size(); i++) {
            late[i] = late(units.get(i), all, passageTokens);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            if (!unit.kind().answers()) {
                continue;
            }
            String words = unit.span().of(folded);
            double[] evidence = {
                late[i],
                wordShare(terms, i, folded, units),
                type.isIn(unit.text(), words, question) ? 1 : 0
            };
            double score = score(evidence) + WEIGHT_OF_PASSAGE * odds(passage.relevance());
            Span context = unit.context();
            String above = context == null ? "" : context.of(text);
            candidates.add(new Candidate(number, i, unit, above, Terms.of(words), evidence, score));
        }
        return candidates;
    }

    /// A unit with the line it is read under.
    private static String read(Unit unit, String folded) {
        String own = unit.span().of(folded);
        return unit.context() == null ? own : unit.context().of(folded) + "\n" + own;
    }

    /// The mean over the question's tokens of the best cosine in the unit or in its context.
    private static double late(Unit unit, Similarities all, TokenVectors tokens) {
        int from = tokenAt(tokens, unit.span().start());
        int to = tokenAt(tokens, unit.span().end());
        if (unit.context() == null || from == to) {
            return all.score(from, to);
        }
        int above = tokenAt(tokens, unit.context().start());
        int behind = tokenAt(tokens, unit.context().end());
        double sum = 0;
        for (int token = 0; token < all.questionTokens(); token++) {
            sum += Math.max(all.best(token, from, to), all.best(token, above, behind));
        }
        return sum / Math.max(1, all.questionTokens());
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
                String text = term.length() == 1 ? read(units.get(i), folded) : "";
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
