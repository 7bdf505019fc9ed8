package io.zhiwen.ask.stream;

import io.zhiwen.ask.rerank.LateInteraction;
import io.zhiwen.ask.rerank.LateInteraction.Similarities;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Scores the units of passages against one question; for one thread. A passage is encoded once as
/// a whole, so that each sentence is judged in its context. The weights are a conditional logit
/// fitted on questions of four development sets together (squad, rgb-zh, cmrc, drcd), retrieval
/// included.
final class SentenceScores {

    /// What is known of a unit, in the order of `evidence`: late interaction over its tokens, the
    /// share of the question's words it has, whether it has something of the kind asked for.
    private static final double[] WEIGHTS = {4, 9, 1.4};

    private static final double WEIGHT_OF_PASSAGE = 1.2;

    private final String question;
    private final AnswerType type;
    private final Set<String> questionTerms;
    private final TokenVectors tokens;
    private final Encoder encoder;
    private final List<Read> read = new ArrayList<>();

    /// A unit that was read.
    ///
    /// @param terms those of the question it has, with the line it is read under
    private record Read(
            int number,
            int place,
            Passage passage,
            Unit unit,
            String text,
            String folded,
            Set<String> terms,
            double late) {}

    SentenceScores(String asked, Encoder encoder) {
        this.question = SearchText.fold(asked);
        this.type = AnswerType.of(question);
        this.questionTerms = Terms.ofQuestion(question);
        this.encoder = encoder;
        this.tokens = encoder.embedTokens(question);
    }

    /// Reads a passage, to be cited by `number`.
    void read(int number, Passage passage) {
        String text = passage.source().chunk().text();
        String folded = SearchText.fold(text);
        TokenVectors passageTokens = encoder.embedTokens(folded);
        Similarities all = LateInteraction.compare(tokens, passageTokens);
        List<Unit> units = Units.of(text, passage.source().chunk().headingPath());
        for (int place = 0; place < units.size(); place++) {
            Unit unit = units.get(place);
            String read = read(unit, folded);
            Set<String> terms = new HashSet<>(Terms.of(read));
            questionTerms.stream()
                    .filter(term -> term.length() == 1 && read.contains(term))
                    .forEach(terms::add);
            terms.retainAll(questionTerms);
            double late = late(unit, all, passageTokens);
            this.read.add(new Read(number, place, passage, unit, text, folded, terms, late));
        }
    }

    /// The units of the passages read that can answer.
    List<Candidate> candidates() {
        Map<String, Double> rarity = new HashMap<>();
        for (String term : questionTerms) {
            long holders = read.stream().filter(unit -> unit.terms().contains(term)).count();
            rarity.put(term, Math.log((read.size() + 1.0) / (holders + 0.5)));
        }
        return read.stream()
                .filter(unit -> unit.unit().kind().answers())
                .map(unit -> candidate(unit, rarity))
                .toList();
    }

    private Candidate candidate(Read read, Map<String, Double> rarity) {
        String words = read.unit().span().of(read.folded());
        double[] evidence = {
            read.late(),
            share(read.terms(), rarity),
            type.isIn(read.unit().text(), words, question) ? 1 : 0
        };
        double score = WEIGHT_OF_PASSAGE * odds(read.passage().relevance());
        for (int i = 0; i < evidence.length; i++) {
            score += WEIGHTS[i] * evidence[i];
        }
        Span context = read.unit().context();
        String above = context == null ? "" : context.of(read.text());
        return new Candidate(
                read.number(), read.place(), read.unit(), above, Terms.of(words), evidence, score);
    }

    /// The share of the question's words, those that few units have counting more.
    private static double share(Set<String> terms, Map<String, Double> rarity) {
        double all = rarity.values().stream().mapToDouble(Double::doubleValue).sum();
        return all == 0 ? 0 : terms.stream().mapToDouble(rarity::get).sum() / all;
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
