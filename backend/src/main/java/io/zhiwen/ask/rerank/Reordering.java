package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Mixes what the reranker says with what the legs said: the logarithm of the fused belief plus the
/// weight of its score, as if both were independent witnesses. A candidate that was not read in
/// time is given what the others said on average, so that the legs decide its place; the candidates
/// that nobody was to read follow in fused order.
public final class Reordering {

    private static final double LEAST_BELIEF = 1e-12;

    private static final Comparator<Passage> BEST_FIRST =
            Comparator.comparingDouble(Passage::score)
                    .reversed()
                    .thenComparingLong(passage -> passage.source().id());

    private Reordering() {}

    /// @param candidates in fused order
    /// @param toRead how many of the first of them the reranker was given
    /// @param said the scores of those that were read in time
    /// @param relevance of a question as asked, or of its translation
    public static List<Passage> reorder(
            List<StoredChunk> candidates,
            int toRead,
            Fused fused,
            Rerankers.Reread said,
            Relevance relevance) {
        Map<Long, Double> scores = said.scores();
        double average =
                scores.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
        List<Mixed> mixed = new ArrayList<>();
        List<Passage> rest = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            StoredChunk chunk = candidates.get(i);
            Signals signals = fused.signals().get(chunk.id());
            if (signals == null) {
                continue;
            }
            if (i < toRead && !scores.isEmpty()) {
                Double score = scores.get(chunk.id());
                double weight = said.by().weight(score == null ? average : score);
                double belief = Math.max(LEAST_BELIEF, signals.belief());
                double likely =
                        score == null
                                ? relevance.withoutReranker(signals)
                                : said.by().relevance(relevance, signals, score);
                mixed.add(new Mixed(chunk, weight + Math.log(belief), likely));
            } else {
                double likely = relevance.withoutReranker(signals);
                rest.add(new Passage(chunk, signals.belief(), likely));
            }
        }
        double best = mixed.stream().mapToDouble(Mixed::logarithm).max().orElse(0);
        List<Passage> passages = new ArrayList<>();
        mixed.forEach(one -> passages.add(one.passage(best)));
        passages.sort(BEST_FIRST);
        rest.sort(BEST_FIRST);
        passages.addAll(rest);
        return List.copyOf(passages);
    }

    /// A candidate beside its mixed belief, whose logarithm says where it stands.
    private record Mixed(StoredChunk chunk, double logarithm, double relevance) {

        Passage passage(double best) {
            return new Passage(chunk, 1 + Math.exp(logarithm - best), relevance);
        }
    }
}
