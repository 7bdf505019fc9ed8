package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Parts what no line parts in the bands between a frame's level lines: rows that show by their
/// figures, and, below a ruled head, rows and columns that show by where text stands.
final class PdfBands {

    private static final Pattern WHOLE_NUMBER =
            Pattern.compile("[-+−(]?[$€£¥]?\\d{1,3}([, ]?\\d{3})*(\\.\\d+)?[)%％]?\\.?");

    /// Rows that an open band has at least.
    private static final int FEWEST_ROWS = 3;

    private PdfBands() {}

    /// The same frame with the lines that its text implies.
    static PdfLattice parted(PdfLattice lattice, List<PdfRun> runs) {
        PdfLattice frame = lattice;
        for (int row = 0; row + 1 < lattice.ys().length; row++) {
            if (isOpen(lattice, row)) {
                frame = parted(frame, lattice.ys()[row], lattice.ys()[row + 1], runs);
            }
        }
        return frame.withRowsAt(amountRows(frame, runs));
    }

    /// Whether no upright line parts the band.
    private static boolean isOpen(PdfLattice frame, int row) {
        for (int column = 0; column + 2 < frame.xs().length; column++) {
            if (frame.endsAtRight(row, column)) {
                return false;
            }
        }
        return frame.xs().length > 3;
    }

    /// A line with text in several columns begins a row; one with text in a single column is the
    /// rest of the row above.
    private static PdfLattice parted(PdfLattice frame, float top, float bottom, List<PdfRun> all) {
        List<PdfRun> runs =
                all.stream()
                        .filter(run -> frame.column(run) >= 0)
                        .filter(run -> run.y() > top && run.y() < bottom)
                        .toList();
        List<PdfRow> lines = PdfRow.of(runs);
        List<Float> starts = new ArrayList<>();
        int alone = 0;
        PdfRow above = null;
        for (PdfRow line : lines) {
            Set<Integer> columns = new HashSet<>();
            line.runs().forEach(run -> columns.add(frame.column(run)));
            if (columns.size() >= 3) {
                float gap = above == null ? Float.MAX_VALUE : line.y() - above.y();
                starts.add(line.y() - Math.min(gap, 1.1f * line.size()));
            } else if (columns.size() > 1 || starts.isEmpty()) {
                alone++;
            }
            above = line;
        }
        if (starts.size() < FEWEST_ROWS || alone * 4 > starts.size() || isCrossed(frame, runs)) {
            return frame;
        }
        return frame.withRowsAt(starts.subList(1, starts.size())).withColumnsFrom(top, bottom);
    }

    /// Whether the text does not keep to the columns.
    private static boolean isCrossed(PdfLattice frame, List<PdfRun> runs) {
        long across = runs.stream().filter(run -> frame.crosses(run)).count();
        return across * 10 > runs.size();
    }

    /// Where rows part that no line parts: between lines of a ruled row that hold an amount in two
    /// columns or more.
    private static List<Float> amountRows(PdfLattice frame, List<PdfRun> runs) {
        Map<Integer, Map<Integer, List<PdfRun>>> bands = new HashMap<>();
        for (PdfRun run : runs) {
            int row = frame.row(run);
            int column = frame.column(run);
            if (row >= 0 && column >= 0) {
                bands.computeIfAbsent(row, _ -> new HashMap<>())
                        .computeIfAbsent(column, _ -> new ArrayList<>())
                        .add(run);
            }
        }
        List<Float> parts = new ArrayList<>();
        for (Map<Integer, List<PdfRun>> band : bands.values()) {
            List<List<PdfRow>> amounts =
                    band.values().stream()
                            .map(PdfRow::of)
                            .filter(lines -> lines.size() > 1)
                            .filter(lines -> lines.stream().allMatch(PdfBands::isAmount))
                            .toList();
            boolean many = amounts.size() >= 2 && amounts.getFirst().size() > 2;
            if ((many || amounts.size() >= 3) && agree(amounts)) {
                List<PdfRow> lines = amounts.getFirst();
                for (int i = 1; i < lines.size(); i++) {
                    float between = lines.get(i).y() - lines.get(i - 1).y();
                    parts.add(lines.get(i).y() - Math.min(between, 1.1f * lines.get(i).size()));
                }
            }
        }
        return parts;
    }

    private static boolean isAmount(PdfRow line) {
        String text = PdfGrid.LEADERS.matcher(line.text()).replaceAll("").strip();
        return WHOLE_NUMBER.matcher(text).matches();
    }

    private static boolean agree(List<List<PdfRow>> columns) {
        List<PdfRow> first = columns.getFirst();
        return columns.stream()
                .allMatch(
                        lines ->
                                lines.size() == first.size()
                                        && Math.abs(lines.getFirst().y() - first.getFirst().y()) < 3
                                        && Math.abs(lines.getLast().y() - first.getLast().y()) < 3);
    }
}
