package io.zhiwen.ingest.table;

import java.util.List;

/// A column of a table.
///
/// @param name as its readers see it
/// @param keys under which a question can name it, as `Keys` makes them
/// @param thing what its cells tell apart, as a key: `order` of a column of order numbers; or empty
/// @param unit of its numbers, empty for none
/// @param unique whether each row says something of its own in it
public record DataColumn(
        String name, List<String> keys, String thing, Kind kind, String unit, boolean unique) {

    /// What all of its cells are that are not empty.
    public enum Kind {
        NUMBER,
        DATE,
        TEXT
    }

    public DataColumn {
        keys = List.copyOf(keys);
    }
}
