package io.zhiwen.ask.table;

import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.List;

final class ChineseSentences implements Sentences {

    @Override
    public String is(String column, List<String> values) {
        return column + "为“" + String.join("”或“", values) + "”";
    }

    @Override
    public String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "（" + String.join("，", conditions) + "）";
    }

    @Override
    public String count(long rows, String where) {
        return "共有 **%d** 行%s。".formatted(rows, where.isEmpty() ? "" : "符合条件" + where);
    }

    @Override
    public String distinct(String column, String values, long rows, String where) {
        return "“%s”共有 **%s** 个不同的值，来自 %d 行%s。"
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
        return "“%s”的%s是 **%s**，由 %d 行算出%s%s。"
                .formatted(
                        Figures.inline(column),
                        name(operation),
                        value,
                        rows,
                        where,
                        silent == 0 ? "" : "，另有 %d 行没有数值".formatted(silent));
    }

    @Override
    public String ranked(String column, boolean ascending, int limit, String where) {
        return limit == 1
                ? "“%s”%s的是%s：".formatted(Figures.inline(column), ascending ? "最小" : "最大", where)
                : "按“%s”%s，%s %d 名%s："
                        .formatted(
                                Figures.inline(column),
                                ascending ? "从小到大" : "从大到小",
                                "前",
                                limit,
                                where);
    }

    @Override
    public String listed(long rows, long shown, String where) {
        return "共有 **%d** 行符合条件%s%s："
                .formatted(rows, where, shown < rows ? "，这里是前 %d 行".formatted(shown) : "");
    }

    @Override
    public String difference(String column, String value) {
        return "两者的“%s”相差 **%s**：".formatted(Figures.inline(column), value);
    }

    @Override
    public String countedBy(String group, String where) {
        return "按“%s”计数%s：".formatted(Figures.inline(group), where);
    }

    @Override
    public String computedBy(Operation operation, String column, String group, String where) {
        return "按“%s”分组，“%s”的%s%s："
                .formatted(Figures.inline(group), Figures.inline(column), name(operation), where);
    }

    @Override
    public String head(Operation operation, String column) {
        return column.isEmpty() ? "个数" : column + "（" + name(operation) + "）";
    }

    @Override
    public String rowsHead() {
        return "行数";
    }

    private static String name(Operation operation) {
        return operation == Operation.AVERAGE ? "平均值" : "合计";
    }
}
