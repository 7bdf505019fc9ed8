package io.zhiwen.evaluate;

import java.util.ArrayList;
import java.util.List;

/// Durations of one kind of step, in milliseconds; for one thread.
final class Times {

    private final List<Double> millis = new ArrayList<>();

    void add(double ms) {
        millis.add(ms);
    }

    void addAll(Times others) {
        millis.addAll(others.millis);
    }

    void addSince(long nanoTime) {
        add((System.nanoTime() - nanoTime) / 1e6);
    }

    /// The smallest duration that this share of all does not exceed; 0 without any.
    double percentile(double share) {
        if (millis.isEmpty()) {
            return 0;
        }
        List<Double> sorted = millis.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
