package io.zhiwen.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void aRelevantDocumentAtRankTwoOfOneEarnsHalfAReciprocalRankAndADiscountedGain() {
        Figures figures = of(List.of("x", "a", "y"), Set.of("a"));

        assertThat(figures.hit1()).isZero();
        assertThat(figures.recall5()).isEqualTo(1);
        assertThat(figures.mrr10()).isEqualTo(1.0 / 2);
        assertThat(figures.ndcg10()).isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
    }

    @Test
    void theIdealRankingOfTwoRelevantDocumentsIsWorthOne() {
        Figures figures = of(List.of("b", "a"), Set.of("a", "b"));

        assertThat(figures.ndcg10()).isCloseTo(1, within(1e-12));
        assertThat(figures.recall10()).isEqualTo(1);
    }

    @Test
    void whatStandsBehindRankTenIsNotFound() {
        Figures figures =
                of(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "a"), Set.of("a"));

        assertThat(figures).isEqualTo(new Figures(1, 0, 0, 0, 0, 0));
    }

    @Test
    void rankSixCountsForTenButNotForFive() {
        Figures figures = of(List.of("1", "2", "3", "4", "5", "a"), Set.of("a", "b"));

        assertThat(figures.recall5()).isZero();
        assertThat(figures.recall10()).isEqualTo(1.0 / 2);
    }

    @Test
    void figuresAreMeansOverQuestions() {
        Figures.Sum sum = new Figures.Sum();
        sum.add(List.of("a"), Set.of("a"));
        sum.add(List.of("x"), Set.of("a"));

        assertThat(sum.mean()).isEqualTo(new Figures(2, 0.5, 0.5, 0.5, 0.5, 0.5));
    }

    @Test
    void aThresholdRefusesWhatIsBelowItOfBothKinds() {
        Refusals refusals = new Refusals();
        refusals.add(true, 0.9);
        refusals.add(true, 0.3);
        refusals.add(false, 0.6);
        refusals.add(false, 0.2);
        refusals.add(false, 0.1);

        assertThat(refusals.at(0.5)).isEqualTo(new RefusalPoint(0.5, 1 - 2.0 / 3, 1.0 / 2));
        assertThat(refusals.curve()).hasSize(51).first().isEqualTo(new RefusalPoint(0, 1, 0));
    }

    @Test
    void withoutUnanswerableQuestionsThereIsNoCurve() {
        Refusals refusals = new Refusals();
        refusals.add(true, 0.9);

        assertThat(refusals.curve()).isEmpty();
    }

    @Test
    void aPercentileIsADurationThatReallyOccurred() {
        Times times = new Times();
        for (double ms : new double[] {4, 1, 3, 2}) {
            times.add(ms);
        }

        assertThat(times.percentile(0.5)).isEqualTo(2);
        assertThat(times.percentile(0.95)).isEqualTo(4);
    }

    @Test
    void evidenceIsSentWhenNearlyAllOfItsWordsAre() {
        EvidenceSent evidence = new EvidenceSent();
        evidence.add(
                List.of("| 同比增长 | 29% |，实现规模、增速双提升", "物联网连接数达到三点九亿户以上"),
                "2022 年同比增长 29%, 实现规模、增速双提升。");

        assertThat(evidence.share()).isEqualTo(1.0 / 2);
    }

    private static Figures of(List<String> found, Set<String> relevant) {
        Figures.Sum sum = new Figures.Sum();
        sum.add(found, relevant);
        return sum.mean();
    }
}
