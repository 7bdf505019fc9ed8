package io.zhiwen.ask.table;

import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.List;

final class EnglishSentences implements Sentences {

    @Override
    public String is(String column, List<String> values) {
        return column + " is “" + String.join("” or “", values) + "”";
    }

    @Override
    public String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    @Override
    public String count(long rows, String where) {
        return "There %s **%d** %s%s.".formatted(rows == 1 ? "is" : "are", rows, rows(rows), where);
    }

    @Override
    public String distinct(String column, String values, long rows, String where) {
        return "“%s” has **%s** different values in %d %s%s."
                .formatted(Figures.inline(column), values, rows, rows(rows), where);
    }

    @Override
    public String computed(
            Operation operation,
            String column,
            String value,
            long rows,
            long silent,
            String where) {
        return "The %s of “%s” is **%s**, from %d %s%s%s."
                .formatted(
                        name(operation),
                        Figures.inline(column),
                        value,
                        rows,
                        rows(rows),
                        where,
                        silent == 0
                                ? ""
                                : "; %d more %s no number"
                                        .formatted(silent, silent == 1 ? "row has" : "rows have"));
    }

    @Override
    public String ranked(String column, boolean ascending, int limit, String where) {
        String side = ascending ? "smallest" : "largest";
        return limit == 1
                ? "The %s “%s”%s:".formatted(side, Figures.inline(column), where)
                : "The %d with the %s “%s”%s:"
                        .formatted(limit, side, Figures.inline(column), where);
    }

    @Override
    public String listed(long rows, long shown, String where) {
        return "**%d** %s%s%s:"
                .formatted(
                        rows,
                        rows(rows),
                        where,
                        shown < rows ? "; the first %d of them".formatted(shown) : "");
    }

    @Override
    public String difference(String column, String value) {
        return "Their “%s” differs by **%s**:".formatted(Figures.inline(column), value);
    }

    @Override
    public String countedBy(String group, String where) {
        return "Counted by “%s”%s:".formatted(Figures.inline(group), where);
    }

    @Override
    public String computedBy(Operation operation, String column, String group, String where) {
        return "The %s of “%s” by “%s”%s:"
                .formatted(name(operation), Figures.inline(column), Figures.inline(group), where);
    }

    @Override
    public String head(Operation operation, String column) {
        return column.isEmpty() ? "Count" : column + " (" + name(operation) + ")";
    }

    @Override
    public String rowsHead() {
        return "Rows";
    }

    private static String rows(long count) {
        return count == 1 ? "row" : "rows";
    }

    private static String name(Operation operation) {
        return operation == Operation.AVERAGE ? "average" : "sum";
    }
}
