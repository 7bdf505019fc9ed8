package io.zhiwen.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// What each question's best passage scored, and the curve that thresholds draw through them.
public final class Refusals {

    private static final int STEPS = 50;

    private final List<Double> answerable = new ArrayList<>();
    private final List<Double> unanswerable = new ArrayList<>();

    public void add(boolean canBeAnswered, double score) {
        (canBeAnswered ? answerable : unanswerable).add(score);
    }

    /// By rising threshold; empty when all questions are of one kind.
    public List<RefusalPoint> curve() {
        if (isOneSided()) {
            return List.of();
        }
        List<RefusalPoint> points = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            points.add(at(step / (double) STEPS));
        }
        return points;
    }

    /// The strictest threshold that refuses at most this share of the answerable questions.
    RefusalPoint refusingAtMost(double share) {
        return DoubleStream.concat(
                        answerable.stream().mapToDouble(Double::doubleValue),
                        unanswerable.stream().mapToDouble(one -> Math.nextUp(one)))
                .mapToObj(this::at)
                .filter(point -> point.falseRefusals() <= share)
                .min(
                        java.util.Comparator.comparingDouble(RefusalPoint::falseAnswers)
                                .thenComparingDouble(RefusalPoint::falseRefusals))
                .orElseGet(() -> at(0));
    }

    RefusalPoint at(double threshold) {
        return new RefusalPoint(
                threshold, 1 - below(threshold, unanswerable), below(threshold, answerable));
    }

    private boolean isOneSided() {
        return answerable.isEmpty() || unanswerable.isEmpty();
    }

    private static double below(double threshold, List<Double> scores) {
        long count = scores.stream().filter(score -> score < threshold).count();
        return count / (double) scores.size();
    }
}
