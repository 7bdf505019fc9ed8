package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The straight lines of a page, pieces of one line put together; coordinates as of [PdfRun].
///
/// @param level from left to right
/// @param upright from top to bottom
record Rules(List<Rule> level, List<Rule> upright) {

    /// @param at its distance from the other axis
    record Rule(float at, float from, float to) {}

    /// Lines closer than this are one.
    static final float SAME = 2.5f;

    /// A gap that a crossing line fills.
    private static final float GAP = 3;

    static final Rules NONE = new Rules(List.of(), List.of());

    static Rules of(List<Rule> level, List<Rule> upright) {
        return new Rules(joined(level), joined(upright));
    }

    private static List<Rule> joined(List<Rule> rules) {
        List<Rule> sorted = new ArrayList<>(rules);
        sorted.sort(Comparator.comparingDouble(Rule::at).thenComparingDouble(Rule::from));
        List<Rule> joined = new ArrayList<>();
        for (int i = 0; i < sorted.size(); ) {
            int end = i + 1;
            while (end < sorted.size()
                    && sorted.get(end).at() - sorted.get(end - 1).at() < SAME
                    && sorted.get(end).at() - sorted.get(i).at() < 2 * SAME) {
                end++;
            }
            addJoined(joined, new ArrayList<>(sorted.subList(i, end)));
            i = end;
        }
        return joined;
    }

    private static void addJoined(List<Rule> joined, List<Rule> same) {
        double at = same.stream().mapToDouble(Rule::at).average().orElse(0);
        same.sort(Comparator.comparingDouble(Rule::from));
        float from = same.getFirst().from();
        float to = same.getFirst().to();
        for (Rule rule : same) {
            if (rule.from() > to + GAP) {
                joined.add(new Rule((float) at, from, to));
                from = rule.from();
                to = rule.to();
            }
            to = Math.max(to, rule.to());
        }
        joined.add(new Rule((float) at, from, to));
    }

    /// Whether an upright line stands between two places on a line of text.
    boolean part(float left, float right, float y) {
        for (Rule rule : upright) {
            if (rule.at() > left && rule.at() < right && rule.from() < y && rule.to() > y) {
                return true;
            }
        }
        return false;
    }
}
