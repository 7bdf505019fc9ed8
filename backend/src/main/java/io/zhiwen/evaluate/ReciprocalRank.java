package io.zhiwen.evaluate;

import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plain reciprocal rank fusion of all legs (Cormack, Clarke and Büttcher 2009, k = 60), which the
/// product's own fusion is compared with.
final class ReciprocalRank {

    private static final double K = 60;

    private ReciprocalRank() {}

    static List<Long> fuse(List<Leg> legs) {
        Map<Long, Double> sums = new HashMap<>();
        for (Leg leg : legs) {
            List<Hit> hits = leg.ranking().hits();
            for (int rank = 1; rank <= hits.size(); rank++) {
                sums.merge(hits.get(rank - 1).chunk(), 1 / (K + rank), Double::sum);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> new Hit(sum.getKey(), sum.getValue()))
                .sorted(Hit.BEST_FIRST)
                .map(Hit::chunk)
                .toList();
    }
}
