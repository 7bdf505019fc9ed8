package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ingest.embed.TokenVectors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LateInteractionTest {

    @Test
    void theScoreIsTheMeanOfEachQuestionTokensBestCosine() {
        TokenVectors question = tokens(2, 1, 0, 0, 1);
        TokenVectors passage = tokens(2, 0.6f, 0.8f, 0, 1, 0, -1);
        // first token: best of 0.6, 0, 0; second: best of 0.8, 1, -1
        assertThat(LateInteraction.score(question, passage)).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void aStretchIsJudgedByItsOwnTokensOnly() {
        TokenVectors question = tokens(2, 1, 0);
        TokenVectors passage = tokens(2, 1, 0, 0.6f, 0.8f, 0, 1);
        assertThat(LateInteraction.score(question, passage, 1, 3)).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void aPassageThatSaysItInOnePlaceBeatsOneThatScattersTheSameWords() {
        TokenVectors question = tokens(3, 1, 0, 0, 0, 1, 0);
        float[] together = filled(60);
        word(together, 40, 0);
        word(together, 41, 1);
        float[] apart = filled(60);
        word(apart, 2, 0);
        word(apart, 57, 1);
        assertThat(LateInteraction.scoreWithBestStretch(question, tokens(3, together)))
                .isEqualTo(1);
        assertThat(LateInteraction.scoreWithBestStretch(question, tokens(3, apart)))
                .isCloseTo((1 + 0.5) / 2, within(1e-6));
    }

    @Test
    void nothingToCompareScoresZero() {
        TokenVectors some = tokens(2, 1, 0);
        TokenVectors none = tokens(2);
        assertThat(LateInteraction.score(none, some)).isZero();
        assertThat(LateInteraction.score(some, none)).isZero();
        assertThat(LateInteraction.score(some, some, 1, 1)).isZero();
        assertThat(LateInteraction.scoreWithBestStretch(none, some)).isZero();
        assertThat(LateInteraction.scoreWithBestStretch(some, none)).isZero();
    }

    @Test
    void vectorsOfTwoEncodersDoNotCompare() {
        assertThatThrownBy(() -> LateInteraction.score(tokens(2, 1, 0), tokens(3, 1, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 dimensions");
    }

    @Test
    void anyNumberOfTokensAndAnyWidthGivesThePlainSum() {
        Random random = new Random(7);
        for (int width : new int[] {1, 15, 16, 33, 384}) {
            for (int rows = 1; rows <= 6; rows++) {
                float[] a = floats(random, rows * width);
                float[] b = floats(random, 5 * width);
                float[] found = new float[rows * 5];
                Dots.all(a, b, width, found);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < 5; j++) {
                        double sum = 0;
                        for (int k = 0; k < width; k++) {
                            sum += a[i * width + k] * b[j * width + k];
                        }
                        assertThat((double) found[i * 5 + j]).isCloseTo(sum, within(1e-3));
                    }
                }
            }
        }
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /// Tokens that no question here asks for.
    private static float[] filled(int count) {
        float[] values = new float[count * 3];
        for (int i = 2; i < values.length; i += 3) {
            values[i] = 1;
        }
        return values;
    }

    private static void word(float[] values, int token, int axis) {
        values[token * 3 + 2] = 0;
        values[token * 3 + axis] = 1;
    }

    private static TokenVectors tokens(int dimension, float... values) {
        int count = values.length / dimension;
        return new TokenVectors(dimension, values, new int[count], new int[count]);
    }
}
