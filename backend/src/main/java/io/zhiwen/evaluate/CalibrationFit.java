package io.zhiwen.evaluate;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.rerank.Relevance;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.Calibration.Reading;
import io.zhiwen.ask.retrieve.Calibration.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Fits a calibration on passages that are known to be right or wrong: maximum likelihood, held
/// near the calibration it begins with as if that had been seen in some passages, so that few
/// questions change little.
final class CalibrationFit {

    /// What is needed of both kinds before weights are fitted at all.
    private static final int LEAST = 20;

    /// How strongly weights are held where they were.
    private static final double HELD = 1;

    private static final int MOST_STEPS = 50;
    private static final double SETTLED = 1e-9;
    private static final int WEIGHTS = 4;

    private CalibrationFit() {}

    /// A passage that was found.
    ///
    /// @param question its number: passages of one are judged together
    /// @param translated whether the question's translation found it
    /// @param late what late interaction said; null where it did not read it
    /// @param weight what it counts
    record Sample(
            int question,
            boolean translated,
            Signals signals,
            @Nullable Double late,
            boolean right,
            double weight) {

        Reliability.Judged by(Calibration calibration) {
            var relevance =
                    new Relevance(translated ? calibration.translated() : calibration.asked());
            return new Reliability.Judged(
                    late == null ? relevance.withoutReranker(signals) : relevance.of(signals, late),
                    right);
        }
    }

    static Calibration of(List<Sample> samples, Calibration before, String name) {
        return new Calibration(
                name,
                reading(samples, Sample::translated, false, before.asked()),
                reading(samples, Sample::translated, true, before.translated()));
    }

    /// Each half of the questions judged by a fit on the other half: what a fit promises for
    /// questions it has not seen.
    static List<Reliability.Judged> crossed(List<Sample> samples, Calibration before) {
        List<Reliability.Judged> judged = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            int out = half;
            Calibration fitted =
                    of(
                            samples.stream().filter(one -> one.question() % 2 != out).toList(),
                            before,
                            before.name());
            samples.stream()
                    .filter(one -> one.question() % 2 == out)
                    .map(one -> one.by(fitted))
                    .forEach(judged::add);
        }
        return judged;
    }

    /// Without the reranker the same passages are judged by what the legs said of them.
    private static Reading reading(
            List<Sample> samples, Predicate<Sample> kind, boolean wanted, Reading before) {
        List<Sample> of = samples.stream().filter(one -> kind.test(one) == wanted).toList();
        return new Reading(
                fitted(of.stream().filter(one -> one.late() != null).toList(), true, before.read()),
                fitted(of, false, before.unread()));
    }

    private static Weights fitted(List<Sample> samples, boolean read, Weights before) {
        long right = samples.stream().filter(Sample::right).count();
        if (right < LEAST || samples.size() - right < LEAST) {
            return before;
        }
        double[] start = {
            before.constant(), before.keywordShare(), before.cosine(), before.lateInteraction()
        };
        double[] weights = start.clone();
        double best = likelihood(samples, read, weights, start);
        for (int i = 0; i < MOST_STEPS; i++) {
            double[] step = newton(samples, read, weights, start);
            double[] next = weights;
            double reached = best;
            for (double size = 1; size > 1e-4; size /= 2) {
                double[] tried = plus(weights, step, size);
                double likelihood = likelihood(samples, read, tried, start);
                if (likelihood > best) {
                    next = tried;
                    reached = likelihood;
                    break;
                }
            }
            if (reached - best < SETTLED) {
                break;
            }
            weights = next;
            best = reached;
        }
        return new Weights(weights[0], weights[1], weights[2], weights[3]);
    }

    private static double[] features(Sample sample, boolean read) {
        Double late = sample.late();
        return new double[] {
            1,
            sample.signals().keywordShare(),
            sample.signals().cosine(),
            read && late != null ? late : 0
        };
    }

    private static double likely(Sample sample, double[] features, double[] weights) {
        double x = Relevance.BELIEF * sample.signals().belief();
        for (int i = 0; i < WEIGHTS; i++) {
            x += weights[i] * features[i];
        }
        return 1 / (1 + Math.exp(-x));
    }

    private static double likelihood(
            List<Sample> samples, boolean read, double[] weights, double[] start) {
        double sum = 0;
        for (Sample sample : samples) {
            double likely = likely(sample, features(sample, read), weights);
            sum +=
                    sample.weight()
                            * Math.log(Math.max(1e-12, sample.right() ? likely : 1 - likely));
        }
        for (int i = 0; i < WEIGHTS; i++) {
            sum -= HELD / 2 * (weights[i] - start[i]) * (weights[i] - start[i]);
        }
        return sum;
    }

    private static double[] newton(
            List<Sample> samples, boolean read, double[] weights, double[] start) {
        double[] gradient = new double[WEIGHTS];
        double[][] curvature = new double[WEIGHTS][WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
            gradient[i] = -HELD * (weights[i] - start[i]);
            curvature[i][i] = HELD;
        }
        for (Sample sample : samples) {
            double[] features = features(sample, read);
            double likely = likely(sample, features, weights);
            double off = sample.weight() * ((sample.right() ? 1 : 0) - likely);
            double spread = sample.weight() * likely * (1 - likely);
            for (int i = 0; i < WEIGHTS; i++) {
                gradient[i] += off * features[i];
                for (int j = 0; j < WEIGHTS; j++) {
                    curvature[i][j] += spread * features[i] * features[j];
                }
            }
        }
        return solved(curvature, gradient);
    }

    /// By Gauss's elimination; the matrix is positive definite, so that no rows are swapped.
    private static double[] solved(double[][] matrix, double[] right) {
        for (int i = 0; i < WEIGHTS; i++) {
            for (int row = i + 1; row < WEIGHTS; row++) {
                double factor = matrix[row][i] / matrix[i][i];
                for (int j = i; j < WEIGHTS; j++) {
                    matrix[row][j] -= factor * matrix[i][j];
                }
                right[row] -= factor * right[i];
            }
        }
        double[] solution = new double[WEIGHTS];
        for (int i = WEIGHTS - 1; i >= 0; i--) {
            double sum = right[i];
            for (int j = i + 1; j < WEIGHTS; j++) {
                sum -= matrix[i][j] * solution[j];
            }
            solution[i] = sum / matrix[i][i];
        }
        return solution;
    }

    private static double[] plus(double[] weights, double[] step, double size) {
        double[] sum = weights.clone();
        for (int i = 0; i < WEIGHTS; i++) {
            sum[i] += size * step[i];
        }
        return sum;
    }
}
