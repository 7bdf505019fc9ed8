package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.Samples;
import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.Ranking;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReorderingTest {

    private static final List<StoredChunk> CANDIDATES =
            List.of(chunk(1, "first"), chunk(2, "second"), chunk(3, "third"), chunk(4, "fourth"));
    private static final Fused FUSED =
            new Fused(
                    new Ranking("fused", List.of()),
                    Map.of(
                            1L,
                            signals(0.9),
                            2L,
                            signals(0.05),
                            3L,
                            signals(0.03),
                            4L,
                            signals(0.02)));

    @Test
    void aPassageThatReadsMuchBetterComesFirst() {
        assertThat(order(4, Map.of(1L, 0.3, 2L, 0.3, 3L, 0.6, 4L, 0.3)))
                .containsExactly(3L, 1L, 2L, 4L);
    }

    @Test
    void whatWasNotReadInTimeIsPlacedByWhatTheLegsSaid() {
        assertThat(order(4, Map.of(2L, 0.5, 3L, 0.45))).first().isEqualTo(1L);
        assertThat(order(4, Map.of(1L, 0.5, 2L, 0.5))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatNobodyWasToReadFollows() {
        assertThat(order(2, Map.of(1L, 0.2, 2L, 0.1))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(order(3, Map.of(3L, 0.9))).last().isEqualTo(4L);
    }

    @Test
    void withoutAnyScoreTheLegsDecide() {
        assertThat(order(4, Map.of())).containsExactly(1L, 2L, 3L, 4L);
    }

    private static List<Long> order(int toRead, Map<Long, Double> scores) {
        var said = new Rerankers.Reread(RerankerKind.LATE_INTERACTION, new ThirtyTimes(), scores);
        return Reordering.reorder(
                        CANDIDATES, toRead, FUSED, said, new Relevance(Calibration.BUNDLED.asked()))
                .stream()
                .map(passage -> passage.source().id())
                .toList();
    }

    private record ThirtyTimes() implements Reranker {

        @Override
        public Map<Long, Double> score(
                String question, List<StoredChunk> candidates, Duration budget) {
            return Map.of();
        }

        @Override
        public double weight(double score) {
            return 30 * score;
        }

        @Override
        public double relevance(Relevance bundled, Signals signals, double score) {
            return bundled.of(signals, score);
        }
    }

    private static Signals signals(double belief) {
        return new Signals(0.5, 0.5, true, belief);
    }

    private static StoredChunk chunk(long id, String text) {
        return Samples.passage(id, text, 1).source();
    }
}
