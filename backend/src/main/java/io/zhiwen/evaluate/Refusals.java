package io.zhiwen.evaluate;

import java.util.ArrayList;
import java.util.List;

/// The relevance of each question's best passage, and the curve that thresholds draw through them.
final class Refusals {

    private static final int STEPS = 50;

    private final List<Double> answerable = new ArrayList<>();
    private final List<Double> unanswerable = new ArrayList<>();

    void add(boolean canBeAnswered, double relevance) {
        (canBeAnswered ? answerable : unanswerable).add(relevance);
    }

    /// By rising threshold; empty when all questions are of one kind.
    List<RefusalPoint> curve() {
        if (answerable.isEmpty() || unanswerable.isEmpty()) {
            return List.of();
        }
        List<RefusalPoint> points = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            points.add(at(step / (double) STEPS));
        }
        return points;
    }

    RefusalPoint at(double threshold) {
        return new RefusalPoint(
                threshold, 1 - below(threshold, unanswerable), below(threshold, answerable));
    }

    private static double below(double threshold, List<Double> relevances) {
        long count = relevances.stream().filter(relevance -> relevance < threshold).count();
        return count / (double) relevances.size();
    }
}
