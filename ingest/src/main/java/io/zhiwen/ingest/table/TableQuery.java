package io.zhiwen.ingest.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that can be asked of a table; there is nothing else. Rows that sum up others never count.
/// Columns are numbered from 1.
///
/// @param column that is counted, added or ordered by; null counts rows
/// @param ofDays whether the column holds days and no numbers
/// @param group the column whose values are taken together; null for none
/// @param conditions that all hold for the rows taken
/// @param limit of rows or groups shown
/// @param ascending whether the smallest come first
public record TableQuery(
        long table,
        Operation operation,
        @Nullable Integer column,
        boolean ofDays,
        @Nullable Integer group,
        List<Condition> conditions,
        int limit,
        boolean ascending) {

    /// What is done with the rows taken.
    public enum Operation {
        /// How many there are.
        COUNT,
        /// How many different values the column has in them.
        DISTINCT,
        SUM,
        AVERAGE,
        /// Those with the largest or smallest values of the column.
        RANK,
        /// Themselves, in their order.
        LIST,
        /// By how much the larger of two is larger.
        DIFFERENCE
    }

    /// What holds for a row.
    public sealed interface Condition {

        int column();

        /// @param keys one of which its cell has
        record Is(int column, List<String> keys) implements Condition {
            public Is {
                keys = List.copyOf(keys);
            }
        }

        /// @param from null for no bound
        /// @param above whether the bound itself is left out
        record Bound(
                int column,
                @Nullable BigDecimal from,
                boolean above,
                @Nullable BigDecimal to,
                boolean below)
                implements Condition {}

        /// @param from first day, null for no bound
        /// @param to last day, null for no bound
        record Days(int column, @Nullable LocalDate from, @Nullable LocalDate to)
                implements Condition {}
    }

    public TableQuery {
        conditions = List.copyOf(conditions);
        if (limit < 1) {
            throw new IllegalArgumentException("a query shows " + limit + " rows");
        }
        boolean measured = operation != Operation.COUNT && operation != Operation.LIST;
        if (measured && column == null) {
            throw new IllegalArgumentException(operation + " of no column");
        }
    }
}
