package io.zhiwen.ask;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Time per stage in milliseconds; for one thread.
final class Stopwatch {

    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long since = System.nanoTime();

    void lap(String stage) {
        long now = System.nanoTime();
        laps.merge(stage, (now - since) / 1e6, Double::sum);
        since = now;
    }

    Duration lapOf(String stage) {
        return Duration.ofNanos(Math.round(laps.getOrDefault(stage, 0.0) * 1e6));
    }

    Map<String, Double> laps() {
        return Map.copyOf(laps);
    }
}
