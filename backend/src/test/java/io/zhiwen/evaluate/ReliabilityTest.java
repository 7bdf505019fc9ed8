package io.zhiwen.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.retrieve.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    private static Reliability.Judged judged(double relevance, boolean right) {
        return new Reliability.Judged(relevance, right);
    }

    @Test
    void theErrorIsHowFarRelevanceAndShareLieApartOverThePassages() {
        Reliability reliability =
                Reliability.of(
                        List.of(
                                judged(0.92, true),
                                judged(0.98, true),
                                judged(0.96, false),
                                judged(0.12, false)));

        assertThat(reliability.bins())
                .containsExactly(
                        new Reliability.Bin(0.1, 0.2, 1, 0.12, 0),
                        new Reliability.Bin(0.9, 1.0, 3, (0.92 + 0.98 + 0.96) / 3, 2 / 3.0));
        assertThat(reliability.error())
                .isCloseTo((0.12 + 3 * ((0.92 + 0.98 + 0.96) / 3 - 2 / 3.0)) / 4, within(1e-12));
        assertThat(Reliability.of(List.of(judged(1, true))).bins().getFirst().to()).isEqualTo(1);
    }

    @Test
    void aFitOnABaseWhoseRelevanceIsTooHighMakesItReliableForQuestionsItHasNotSeen() {
        List<CalibrationFit.Sample> samples = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var signals = new Signals(random.nextDouble(), random.nextDouble(), true, 0.1);
            double late = random.nextDouble();
            double logit = -6 + 6 * signals.keywordShare() + 2 * late;
            boolean right = random.nextDouble() < 1 / (1 + Math.exp(-logit));
            samples.add(new CalibrationFit.Sample(i / 10, false, signals, late, right, 1));
        }
        var before = samples.stream().map(one -> one.by(Calibration.BUNDLED)).toList();

        var crossed = CalibrationFit.crossed(samples, Calibration.BUNDLED);
        var fitted = CalibrationFit.of(samples, Calibration.BUNDLED, "here");

        assertThat(Reliability.of(before).error()).isGreaterThan(0.06);
        assertThat(Reliability.of(crossed).error()).isLessThan(0.03);
        assertThat(fitted.name()).isEqualTo("here");
        assertThat(fitted.asked().read().keywordShare()).isCloseTo(6, within(0.8));
        assertThat(fitted.translated()).isEqualTo(Calibration.BUNDLED.translated());
    }

    @Test
    void fewPassagesLeaveTheWeightsAsTheyAre() {
        var signals = new Signals(0.5, 0.5, true, 0.1);
        var one = new CalibrationFit.Sample(1, false, signals, 0.5, true, 1);

        assertThat(CalibrationFit.of(List.of(one, one), Calibration.BUNDLED, "few").asked())
                .isEqualTo(Calibration.BUNDLED.asked());
    }

    @Test
    void aThresholdThatRefusesFewIsTheStrictestOneThatStillDoes() {
        Refusals refusals = new Refusals();
        List.of(0.9, 0.8, 0.7, 0.2).forEach(score -> refusals.add(true, score));
        List.of(0.75, 0.3, 0.1, 0.1).forEach(score -> refusals.add(false, score));

        assertThat(refusals.refusingAtMost(0.25).falseAnswers()).isEqualTo(1 / 4.0);
        assertThat(refusals.refusingAtMost(0).falseAnswers()).isEqualTo(2 / 4.0);
        assertThat(refusals.refusingAtMost(0.5).falseAnswers()).isZero();
    }
}
