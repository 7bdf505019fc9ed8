package io.zhiwen.ingest.store;

import io.zhiwen.ingest.parse.Span;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query of a table gave.
///
/// @param value the count, sum, average or difference; null for rows, and when there was nothing
/// @param taken rows for which all conditions hold
/// @param measured those of them that say something in the column
/// @param rows of the answer, or the first of those it was made from
/// @param groups when rows were taken together
/// @param total what rows that sum up all others say of the column; null when none does
public record TableResult(
        @Nullable BigDecimal value,
        long taken,
        long measured,
        List<Row> rows,
        List<Group> groups,
        @Nullable BigDecimal total) {

    /// @param span in the document's text
    public record Row(List<String> shown, Span span, @Nullable Integer page) {}

    /// @param label as one of its rows shows it
    public record Group(String label, @Nullable BigDecimal value, long rows) {}

    public TableResult {
        rows = List.copyOf(rows);
        groups = List.copyOf(groups);
    }
}
