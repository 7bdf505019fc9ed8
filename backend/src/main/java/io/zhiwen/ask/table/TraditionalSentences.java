package io.zhiwen.ask.table;

import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.List;

final class TraditionalSentences implements Sentences {

    @Override
    public String is(String column, List<String> values) {
        return column + "為「" + String.join("」或「", values) + "」";
    }

    @Override
    public String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "（" + String.join("，", conditions) + "）";
    }

    @Override
    public String count(long rows, String where) {
        return "共有 **%d** 列%s。".formatted(rows, where.isEmpty() ? "" : "符合條件" + where);
    }

    @Override
    public String distinct(String column, String values, long rows, String where) {
        return "「%s」共有 **%s** 個不同的值，來自 %d 列%s。"
                .formatted(Figures.inline(column), values, rows, where);
    }

    @Override
    public String computed(
            Operation operation,
            String column,
            String value,
            long rows,
            long silent,
            String where) {
        return "「%s」的%s是 **%s**，由 %d 列算出%s%s。"
                .formatted(
                        Figures.inline(column),
                        name(operation),
                        value,
                        rows,
                        where,
                        silent == 0 ? "" : "，另有 %d 列沒有數值".formatted(silent));
    }

    @Override
    public String ranked(String column, boolean ascending, int limit, String where) {
        return limit == 1
                ? "「%s」%s的是%s：".formatted(Figures.inline(column), ascending ? "最小" : "最大", where)
                : "按「%s」%s，前 %d 名%s："
                        .formatted(
                                Figures.inline(column), ascending ? "由小到大" : "由大到小", limit, where);
    }

    @Override
    public String listed(long rows, long shown, String where) {
        return "共有 **%d** 列符合條件%s%s："
                .formatted(rows, where, shown < rows ? "，這裡是前 %d 列".formatted(shown) : "");
    }

    @Override
    public String difference(String column, String value) {
        return "兩者的「%s」相差 **%s**：".formatted(Figures.inline(column), value);
    }

    @Override
    public String countedBy(String group, String where) {
        return "按「%s」計數%s：".formatted(Figures.inline(group), where);
    }

    @Override
    public String computedBy(Operation operation, String column, String group, String where) {
        return "按「%s」分組，「%s」的%s%s："
                .formatted(Figures.inline(group), Figures.inline(column), name(operation), where);
    }

    @Override
    public String head(Operation operation, String column) {
        return column.isEmpty() ? "個數" : column + "（" + name(operation) + "）";
    }

    @Override
    public String rowsHead() {
        return "列數";
    }

    private static String name(Operation operation) {
        return operation == Operation.AVERAGE ? "平均值" : "合計";
    }
}
