package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// A ruled table. A cell that spans rows says the same in each of them; one that spans columns
/// stands in the first, in the head in all.
///
/// @param rows the cells, all rows of one length
/// @param head how many rows are its head
/// @param xs where its columns begin
/// @param right where the last one ends
record PdfGrid(
        List<List<String>> rows, int head, float[] xs, float right, float top, float bottom) {

    private static final float SAME_COLUMN = 5;

    /// A cell this long, in a frame of one row, is text in a box.
    private static final int PROSE = 120;

    private static final Pattern BROKEN_NUMBER =
            Pattern.compile("[-+−(]?\\d[\\d,.]*\\s[\\d,.]+[%％)]?");

    /// Dots that lead the eye to the next column.
    static final Pattern LEADERS = Pattern.compile("[ .…]*(\\.{2,}|…)[ .…]*(?=\\s|$)");

    private static final int DEEPEST_HEAD = 4;

    /// A title over columns is not longer.
    private static final int LONGEST_TITLE = 60;

    /// The tables in a frame, from the top; none when what stands there is no table. A title over
    /// all columns begins a new one.
    static List<PdfGrid> of(PdfLattice lattice, List<PdfRun> runs) {
        PdfLattice frame = PdfBands.parted(lattice, runs);
        int columns = frame.xs().length - 1;
        int count = frame.ys().length - 1;
        int[] region = PdfRegions.of(frame);
        Map<Integer, List<PdfRun>> inRegion = new HashMap<>();
        for (PdfRun run : runs) {
            int row = frame.row(run);
            int column = frame.column(run);
            if (row >= 0 && column >= 0) {
                int place = region[row * columns + column];
                inRegion.computeIfAbsent(place, _ -> new ArrayList<>()).add(run);
            }
        }
        Map<Integer, String> texts = new HashMap<>();
        inRegion.forEach((place, text) -> texts.put(place, text(text)));
        boolean prose = texts.values().stream().anyMatch(text -> text.length() > PROSE);
        if (texts.size() < 2 || (count == 1 && prose)) {
            return List.of();
        }
        List<PdfGrid> tables = new ArrayList<>();
        int from = 0;
        for (int row = 1; row <= count; row++) {
            if (row == count || isTitle(region, texts, row, columns)) {
                new Part(frame, region, texts, from, row).addTo(tables);
                from = row;
            }
        }
        return tables;
    }

    private static boolean isTitle(int[] region, Map<Integer, String> texts, int row, int columns) {
        int place = region[row * columns];
        String text = texts.getOrDefault(place, "");
        return place == row * columns
                && region[(row + 1) * columns - 1] == place
                && !text.isEmpty()
                && text.length() <= LONGEST_TITLE;
    }

    /// Some rows of a frame.
    private record Part(
            PdfLattice frame, int[] region, Map<Integer, String> texts, int from, int to) {

        private void addTo(List<PdfGrid> tables) {
            int columns = frame.xs().length - 1;
            boolean titled = isTitle(region, texts, from, columns) && from + 1 < to;
            int first = from + (titled ? 1 : 0);
            int head = headOf(first);
            int figures = lastWithFigures(rows(first, 0), head);
            if (figures >= 0) { // what stands above the head is a table of its own
                new Part(frame, region, texts, from, first + figures + 1).addTo(tables);
                new Part(frame, region, texts, first + figures + 1, to).addTo(tables);
                return;
            }
            List<List<String>> rows = rows(first, head);
            if (titled) {
                List<String> title = new ArrayList<>(Collections.nCopies(columns, ""));
                title.set(0, texts.getOrDefault(region[from * columns], ""));
                rows.addFirst(title);
            }
            tables.add(usedOnly(rows, titled && head > 0 ? head + 1 : head));
        }

        /// As far as the cells of the first row of the head reach down.
        private int headOf(int first) {
            List<List<String>> rows = rows(first, 0);
            int columns = frame.xs().length - 1;
            List<List<String>> used = new ArrayList<>();
            rows.forEach(_ -> used.add(new ArrayList<>()));
            for (int column = 0; column < columns; column++) {
                int at = column;
                if (rows.stream().anyMatch(row -> !row.get(at).isEmpty())) {
                    for (int row = 0; row < rows.size(); row++) {
                        used.get(row).add(rows.get(row).get(column));
                    }
                }
            }
            int head = Table.guess(used);
            boolean deeper = head > 0;
            while (deeper && head < Math.min(DEEPEST_HEAD, rows.size() - 1)) {
                deeper = false;
                for (int column = 0; column < columns; column++) {
                    int above = region[(first + head - 1) * columns + column];
                    deeper |= above == region[(first + head) * columns + column];
                }
                head += deeper ? 1 : 0;
            }
            return head;
        }

        private static int lastWithFigures(List<List<String>> rows, int head) {
            int last = -1;
            for (int row = 0; row < head; row++) {
                if (rows.get(row).stream().anyMatch(Table::isAmount)) {
                    last = row;
                }
            }
            return last;
        }

        private List<List<String>> rows(int first, int head) {
            int columns = frame.xs().length - 1;
            List<List<String>> rows = new ArrayList<>();
            for (int row = first; row < to; row++) {
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < columns; column++) {
                    int place = region[row * columns + column];
                    boolean begins = column == place % columns;
                    String text = texts.getOrDefault(place, "");
                    boolean spans = row < first + head && text.length() <= LONGEST_TITLE;
                    cells.add(begins || spans ? text : "");
                }
                rows.add(cells);
            }
            return rows;
        }

        /// Without the columns in which no cell below the head begins.
        private PdfGrid usedOnly(List<List<String>> rows, int head) {
            List<List<String>> kept = new ArrayList<>();
            rows.forEach(_ -> kept.add(new ArrayList<>()));
            List<Float> lefts = new ArrayList<>();
            int columns = frame.xs().length - 1;
            for (int column = 0; column < columns; column++) {
                int at = column;
                int body = head < rows.size() ? head : 0;
                boolean used =
                        rows.subList(body, rows.size()).stream()
                                .anyMatch(row -> !row.get(at).isEmpty());
                boolean begins = isNew(rows.subList(0, body), at);
                if (used || begins) {
                    lefts.add(frame.xs()[column]);
                    for (int row = 0; row < rows.size(); row++) {
                        kept.get(row).add(rows.get(row).get(column));
                    }
                }
            }
            float[] xs = new float[lefts.size()];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = lefts.get(i);
            }
            float top = frame.ys()[from];
            return new PdfGrid(kept, head, xs, frame.xs()[columns], top, frame.ys()[to]);
        }

        /// Whether the head says something here that it does not say in the column before.
        private static boolean isNew(List<List<String>> head, int column) {
            return head.stream()
                    .anyMatch(
                            row ->
                                    !row.get(column).isEmpty()
                                            && (column == 0
                                                    || !row.get(column)
                                                            .equals(row.get(column - 1))));
        }
    }

    /// The lines of a cell as one; a number broken over lines is made whole.
    private static String text(List<PdfRun> runs) {
        StringBuilder text = new StringBuilder();
        List<PdfRow> lines = PdfRow.of(runs);
        for (PdfRow line : lines) {
            PdfWriter.append(text, line.text());
        }
        String joined = LEADERS.matcher(text).replaceAll("").strip();
        return lines.size() == 2 && BROKEN_NUMBER.matcher(joined).matches()
                ? joined.replaceAll("\\s", "")
                : joined;
    }

    boolean hasColumnsOf(PdfGrid other) {
        if (xs.length != other.xs.length) {
            return false;
        }
        for (int i = 0; i < xs.length; i++) {
            if (Math.abs(xs[i] - other.xs[i]) > SAME_COLUMN) {
                return false;
            }
        }
        return true;
    }

    List<List<String>> headRows() {
        return rows.subList(0, head);
    }

    /// This table below the head of the one it goes on from, unless it repeats that head itself.
    PdfGrid goingOnFrom(PdfGrid before) {
        int size = before.head;
        boolean repeated =
                rows.size() >= size && Objects.equals(rows.subList(0, size), before.headRows());
        if (size == 0 || repeated) {
            return new PdfGrid(rows, size, xs, right, top, bottom);
        }
        List<List<String>> all = new ArrayList<>(before.headRows());
        all.addAll(rows);
        sayAgain(all, size, before.rows.getLast().getFirst());
        return new PdfGrid(all, size, xs, right, top, bottom);
    }

    /// What names the last row of a page names the first of the next, as long as they have no name.
    private static void sayAgain(List<List<String>> rows, int from, String name) {
        for (int i = from; i < rows.size() && rows.get(i).getFirst().isEmpty(); i++) {
            List<String> named = new ArrayList<>(rows.get(i));
            named.set(0, name);
            rows.set(i, named);
        }
    }
}
