package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes records of like fields one after the other and writes them as tables with the names of the
/// fields as head; a long one is cut into parts with the same head.
final class Records {

    private static final int ROWS = 500;
    private static final int MOST_COLUMNS = 60;

    /// A longer cell is a text, and its record a section rather than a row.
    private static final int LONGEST_CELL = 400;

    private final Blocks to;
    private final Set<String> columns = new LinkedHashSet<>();
    private final List<Map<String, String>> rows = new ArrayList<>();

    Records(Blocks to) {
        this.to = to;
    }

    /// Whether these are rows of one table: two or more, with mostly the same short fields.
    static boolean isTable(List<Map<String, String>> records) {
        Set<String> columns = new LinkedHashSet<>();
        long filled = 0;
        for (Map<String, String> record : records) {
            columns.addAll(record.keySet());
            filled += record.size();
            if (record.values().stream().anyMatch(cell -> cell.length() > LONGEST_CELL)) {
                return false;
            }
        }
        return records.size() > 1
                && columns.size() > 1
                && columns.size() <= MOST_COLUMNS
                && filled * 2 >= (long) columns.size() * records.size();
    }

    /// @param record cells by the names of their columns
    void add(Map<String, String> record) {
        columns.addAll(record.keySet());
        rows.add(record);
        if (rows.size() == ROWS) {
            end();
        }
    }

    void end() {
        if (rows.isEmpty()) {
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.copyOf(columns));
        for (Map<String, String> row : rows) {
            table.add(columns.stream().map(column -> row.getOrDefault(column, "")).toList());
        }
        to.table(table, 1);
        rows.clear();
    }
}
