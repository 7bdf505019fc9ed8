package io.zhiwen.ingest.table;

import io.zhiwen.ingest.parse.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A table whose cells have a meaning of their own. Rows are read when they are asked for: a sheet
/// of 100,000 rows costs no more memory than its text.
public final class DataTable {

    /// A row as it stands in the document.
    record Line(List<String> cells, int start, int end, @Nullable Integer page) {}

    private final List<String> titles;
    private final @Nullable String sheet;
    private final List<DataColumn> columns;
    private final List<Line> lines;
    private final boolean flat;
    private final UnaryOperator<String> fold;

    DataTable(
            List<String> titles,
            @Nullable String sheet,
            List<DataColumn> columns,
            List<Line> lines,
            boolean flat,
            UnaryOperator<String> fold) {
        this.titles = List.copyOf(titles);
        this.sheet = sheet;
        this.columns = List.copyOf(columns);
        this.lines = List.copyOf(lines);
        this.flat = flat;
        this.fold = fold;
    }

    /// What it is called: its sheet, the headings above it, its caption.
    public List<String> titles() {
        return titles;
    }

    /// Under which a question can name it.
    public List<String> titleKeys() {
        return titles.stream()
                .map(title -> Keys.of(fold.apply(title)))
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    /// Of a workbook.
    public @Nullable String sheet() {
        return sheet;
    }

    public List<DataColumn> columns() {
        return columns;
    }

    /// Whether its rows stand side by side, none being a part of another, and are all there are.
    public boolean isFlat() {
        return flat;
    }

    /// In the clean document's text, without the head.
    public Span span() {
        return new Span(lines.getFirst().start(), lines.getLast().end());
    }

    public int size() {
        return lines.size();
    }

    /// @param number from 0
    public DataRow row(int number) {
        Line line = lines.get(number);
        List<String> shown = new ArrayList<>(columns.size());
        List<String> keys = new ArrayList<>(columns.size());
        @Nullable BigDecimal[] numbers = new @Nullable BigDecimal[columns.size()];
        @Nullable LocalDate[] dates = new @Nullable LocalDate[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            String cell = i < line.cells().size() ? line.cells().get(i) : "";
            DataColumn column = columns.get(i);
            Amount amount = column.kind() == DataColumn.Kind.NUMBER ? Amount.read(cell) : null;
            numbers[i] = amount == null ? null : amount.value();
            dates[i] = column.kind() == DataColumn.Kind.DATE ? Dates.read(cell) : null;
            boolean named = column.kind() == DataColumn.Kind.TEXT;
            keys.add(named ? Keys.of(fold.apply(cell)) : "");
            shown.add(cell);
        }
        return new DataRow(
                List.copyOf(shown),
                List.copyOf(keys),
                Arrays.asList(numbers),
                Arrays.asList(dates),
                RowKind.isTotal(line.cells()),
                new Span(line.start(), line.end()),
                line.page());
    }
}
