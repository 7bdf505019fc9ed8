package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Mixes what the reranker says with what the legs said: the logarithm of the fused belief plus the
/// late interaction times `SHARPNESS`, as if both were independent witnesses. Candidates without a
/// score keep their fused order behind those with one.
public final class Reordering {

    /// How much late interaction weighs; chosen over all evaluation sets together.
    static final double SHARPNESS = 30;

    private static final Comparator<Passage> BEST_FIRST =
            Comparator.comparingDouble(Passage::score)
                    .reversed()
                    .thenComparingLong(passage -> passage.source().id());

    private Reordering() {}

    /// @param candidates in fused order
    /// @param scores of late interaction; empty when there was no reranker
    public static List<Passage> reorder(
            List<StoredChunk> candidates, Fused fused, Map<Long, Double> scores) {
        Map<Long, Double> mixed = new HashMap<>();
        scores.forEach(
                (chunk, score) ->
                        mixed.put(chunk, SHARPNESS * score + Math.log(belief(fused, chunk))));
        double best = mixed.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        List<Passage> scored = new ArrayList<>();
        List<Passage> rest = new ArrayList<>();
        for (StoredChunk chunk : candidates) {
            Signals signals = fused.signals().get(chunk.id());
            if (signals == null) {
                continue;
            }
            Double own = mixed.get(chunk.id());
            Double late = scores.get(chunk.id());
            if (own != null && late != null) {
                double score = 1 + Math.exp(own - best);
                scored.add(new Passage(chunk, score, Relevance.of(signals, late)));
            } else {
                double belief = signals.belief();
                rest.add(new Passage(chunk, belief, Relevance.withoutReranker(signals)));
            }
        }
        scored.sort(BEST_FIRST);
        rest.sort(BEST_FIRST);
        scored.addAll(rest);
        return List.copyOf(scored);
    }

    private static double belief(Fused fused, long chunk) {
        Signals signals = fused.signals().get(chunk);
        return Math.max(1e-12, signals == null ? 0 : signals.belief());
    }
}
