package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;

/// Takes the rows of a sheet in order and writes them as tables: an empty row ends one, and a long
/// one is cut into parts with the same head. Lines that stand alone above a table are headings;
/// heads that an empty row parts from their numbers stay with them.
final class SheetRows {

    private static final int ROWS = 500;
    static final int MOST_COLUMNS = 2000;

    private static final int LONGEST_HEADING = 80;
    private static final int MOST_HEAD_ROWS = 4;

    private final Blocks to;
    private final List<String> lines = new ArrayList<>();
    private List<List<String>> rows = new ArrayList<>();
    private List<List<String>> head = List.of();
    private int headRows;
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
            gap();
        }
        next = number + 1;
        rows.add(cells);
        if (rows.size() == ROWS) {
            write();
        }
    }

    /// The sheet is over.
    void end() {
        write();
        lines.forEach(to::paragraph);
        lines.clear();
        head = List.of();
    }

    private void gap() {
        if (rows.isEmpty()) {
            return;
        }
        Table table = Table.of(rows, 0);
        boolean amounts = table.rows().stream().flatMap(List::stream).anyMatch(Table::isAmount);
        if (table.columns() == 1 && head.isEmpty()) {
            table.rows().forEach(row -> line(row.getFirst()));
            rows = new ArrayList<>();
        } else if (headRows == 0 && !amounts && rows.size() <= MOST_HEAD_ROWS && head.isEmpty()) {
            headRows = rows.size();
        } else {
            write();
            head = List.of();
        }
    }

    private void line(String text) {
        boolean heading =
                text.length() <= LONGEST_HEADING
                        && ".。；;".indexOf(text.charAt(text.length() - 1)) < 0;
        if (heading && lines.size() < MOST_HEAD_ROWS) {
            lines.add(text);
        } else {
            lines.forEach(to::paragraph);
            lines.clear();
            to.paragraph(text);
        }
    }

    private void write() {
        if (rows.isEmpty()) {
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            to.heading(2 + i, lines.get(i));
        }
        lines.clear();
        if (head.isEmpty()) {
            boolean alone = headRows == rows.size();
            int guessed = headRows > 0 && !alone ? headRows : Table.guess(Table.of(rows, 0).rows());
            head = List.copyOf(rows.subList(0, guessed));
            to.table(rows, guessed);
        } else {
            List<List<String>> part = new ArrayList<>(head);
            part.addAll(rows);
            to.table(part, head.size());
        }
        headRows = 0;
        rows = new ArrayList<>();
    }
}
