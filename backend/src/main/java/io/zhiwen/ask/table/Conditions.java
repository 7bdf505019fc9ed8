package io.zhiwen.ask.table;

import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Condition;
import java.util.ArrayList;
import java.util.List;

/// Says which rows were taken, so that a reader can check what was understood.
final class Conditions {

    private Conditions() {}

    static List<String> told(StoredTable table, TableQuery query, Sentences say) {
        List<String> told = new ArrayList<>();
        for (Condition condition : query.conditions()) {
            String name = Figures.inline(table.column(condition.column()).name());
            String unit = table.column(condition.column()).unit();
            switch (condition) {
                case Condition.Is(int column, List<String> keys) ->
                        told.add(
                                say.is(
                                        name,
                                        keys.stream()
                                                .map(key -> shown(table, column, key))
                                                .toList()));
                case Condition.Bound bound -> {
                    if (bound.from() != null) {
                        told.add(
                                name
                                        + (bound.above() ? " > " : " ≥ ")
                                        + Figures.of(bound.from(), unit));
                    }
                    if (bound.to() != null) {
                        told.add(
                                name
                                        + (bound.below() ? " < " : " ≤ ")
                                        + Figures.of(bound.to(), unit));
                    }
                }
                case Condition.Days days -> {
                    if (days.from() != null) {
                        told.add(name + " ≥ " + days.from());
                    }
                    if (days.to() != null) {
                        told.add(name + " ≤ " + days.to());
                    }
                }
            }
        }
        return told;
    }

    /// As the table writes it.
    private static String shown(StoredTable table, int column, String key) {
        return table.values().getOrDefault(key, List.of()).stream()
                .filter(value -> value.column() == column)
                .map(value -> Figures.inline(value.shown()))
                .findFirst()
                .orElse(key);
    }
}
