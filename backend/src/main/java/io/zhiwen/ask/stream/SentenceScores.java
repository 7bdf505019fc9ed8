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
import org.jspecify.annotations.Nullable;

/// Scores the units of passages against one question; for one thread. A passage is encoded once as
/// a whole, so that each sentence is judged in its context. The weights are a conditional logit
/// fitted on questions of three development sets together (squad, cmrc, drcd), both with the right
/// passage given and with what the retrieval finds; judged on questions left out, weights of a set
/// of its own gave nothing more.
final class SentenceScores {

    /// The mean over the question's tokens of the best cosine in the unit, rare tokens counting
    /// more.
    private static final double MEAN = 19.3;

    /// What that mean gains where the sentence before is read along: pronouns refer there.
    private static final double WITH_BEFORE = 11.9;

    /// The best cosine of the token that is found worst.
    private static final double WORST = 11.7;

    /// The mean over what makes the question a question: "when", "多少", "in which".
    private static final double ASKING = 6.9;

    private static final double WORDS = 5.8;
    private static final double TYPE = 1.2;
    private static final double PASSAGE = 0.4;

    private final String question;
    private final AnswerType type;
    private final TokenVectors tokens;
    private final List<Read> read = new ArrayList<>();

    /// A unit that was read.
    ///
    /// @param text of its passage
    /// @param words its own, folded, with the line it is read under
    /// @param best cosine of each token of the question in the unit or in that line
    /// @param before the unit before it in its passage
    private record Read(
            int number,
            int place,
            Passage passage,
            Unit unit,
            String text,
            String folded,
            String words,
            float[] best,
            @Nullable Read before) {}

    SentenceScores(String asked, Encoder encoder) {
        this.question = SearchText.fold(asked);
        this.type = AnswerType.of(question);
        this.tokens = encoder.embedTokens(question);
    }

    /// Reads a passage, to be cited by `number`.
    ///
    /// @param passageTokens of its folded text, by the same encoder
    void read(int number, Passage passage, TokenVectors passageTokens) {
        String text = passage.source().chunk().text();
        String folded = SearchText.fold(text);
        Similarities all = LateInteraction.compare(tokens, passageTokens);
        List<Unit> units = Units.of(text, passage.source().chunk().headingPath());
        Read before = null;
        for (int place = 0; place < units.size(); place++) {
            Unit unit = units.get(place);
            String own = unit.span().of(folded);
            Span context = unit.context();
            String words = context == null ? own : context.of(folded) + "\n" + own;
            float[] best = best(unit, all, passageTokens);
            before = new Read(number, place, passage, unit, text, own, words, best, before);
            read.add(before);
        }
    }

    /// The units of the passages read that can answer.
    List<Candidate> candidates() {
        var rarity = new Rarity(question, tokens, read.stream().map(Read::words).toList());
        return read.stream()
                .filter(unit -> unit.unit().kind().answers())
                .map(unit -> candidate(unit, rarity))
                .toList();
    }

    private Candidate candidate(Read read, Rarity rarity) {
        double mean = rarity.mean(read.best());
        double score =
                MEAN * mean
                        + WITH_BEFORE * (rarity.mean(withBefore(read)) - mean)
                        + WORST * rarity.worst(read.best())
                        + ASKING * rarity.asking(read.best())
                        + WORDS * rarity.share(read.words())
                        + PASSAGE * odds(read.passage().relevance());
        if (type.isIn(read.unit().text(), read.folded(), question)) {
            score += TYPE;
        }
        Span context = read.unit().context();
        String above = context == null ? "" : context.of(read.text());
        return new Candidate(
                read.number(),
                read.place(),
                read.unit(),
                above,
                Terms.of(read.folded()),
                heading(read.passage()),
                score,
                null);
    }

    /// A document's own title says nothing that its name does not.
    private static String heading(Passage passage) {
        List<String> path = passage.source().chunk().headingPath();
        return path.size() < 2 ? "" : path.getLast();
    }

    private static float[] withBefore(Read read) {
        if (read.before() == null) {
            return read.best();
        }
        float[] both = read.best().clone();
        for (int token = 0; token < both.length; token++) {
            both[token] = Math.max(both[token], read.before().best()[token]);
        }
        return both;
    }

    /// 0 where the encoder saw nothing of the unit, as it reads only so much of a passage.
    private static float[] best(Unit unit, Similarities all, TokenVectors tokens) {
        float[] best = new float[all.questionTokens()];
        take(best, unit.span(), all, tokens);
        if (unit.context() != null) {
            take(best, unit.context(), all, tokens);
        }
        return best;
    }

    private static void take(float[] best, Span span, Similarities all, TokenVectors tokens) {
        int from = tokenAt(tokens, span.start());
        int to = tokenAt(tokens, span.end());
        for (int token = 0; token < best.length && from < to; token++) {
            best[token] = Math.max(best[token], all.best(token, from, to));
        }
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
