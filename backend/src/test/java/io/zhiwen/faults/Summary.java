package io.zhiwen.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a number of runs came to.
final class Summary {

    private final Map<String, Integer> kills = new TreeMap<>();
    private final List<Duration> resumed = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int runs;
    private long promised;
    private long present;
    private long unanswered;

    synchronized void killed(String where) {
        kills.merge(where, 1, Integer::sum);
    }

    /// From the start of the next process until all that was in work had ended.
    synchronized void resumed(Duration after) {
        resumed.add(after);
    }

    synchronized void run(List<Slot> slots, long unanswered, List<String> violations) {
        runs++;
        long here = slots.stream().filter(Slot::isPromised).count();
        this.promised += here;
        this.present +=
                here - violations.stream().filter(line -> line.startsWith("I1 lost")).count();
        this.unanswered += unanswered;
        this.violations.addAll(violations);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int killsAt(String where) {
        return kills.getOrDefault(where, 0);
    }

    @Override
    public synchronized String toString() {
        List<Duration> sorted = resumed.stream().sorted().toList();
        StringBuilder table = new StringBuilder();
        kills.forEach((where, n) -> table.append("| kill -9 %s | %d |%n".formatted(where, n)));
        return """

                | | |
                |---|---|
                | runs | %d |
                | kills | %d |
                %s| requests without an answer | %d |
                | documents promised at the end | %d |
                | of them present, byte for byte | %d |
                | violations of I1 to I7 | %d |
                | all work resumed and ended after the restart, p50 | %s |
                | max | %s |
                """
                .formatted(
                        runs,
                        kills.values().stream().mapToInt(Integer::intValue).sum(),
                        table,
                        unanswered,
                        promised,
                        present,
                        violations.size(),
                        sorted.isEmpty() ? "-" : seconds(sorted.get(sorted.size() / 2)),
                        sorted.isEmpty() ? "-" : seconds(sorted.getLast()));
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
