package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.embed.TokenVectors;

/// How well a passage answers a question, token by token: the mean over the question's tokens of
/// the best cosine with a token of the passage. Both come from the same encoder.
public final class LateInteraction {

    /// About a sentence.
    private static final int STRETCH = 24;

    private static final int STEP = STRETCH / 3;

    private LateInteraction() {}

    /// 0 where either has no tokens.
    public static double score(TokenVectors question, TokenVectors passage) {
        return score(question, passage, 0, passage.size());
    }

    /// The score of a stretch of the passage, from token `from` to before token `to`. The tokens
    /// keep what the encoder saw around them, so that a sentence is judged in its context.
    public static double score(TokenVectors question, TokenVectors passage, int from, int to) {
        return compare(question, passage).score(from, to);
    }

    /// Half the score of the whole passage, half that of its best stretch of 24 tokens: an answer
    /// mostly stands in one place, and a long passage has a word for everything. 0 where either has
    /// no tokens.
    public static double scoreWithBestStretch(TokenVectors question, TokenVectors passage) {
        Similarities similarities = compare(question, passage);
        int size = passage.size();
        double best = similarities.score(0, Math.min(size, STRETCH));
        for (int from = STEP; from + STRETCH / 2 < size; from += STEP) {
            best = Math.max(best, similarities.score(from, Math.min(size, from + STRETCH)));
        }
        return (similarities.score(0, size) + best) / 2;
    }

    /// Every cosine at once, for those who score several stretches of one passage.
    public static Similarities compare(TokenVectors question, TokenVectors passage) {
        if (question.dimension() != passage.dimension()) {
            throw new IllegalArgumentException(
                    "a question of "
                            + question.dimension()
                            + " dimensions and a passage of "
                            + passage.dimension());
        }
        float[] cosines = new float[question.size() * passage.size()];
        Dots.all(question.values(), passage.values(), question.dimension(), cosines);
        return new Similarities(question.size(), passage.size(), cosines);
    }

    /// The cosine of each question token with each passage token.
    ///
    /// @param cosines row after row, one row a question token; not copied, do not change
    public record Similarities(int questionTokens, int passageTokens, float[] cosines) {

        /// The mean of `best` over the question's tokens; 0 where there is nothing to compare.
        public double score(int from, int to) {
            if (questionTokens == 0 || from >= to) {
                return 0;
            }
            double sum = 0;
            for (int token = 0; token < questionTokens; token++) {
                sum += best(token, from, to);
            }
            return sum / questionTokens;
        }

        /// The best cosine of a question token within a stretch that is not empty.
        public float best(int questionToken, int from, int to) {
            int row = questionToken * passageTokens;
            float best = -1;
            for (int i = row + from; i < row + to; i++) {
                best = Math.max(best, cosines[i]);
            }
            return best;
        }
    }
}
