package io.zhiwen.ask.table;

import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.Amount;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.TableQuery.Condition;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a bound of a question one of a column, whose numbers may be of ten thousands.
final class Bounds {

    private Bounds() {}

    /// Empty where the units do not agree.
    static Optional<Condition.Bound> of(Cue cue, int column, StoredTable table) {
        Cue.Bound bound = cue.bound();
        String unit = table.column(column).unit();
        Amount one = unit.isEmpty() ? null : Amount.read("1" + unit);
        BigDecimal scale = one == null ? BigDecimal.ONE : one.value();
        String bare = one == null ? unit : one.unit();
        if (bound == null
                || isYears(bound, table)
                || (!bound.unit().isEmpty() && !bare.isEmpty() && !bound.unit().equals(bare))
                || (scale.compareTo(BigDecimal.ONE) != 0 && bound.unit().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                new Condition.Bound(
                        column,
                        scaled(bound.from(), scale),
                        bound.above(),
                        scaled(bound.to(), scale),
                        bound.below()));
    }

    /// Whether it may mean days, in a table that has some: sales between 2020 and 2021.
    private static boolean isYears(Cue.Bound bound, StoredTable table) {
        return table.columns().stream().anyMatch(column -> column.kind() == DataColumn.Kind.DATE)
                && isYear(bound.from() == null ? bound.to() : bound.from())
                && bound.unit().isEmpty();
    }

    private static boolean isYear(@Nullable BigDecimal value) {
        return value != null && value.toPlainString().matches("(?:19|20)\\d\\d");
    }

    private static @Nullable BigDecimal scaled(@Nullable BigDecimal value, BigDecimal scale) {
        return value == null ? null : value.divide(scale, MathContext.DECIMAL64);
    }
}
