package io.zhiwen.evaluate;

import java.util.ArrayList;
import java.util.List;

/// Whether passages are as often right as their relevance says.
///
/// @param bins of relevance, without empty ones
/// @param passages judged
/// @param error the expected calibration error: how far relevance and share lie apart, on average
/// over the passages (Naeini, Cooper, Hauskrecht 2015)
public record Reliability(List<Bin> bins, int passages, double error) {

    private static final int BINS = 10;

    /// A passage that was found.
    ///
    /// @param right whether it is one that answers
    public record Judged(double relevance, boolean right) {}

    /// Passages of like relevance.
    ///
    /// @param predicted their relevance, on average
    /// @param right share of them that is right
    public record Bin(double from, double to, int count, double predicted, double right) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    public static Reliability of(List<Judged> judged) {
        List<Bin> bins = new ArrayList<>();
        double apart = 0;
        for (int i = 0; i < BINS; i++) {
            int bin = i;
            List<Judged> in = judged.stream().filter(one -> bin(one.relevance()) == bin).toList();
            if (!in.isEmpty()) {
                double predicted =
                        in.stream().mapToDouble(Judged::relevance).average().orElseThrow();
                double right = in.stream().filter(Judged::right).count() / (double) in.size();
                bins.add(
                        new Bin(
                                bin / (double) BINS,
                                (bin + 1) / (double) BINS,
                                in.size(),
                                predicted,
                                right));
                apart += in.size() * Math.abs(predicted - right);
            }
        }
        return new Reliability(bins, judged.size(), judged.isEmpty() ? 0 : apart / judged.size());
    }

    private static int bin(double relevance) {
        return Math.min(BINS - 1, (int) (relevance * BINS));
    }
}
