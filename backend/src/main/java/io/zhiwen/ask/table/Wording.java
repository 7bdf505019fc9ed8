package io.zhiwen.ask.table;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.store.TableResult;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Operation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tells what was computed: the value, what it was computed from, and the rows.
final class Wording {

    /// So many rows are cited one by one.
    private static final int ONE_BY_ONE = 5;

    private static final int MOST_COLUMNS = 6;

    /// A place that is still easily seen.
    private static final int LONGEST_SPAN = 4000;

    private final Sentences say;

    private Wording(Sentences say) {
        this.say = say;
    }

    static Wording of(Tongue tongue) {
        return new Wording(
                switch (tongue) {
                    case SIMPLIFIED -> Sentences.CHINESE;
                    case TRADITIONAL -> Sentences.TRADITIONAL;
                    case ENGLISH -> Sentences.ENGLISH;
                });
    }

    Computed computed(StoredTable table, TableQuery query, TableResult result) {
        boolean single = result.rows().size() > ONE_BY_ONE || isValue(query);
        List<Citation> citations =
                single || result.rows().isEmpty()
                        ? List.of(whole(table, result.rows()))
                        : IntStream.range(0, result.rows().size())
                                .mapToObj(i -> one(i + 1, table, result.rows().get(i)))
                                .toList();
        String marks =
                citations.stream()
                        .map(one -> "[" + one.number() + "]")
                        .collect(Collectors.joining());
        String sentence = sentence(table, query, result) + " " + marks;
        String below =
                query.group() == null ? rows(table, query, result) : groups(table, query, result);
        return new Computed(
                below.isEmpty() ? sentence : sentence + "\n\n" + below,
                citations,
                table.documentName(),
                result.taken(),
                Map.of(
                        "table", table.id(),
                        "document", table.document().value().toString(),
                        "query", query.toString(),
                        "rows", result.taken()));
    }

    private static boolean isValue(TableQuery query) {
        return switch (query.operation()) {
            case COUNT, DISTINCT, SUM, AVERAGE -> true;
            case RANK, LIST, DIFFERENCE -> false;
        };
    }

    private String sentence(StoredTable table, TableQuery query, TableResult result) {
        String where = say.where(Conditions.told(table, query, say));
        if (query.group() != null) {
            String group = table.column(query.group()).name();
            return query.column() == null
                    ? say.countedBy(group, where)
                    : say.computedBy(query.operation(), name(table, query), group, where);
        }
        return switch (query.operation()) {
            case COUNT -> say.count(result.taken(), where);
            case DISTINCT ->
                    say.distinct(
                            name(table, query),
                            Figures.plain(value(result)),
                            result.taken(),
                            where);
            case SUM, AVERAGE ->
                    say.computed(
                            query.operation(),
                            name(table, query),
                            figure(table, query, value(result)),
                            result.measured(),
                            result.taken() - result.measured(),
                            where);
            case RANK -> say.ranked(name(table, query), query.ascending(), query.limit(), where);
            case LIST -> say.listed(result.taken(), result.rows().size(), where);
            case DIFFERENCE ->
                    say.difference(name(table, query), figure(table, query, value(result)));
        };
    }

    private static BigDecimal value(TableResult result) {
        BigDecimal value = result.value();
        return value == null ? BigDecimal.ZERO : value;
    }

    private static String name(StoredTable table, TableQuery query) {
        return query.column() == null ? "" : table.column(query.column()).name();
    }

    private static String figure(StoredTable table, TableQuery query, BigDecimal value) {
        String unit = query.column() == null ? "" : table.column(query.column()).unit();
        return query.operation() == Operation.AVERAGE
                ? Figures.average(value, unit)
                : Figures.of(value, unit);
    }

    /// The rows of an answer that is rows: what tells them apart, what was asked about, the rest.
    private static String rows(StoredTable table, TableQuery query, TableResult result) {
        if (isValue(query) && result.taken() > ONE_BY_ONE) {
            return "";
        }
        List<Integer> columns = columns(table, query);
        List<String> lines = new ArrayList<>();
        for (TableResult.Row row : result.rows()) {
            lines.add(line(columns.stream().map(number -> row.shown().get(number - 1)).toList()));
        }
        return lines.isEmpty()
                ? ""
                : table(
                        columns.stream().map(number -> table.column(number).name()).toList(),
                        lines);
    }

    private String groups(StoredTable table, TableQuery query, TableResult result) {
        List<String> lines = new ArrayList<>();
        for (TableResult.Group group : result.groups()) {
            String value = group.value() == null ? "" : figure(table, query, group.value());
            lines.add(line(List.of(group.label(), value, String.valueOf(group.rows()))));
        }
        String group = query.group() == null ? "" : table.column(query.group()).name();
        return table(
                List.of(group, say.head(query.operation(), name(table, query)), say.rowsHead()),
                lines);
    }

    private static List<Integer> columns(StoredTable table, TableQuery query) {
        Set<Integer> chosen = new LinkedHashSet<>();
        IntStream.rangeClosed(1, table.columns().size())
                .filter(number -> table.column(number).kind() == DataColumn.Kind.TEXT)
                .filter(number -> table.column(number).unique())
                .limit(1)
                .forEach(chosen::add);
        query.conditions().forEach(condition -> chosen.add(condition.column()));
        if (query.column() != null) {
            chosen.add(query.column());
        }
        for (int number = 1; number <= table.columns().size(); number++) {
            if (chosen.size() < MOST_COLUMNS) {
                chosen.add(number);
            }
        }
        return chosen.stream().sorted().toList();
    }

    private static String table(List<String> head, List<String> lines) {
        return line(head) + "\n|" + " --- |".repeat(head.size()) + "\n" + String.join("\n", lines);
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> Figures.inline(cell))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static Citation one(int number, StoredTable table, TableResult.Row row) {
        return citation(number, table, row.span(), row, List.of(row));
    }

    /// The rows shown, at the place of the first, or of all when they stand together.
    private static Citation whole(StoredTable table, List<TableResult.Row> rows) {
        if (rows.isEmpty()) {
            Span all = table.span();
            int shown = Math.min(all.end(), all.start() + LONGEST_SPAN);
            return citation(1, table, new Span(all.start(), shown), null, rows);
        }
        int end = rows.stream().mapToInt(row -> row.span().end()).max().orElseThrow();
        int start = rows.stream().mapToInt(row -> row.span().start()).min().orElseThrow();
        Span first = rows.getFirst().span();
        return citation(
                1,
                table,
                end - start <= LONGEST_SPAN ? new Span(start, end) : first,
                rows.getFirst(),
                rows);
    }

    private static Citation citation(
            int number,
            StoredTable table,
            Span span,
            TableResult.@Nullable Row place,
            List<TableResult.Row> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(
                table.columns().stream().map(DataColumn::name).collect(Collectors.joining(" | ")));
        rows.forEach(row -> lines.add(String.join(" | ", row.shown())));
        return new Citation(
                number,
                table.base(),
                table.document(),
                table.version(),
                table.documentName(),
                place == null ? null : place.page(),
                table.sheet(),
                table.titles().stream()
                        .filter(title -> !title.equals(table.sheet()))
                        .limit(1)
                        .toList(),
                span,
                String.join("\n", lines));
    }
}
