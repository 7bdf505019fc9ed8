package io.zhiwen.ask.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Ranking;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {

    @Test
    void addsBothBeliefsWeightedAndTheirGeometricMean() {
        Leg words = words(20, hit(1, 10), hit(2, 5));
        Leg meaning = meaning(true, hit(2, 0.8), hit(3, 0.7));

        Fused fused = Fusion.fuse(List.of(words, meaning));

        // words: 10/10, 5/10 and 0 of the best score, times 8; chunk 3 was not found
        double w1 = Math.exp(0);
        double w2 = Math.exp(8 * (0.5 - 1));
        double w3 = Math.exp(8 * (0.0 - 1));
        double w = w1 + w2 + w3;
        // meaning: cosines times 30; chunk 1 gets the least that was found, 0.7
        double m1 = Math.exp(30 * (0.7 - 0.8));
        double m2 = Math.exp(0);
        double m3 = Math.exp(30 * (0.7 - 0.8));
        double m = m1 + m2 + m3;
        double b1 = 0.65 * w1 / w + 0.35 * m1 / m + Math.sqrt(w1 / w * m1 / m);
        double b2 = 0.65 * w2 / w + 0.35 * m2 / m + Math.sqrt(w2 / w * m2 / m);
        double b3 = 0.65 * w3 / w + 0.35 * m3 / m + Math.sqrt(w3 / w * m3 / m);
        double b = b1 + b2 + b3;
        assertThat(fused.ranking().hits()).extracting(Hit::chunk).containsExactly(1L, 2L, 3L);
        assertThat(fused.ranking().hits().get(0).score()).isCloseTo(b1 / b, within(1e-12));
        assertThat(fused.ranking().hits().get(1).score()).isCloseTo(b2 / b, within(1e-12));
        assertThat(fused.ranking().hits().get(2).score()).isCloseTo(b3 / b, within(1e-12));
        assertThat(signals(fused, 1).keywordShare()).isEqualTo(10.0 / 20);
        assertThat(signals(fused, 1).foundByMeaning()).isFalse();
        assertThat(signals(fused, 2).cosine()).isEqualTo(0.8);
    }

    @Test
    void aLegWhoseFirstHitStandsOutOverrulesOneThatSeesManyAlike() {
        Leg sure = words(12, hit(1, 10), hit(2, 4), hit(3, 4));
        Leg unsure = meaning(true, hit(2, 0.61), hit(3, 0.605), hit(1, 0.60));

        assertThat(first(sure, unsure)).isEqualTo(1);

        Leg doubtful = words(12, hit(2, 4.2), hit(3, 4.1), hit(1, 4));
        Leg certain = meaning(true, hit(1, 0.85), hit(3, 0.60), hit(2, 0.60));

        assertThat(first(doubtful, certain)).isEqualTo(1);
    }

    @Test
    void whatBothFoundBeatsWhatOnlyOneFoundAsWell() {
        assertThat(
                        first(
                                words(12, hit(1, 8), hit(2, 8)),
                                meaning(true, hit(2, 0.8), hit(3, 0.8), hit(9, 0.6))))
                .isEqualTo(2);
    }

    @Test
    void oneLegAloneKeepsItsOrder() {
        assertThat(order(words(9, hit(4, 3), hit(1, 2)), meaning(true))).containsExactly(4L, 1L);
        assertThat(order(words(0), meaning(true, hit(9, 0.5), hit(2, 0.4))))
                .containsExactly(9L, 2L);
        assertThat(order(words(0), meaning(true))).isEmpty();
    }

    @Test
    void whatWasFoundInSeveralSpacesIsOneRankingByMeaning() {
        Leg words = words(9, hit(5, 1), hit(6, 1));
        Leg here = meaning(true, hit(1, 0.7), hit(2, 0.5));
        Leg there = meaning(true, hit(3, 0.9), hit(4, 0.6));

        Fused fused = Fusion.fuse(List.of(words, here, there));

        assertThat(fused)
                .isEqualTo(
                        Fusion.fuse(
                                List.of(
                                        words,
                                        meaning(
                                                true,
                                                hit(3, 0.9),
                                                hit(1, 0.7),
                                                hit(4, 0.6),
                                                hit(2, 0.5)))));
        assertThat(signals(fused, 4).cosine()).isEqualTo(0.6);
        assertThat(signals(fused, 5).cosine()).isEqualTo(0.5);
    }

    @Test
    void anEncoderThatDoesNotReadTheLanguageIsHeardOnlyWhenNoOtherFoundAnything() {
        Leg words = words(9, hit(1, 3));
        Leg foreign = meaning(false, hit(7, 0.99), hit(8, 0.4));

        assertThat(order(words, meaning(true, hit(2, 0.6)), foreign)).containsExactly(1L, 2L);
        assertThat(order(words(0), meaning(true), foreign)).containsExactly(7L, 8L);
        assertThat(signals(Fusion.fuse(List.of(words(0), foreign)), 7).cosine()).isZero();
    }

    @Test
    void equalsAreOrderedById() {
        assertThat(order(words(9, hit(5, 3), hit(3, 3)), meaning(true))).containsExactly(3L, 5L);
    }

    @Test
    void beliefsSumToOne() {
        Fused fused =
                Fusion.fuse(
                        List.of(
                                words(12, hit(1, 8), hit(2, 7)),
                                meaning(true, hit(2, 0.8), hit(3, -0.1))));

        assertThat(fused.ranking().hits().stream().mapToDouble(Hit::score).sum())
                .isCloseTo(1, within(1e-9));
    }

    private static long first(Leg... legs) {
        return order(legs).getFirst();
    }

    private static List<Long> order(Leg... legs) {
        return Fusion.fuse(List.of(legs)).ranking().hits().stream().map(Hit::chunk).toList();
    }

    private static Fused.Signals signals(Fused fused, long chunk) {
        return java.util.Objects.requireNonNull(fused.signals().get(chunk));
    }

    private static Hit hit(long chunk, double score) {
        return new Hit(chunk, score);
    }

    private static Leg words(double ceiling, Hit... hits) {
        return new Leg(
                Leg.Kind.KEYWORD,
                true,
                new Ranking("keyword", List.of(hits)),
                ceiling,
                Duration.ZERO,
                null);
    }

    private static Leg meaning(boolean speaksQuestion, Hit... hits) {
        return new Leg(
                Leg.Kind.VECTOR,
                speaksQuestion,
                new Ranking("vector:test", List.of(hits)),
                1,
                Duration.ZERO,
                null);
    }
}
