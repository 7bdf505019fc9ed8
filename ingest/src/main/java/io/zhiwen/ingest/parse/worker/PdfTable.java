package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;

/// Puts the runs of neighbouring rows into columns: a column ends where hardly a row has ink.
final class PdfTable {

    private PdfTable() {}

    static List<List<String>> of(List<PdfRow> rows) {
        List<float[]> columns = columns(rows);
        List<List<String>> table = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            PdfRow row = rows.get(r);
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                cells.add("");
            }
            for (PdfRun run : row.runs()) {
                int column = columnOf(run, columns);
                String before = cells.get(column);
                cells.set(column, before.isEmpty() ? run.text() : before + " " + run.text());
            }
            if (r > 0 && isRestOf(rows.get(r - 1), row, cells)) {
                append(table.getLast(), cells);
            } else {
                table.add(cells);
            }
        }
        return table;
    }

    /// A row with nothing in its first column, close below, is the rest of the cells above.
    private static boolean isRestOf(PdfRow above, PdfRow row, List<String> cells) {
        long filled = cells.stream().filter(cell -> !cell.isEmpty()).count();
        return cells.getFirst().isEmpty()
                && filled * 3 <= cells.size()
                && row.y() - above.y() < 1.5f * row.size();
    }

    private static void append(List<String> above, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String rest = cells.get(i);
            String text = above.get(i);
            boolean wide = !text.isEmpty() && !rest.isEmpty() && PdfRun.isWide(rest.charAt(0));
            above.set(i, rest.isEmpty() ? text : text + (text.isEmpty() || wide ? "" : " ") + rest);
        }
    }

    private static List<float[]> columns(List<PdfRow> rows) {
        float left = (float) rows.stream().mapToDouble(PdfRow::left).min().orElse(0);
        float right = (float) rows.stream().mapToDouble(PdfRow::right).max().orElse(0);
        int[] ink = new int[Math.clamp((long) (right - left), 1, 20_000) + 2];
        for (PdfRow row : rows) {
            for (PdfRun run : row.runs()) {
                int from = (int) (run.left() - left);
                int to = Math.min(ink.length - 1, (int) Math.ceil(run.right() - left));
                for (int x = Math.max(0, from); x < to; x++) {
                    ink[x]++;
                }
            }
        }
        int noise = rows.size() / 12;
        List<float[]> columns = new ArrayList<>();
        int start = -1;
        for (int x = 0; x < ink.length; x++) {
            boolean used = ink[x] > noise;
            if (used && start < 0) {
                start = x;
            } else if (!used && start >= 0) {
                columns.add(new float[] {left + start, left + x});
                start = -1;
            }
        }
        if (columns.isEmpty()) {
            columns.add(new float[] {left, right});
        }
        return columns;
    }

    /// The column that holds most of it, or begins nearest.
    private static int columnOf(PdfRun run, List<float[]> columns) {
        int best = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < columns.size(); i++) {
            float overlap =
                    Math.min(run.right(), columns.get(i)[1])
                            - Math.max(run.left(), columns.get(i)[0]);
            if (overlap > most + 0.01f) {
                most = overlap;
                best = i;
            }
            if (columns.get(i)[0] <= run.left() + 2 && columns.get(i)[1] > run.left() + 2) {
                return i;
            }
        }
        return best;
    }
}
