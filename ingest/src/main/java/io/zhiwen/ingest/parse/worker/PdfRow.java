package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// What stands on one line of a column, from left to right.
record PdfRow(List<PdfRun> runs) {

    private static final Pattern MARKER =
            Pattern.compile("([•·●■◆▪–—-]|[（(]?[\\dA-Za-z一二三四五六七八九十]{1,3}[)）.、]|[①-⑳])");

    /// The runs of a column as rows, from the top.
    static List<PdfRow> of(List<PdfRun> runs) {
        List<PdfRun> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(PdfRun::y));
        List<PdfRow> rows = new ArrayList<>();
        List<PdfRun> row = new ArrayList<>();
        for (PdfRun run : sorted) {
            if (!row.isEmpty() && !onOneLine(row, run)) {
                rows.add(sortedRow(row));
                row = new ArrayList<>();
            }
            row.add(run);
        }
        if (!row.isEmpty()) {
            rows.add(sortedRow(row));
        }
        return rows;
    }

    private static boolean onOneLine(List<PdfRun> row, PdfRun run) {
        PdfRun first = row.getFirst();
        return run.y() - first.y() < 0.45f * Math.max(first.size(), run.size());
    }

    /// Neighbours that are hardly apart are one run.
    private static PdfRow sortedRow(List<PdfRun> row) {
        row.sort(Comparator.comparingDouble(PdfRun::left));
        List<PdfRun> joined = new ArrayList<>();
        for (PdfRun run : row) {
            PdfRun before = joined.isEmpty() ? null : joined.getLast();
            boolean near = before != null && run.left() - before.right() < 0.9f * run.size();
            boolean tables = run.grid() != null || (before != null && before.grid() != null);
            if (before != null && !tables && (near || MARKER.matcher(before.text()).matches())) {
                before.join(run);
            } else {
                joined.add(run);
            }
        }
        return new PdfRow(joined);
    }

    boolean isSingle() {
        return runs.size() == 1;
    }

    float y() {
        return runs.stream().max(Comparator.comparingInt(PdfRun::characters)).orElseThrow().y();
    }

    float left() {
        return runs.getFirst().left();
    }

    float right() {
        return runs.getLast().right();
    }

    float size() {
        return (float) runs.stream().mapToDouble(PdfRun::size).max().orElse(0);
    }

    boolean isBold() {
        return runs.stream().allMatch(PdfRun::isBold);
    }

    int characters() {
        return runs.stream().mapToInt(PdfRun::characters).sum();
    }

    String text() {
        return String.join(" ", runs.stream().map(PdfRun::text).toList());
    }

    /// How much of the line is covered.
    float covered() {
        return (float) runs.stream().mapToDouble(run -> run.right() - run.left()).sum();
    }
}
