package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.retrieve.Calibration;
import org.junit.jupiter.api.Test;

class RelevanceTest {

    private static final Relevance ASKED = new Relevance(Calibration.BUNDLED.asked());
    private static final Relevance TRANSLATED = new Relevance(Calibration.BUNDLED.translated());
    private static final Signals ON_TOPIC = new Signals(0.6, 0.75, true, 0.5);
    private static final Signals ELSEWHERE = new Signals(0.2, 0.5, true, 0.1);

    @Test
    void isALogisticOfWhatWasSaid() {
        double x = -7.93 + 4.55 * 0.6 + 2.25 * 0.75 + 5.3 * 0.8 + 1.0 * 0.5;

        assertThat(ASKED.of(ON_TOPIC, 0.8)).isCloseTo(1 / (1 + Math.exp(-x)), within(1e-12));
    }

    @Test
    void separatesAnAnswerFromAnotherTopicWithAndWithoutTheReranker() {
        assertThat(ASKED.of(ON_TOPIC, 0.8)).isGreaterThan(0.5);
        assertThat(ASKED.of(ELSEWHERE, 0.55)).isLessThan(0.12);
        assertThat(ASKED.withoutReranker(ON_TOPIC)).isGreaterThan(0.5);
        assertThat(ASKED.withoutReranker(ELSEWHERE)).isLessThan(0.12);
    }

    @Test
    void aTranslationIsJudgedByWeightsOfItsOwn() {
        Signals likely = new Signals(0.4, 0.68, true, 0.4);

        assertThat(TRANSLATED.of(likely, 0.67)).isGreaterThan(0.12);
        assertThat(TRANSLATED.of(ELSEWHERE, 0.55)).isLessThan(0.12);
        assertThat(TRANSLATED.withoutReranker(ELSEWHERE)).isLessThan(0.12);
    }
}
