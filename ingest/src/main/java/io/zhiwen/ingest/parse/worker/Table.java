package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// A table ready to be read as lines: cells on one line each, no empty rows or columns, no empty
/// cells at the end of a row.
record Table(List<List<String>> rows, int headerRows) {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u3000]+");
    private static final Pattern NUMBER =
            Pattern.compile("[-+−(]?[¥$€£]?\\s?[\\d][\\d,.\\s]*[)%％]?");
    private static final int LONGEST_HEAD = 80;

    /// @param headerRows as the source says, or -1 to guess
    static Table of(List<List<String>> source, int headerRows) {
        List<List<String>> rows = new ArrayList<>();
        int width = source.stream().mapToInt(List::size).max().orElse(0);
        boolean[] used = new boolean[width];
        int header = Math.max(0, headerRows);
        for (int r = 0; r < source.size(); r++) {
            List<String> row = new ArrayList<>(width);
            for (String cell : source.get(r)) {
                String text = SPACES.matcher(cell).replaceAll(" ").strip();
                used[row.size()] |= !text.isEmpty();
                row.add(text);
            }
            while (row.size() < width) {
                row.add("");
            }
            if (row.stream().allMatch(String::isEmpty)) {
                header -= r < headerRows ? 1 : 0;
            } else {
                rows.add(row);
            }
        }
        List<List<String>> narrow = rows.stream().map(row -> usedOnly(row, used)).toList();
        int heads = headerRows < 0 ? guess(narrow) : Math.min(header, narrow.size());
        return new Table(narrow, heads == narrow.size() ? 0 : heads);
    }

    int columns() {
        return rows.stream().mapToInt(List::size).max().orElse(0);
    }

    private static List<String> usedOnly(List<String> row, boolean[] used) {
        List<String> kept = new ArrayList<>(row.size());
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                kept.add(row.get(i));
            }
        }
        while (kept.size() > 1 && kept.getLast().isEmpty()) {
            kept.removeLast();
        }
        return kept;
    }

    /// The rows down to the first well-filled one that has no number in it while a later row has,
    /// or whose cells are short and all different. At most four: titles may stand above it.
    static int guess(List<List<String>> rows) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        for (int r = 0; r < Math.min(4, rows.size() - 1); r++) {
            List<String> row = rows.get(r);
            long filled = row.stream().filter(cell -> !cell.isEmpty()).count();
            if (filled * 3 >= width * 2L && filled >= 2) {
                return isHead(rows, r) ? deepened(rows, r + 1) : 0;
            }
        }
        return 0;
    }

    /// With the row below when merged cells reach down into it.
    private static int deepened(List<List<String>> rows, int head) {
        if (head + 1 >= rows.size()) {
            return head;
        }
        List<String> above = rows.get(head - 1);
        List<String> row = rows.get(head);
        int same = 0;
        for (int i = 0; i < Math.min(above.size(), row.size()); i++) {
            same += !row.get(i).isEmpty() && row.get(i).equals(above.get(i)) ? 1 : 0;
        }
        return same >= 2 && row.stream().noneMatch(Table::isAmount) ? head + 1 : head;
    }

    private static boolean isHead(List<List<String>> rows, int r) {
        List<String> cells = rows.get(r).stream().filter(cell -> !cell.isEmpty()).toList();
        boolean isShort = cells.stream().allMatch(cell -> cell.length() <= LONGEST_HEAD);
        long numbers = cells.stream().filter(Table::isAmount).count();
        boolean distinct = new HashSet<>(cells).size() * 4 >= cells.size() * 3;
        return isShort && (numbers == 0 ? distinct || numbersBelow(rows, r) : false);
    }

    private static boolean numbersBelow(List<List<String>> rows, int r) {
        return rows.get(r + 1).stream().anyMatch(Table::isAmount);
    }

    /// A year may stand in a head.
    static boolean isAmount(String cell) {
        return NUMBER.matcher(cell).matches() && !cell.matches("(19|20)\\d\\d");
    }
}
