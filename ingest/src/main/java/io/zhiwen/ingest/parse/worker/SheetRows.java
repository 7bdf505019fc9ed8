package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;

/// Takes the rows of a sheet in order and writes them as tables: an empty row ends one, and a long
/// one is cut into parts with the same head.
final class SheetRows {

    private static final int ROWS = 500;
    static final int MOST_COLUMNS = 2000;

    private final Blocks to;
    private List<List<String>> rows = new ArrayList<>();
    private List<List<String>> head = List.of();
    private int next;

    SheetRows(Blocks to) {
        this.to = to;
    }

    /// @param number its place in the sheet, from 0; rows left out are empty
    void row(int number, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        if (number > next) {
            endTable();
        }
        next = number + 1;
        rows.add(cells);
        if (rows.size() == ROWS) {
            write();
        }
    }

    void endTable() {
        write();
        head = List.of();
    }

    private void write() {
        if (rows.isEmpty()) {
            return;
        }
        if (head.isEmpty()) {
            int headRows = Table.guess(widened(rows));
            head = List.copyOf(rows.subList(0, headRows));
            to.table(rows, headRows);
        } else {
            List<List<String>> part = new ArrayList<>(head);
            part.addAll(rows);
            to.table(part, head.size());
        }
        rows = new ArrayList<>();
    }

    private static List<List<String>> widened(List<List<String>> rows) {
        return Table.of(rows, 0).rows();
    }
}
