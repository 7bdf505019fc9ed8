package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.worker.Rules.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lines of a page that cross each other and so make the frame of a table.
///
/// @param level the lines from left to right
/// @param upright the lines from top to bottom
/// @param xs where columns begin and the last one ends
/// @param ys where rows begin and the last one ends
record PdfLattice(List<Rule> level, List<Rule> upright, float[] xs, float[] ys) {

    private static final int MOST_LINES = 3000;
    private static final int MOST_CELLS = 20_000;
    private static final float NEAR = 3;

    /// Text may stand this far outside the outermost upright lines of a table open at its sides.
    private static final float OPEN_SIDE = 12;

    /// The frames of a page, from the top.
    static List<PdfLattice> of(Rules rules) {
        List<Rule> level = rules.level();
        List<Rule> upright = rules.upright();
        List<PdfLattice> frames = new ArrayList<>();
        if (level.size() > MOST_LINES || upright.size() > MOST_LINES) {
            return frames;
        }
        boolean[] taken = new boolean[level.size()];
        boolean[] takenUpright = new boolean[upright.size()];
        for (int i = 0; i < level.size(); i++) {
            if (!taken[i]) {
                List<Rule> levels = new ArrayList<>();
                List<Rule> uprights = new ArrayList<>();
                follow(rules, i, taken, takenUpright, levels, uprights);
                add(frames, levels, uprights);
            }
        }
        frames.sort(Comparator.comparingDouble(PdfLattice::top));
        return frames;
    }

    /// Collects all lines that cross the line, or cross one that does.
    private static void follow(
            Rules rules,
            int first,
            boolean[] taken,
            boolean[] takenUpright,
            List<Rule> levels,
            List<Rule> uprights) {
        List<Integer> open = new ArrayList<>(List.of(first));
        taken[first] = true;
        while (!open.isEmpty()) {
            Rule line = rules.level().get(open.removeLast());
            levels.add(line);
            for (int u = 0; u < takenUpright.length; u++) {
                Rule crossing = rules.upright().get(u);
                if (!takenUpright[u] && cross(line, crossing)) {
                    takenUpright[u] = true;
                    uprights.add(crossing);
                    for (int l = 0; l < taken.length; l++) {
                        if (!taken[l] && cross(rules.level().get(l), crossing)) {
                            taken[l] = true;
                            open.add(l);
                        }
                    }
                }
            }
        }
    }

    private static boolean cross(Rule level, Rule upright) {
        return upright.at() > level.from() - NEAR
                && upright.at() < level.to() + NEAR
                && level.at() > upright.from() - NEAR
                && level.at() < upright.to() + NEAR;
    }

    private static void add(List<PdfLattice> frames, List<Rule> level, List<Rule> upright) {
        if (upright.isEmpty()) {
            return;
        }
        float[] xs = places(upright, level);
        float[] ys = places(level, upright);
        int columns = xs.length - 1;
        int rows = ys.length - 1;
        if (columns >= 2 && rows >= 1 && (long) columns * rows <= MOST_CELLS) {
            frames.add(new PdfLattice(level, upright, xs, ys));
        }
    }

    /// Where lines of one kind stand; and where those of the other kind end, beyond them.
    private static float[] places(List<Rule> lines, List<Rule> others) {
        List<Float> sorted = new ArrayList<>(lines.stream().map(Rule::at).sorted().toList());
        float from = (float) others.stream().mapToDouble(Rule::from).min().orElse(0);
        float to = (float) others.stream().mapToDouble(Rule::to).max().orElse(0);
        if (from < sorted.getFirst() - OPEN_SIDE) {
            sorted.addFirst(from);
        }
        if (to > sorted.getLast() + OPEN_SIDE) {
            sorted.add(to);
        }
        List<Float> apart = new ArrayList<>();
        for (float place : sorted) {
            if (apart.isEmpty() || place - apart.getLast() > NEAR) {
                apart.add(place);
            }
        }
        float[] places = new float[apart.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = apart.get(i);
        }
        return places;
    }

    float top() {
        return ys[0];
    }

    float bottom() {
        return ys[ys.length - 1];
    }

    boolean holds(PdfRun run) {
        float x = (run.left() + run.right()) / 2;
        return row(run) >= 0 && x > xs[0] && x < xs[xs.length - 1];
    }

    /// The row a run stands in, or -1.
    int row(PdfRun run) {
        return between(ys, run.y() - 0.3f * run.size());
    }

    /// The column the middle of a run stands in, or -1.
    int column(PdfRun run) {
        return between(xs, (run.left() + run.right()) / 2);
    }

    private static int between(float[] places, float place) {
        for (int i = 0; i + 1 < places.length; i++) {
            if (place >= places[i] && place < places[i + 1]) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a line parts this cell from the one at its right.
    boolean endsAtRight(int row, int column) {
        return covers(upright, xs[column + 1], (ys[row] + ys[row + 1]) / 2);
    }

    /// Whether a line parts this cell from the one below.
    boolean endsBelow(int row, int column) {
        return covers(level, ys[row + 1], (xs[column] + xs[column + 1]) / 2);
    }

    private static boolean covers(List<Rule> lines, float at, float place) {
        for (Rule line : lines) {
            if (Math.abs(line.at() - at) <= NEAR && line.from() < place && line.to() > place) {
                return true;
            }
        }
        return false;
    }

    /// The same frame with more rows.
    PdfLattice withRowsAt(List<Float> more) {
        List<Rule> lines = new ArrayList<>(level);
        more.forEach(y -> lines.add(new Rule(y, xs[0], xs[xs.length - 1])));
        return new PdfLattice(lines, upright, xs, places(lines, upright));
    }

    /// The same frame with its columns parted in a band.
    PdfLattice withColumnsFrom(float top, float bottom) {
        List<Rule> lines = new ArrayList<>(upright);
        for (int i = 1; i + 1 < xs.length; i++) {
            lines.add(new Rule(xs[i], top, bottom));
        }
        return new PdfLattice(level, lines, xs, ys);
    }

    /// Whether a run stands in more than one column.
    boolean crosses(PdfRun run) {
        return between(xs, run.left() + NEAR) != between(xs, run.right() - NEAR);
    }
}
