package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;

/// A table without rules: the runs of neighbouring rows in columns, which end where hardly a row
/// has ink.
///
/// @param rows the cells, all rows of one length
/// @param head how many rows are its head
/// @param columns from where to where each has ink
record PdfTable(List<List<String>> rows, int head, List<float[]> columns) {

    static PdfTable of(List<PdfRow> rows) {
        List<float[]> columns = columns(rows);
        List<List<String>> cells = cells(rows, columns);
        return new PdfTable(cells, Table.of(cells, -1).headerRows(), columns);
    }

    /// These rows below the head of this table, whose columns they keep to; they may repeat it.
    PdfTable goingOn(List<PdfRow> below) {
        List<List<String>> cells = cells(below, columns);
        List<List<String>> heads = rows.subList(0, head);
        boolean repeated = cells.size() > head && cells.subList(0, head).equals(heads);
        List<List<String>> all = new ArrayList<>(repeated ? List.of() : heads);
        all.addAll(cells);
        return new PdfTable(all, head, columns);
    }

    /// How many of the rows at the top of the next page go on from this table: they have several
    /// cells, each in a column of its own, and no head of their own.
    ///
    /// @param known how many of them are a table anyway
    int goOnIn(List<PdfRow> next, int known) {
        int end = 0;
        while (end < next.size()
                && !next.get(end).isSingle()
                && (end == 0 || PdfWriter.isNear(next.get(end - 1), next.get(end)))
                && keepsTo(next.get(end).runs())) {
            end++;
        }
        int size = Math.max(end, known);
        return end == 0 || hasHeadOfItsOwn(cells(next.subList(0, size), columns)) ? 0 : size;
    }

    private boolean keepsTo(List<PdfRun> runs) {
        int before = -1;
        for (PdfRun run : runs) {
            int in = -1;
            for (int i = 0; i < columns.size(); i++) {
                if (run.left() < columns.get(i)[1] && run.right() > columns.get(i)[0]) {
                    if (in >= 0) {
                        return false;
                    }
                    in = i;
                }
            }
            if (in <= before) {
                return false;
            }
            before = in;
        }
        return true;
    }

    private boolean hasHeadOfItsOwn(List<List<String>> below) {
        boolean repeated =
                below.size() > head && below.subList(0, head).equals(rows.subList(0, head));
        return !repeated
                && hasAmounts(rows.subList(head, rows.size()))
                && !hasAmounts(below.subList(0, 1))
                && hasAmounts(below);
    }

    private static boolean hasAmounts(List<List<String>> rows) {
        return rows.stream().flatMap(List::stream).anyMatch(Table::isAmount);
    }

    private static List<List<String>> cells(List<PdfRow> rows, List<float[]> columns) {
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
