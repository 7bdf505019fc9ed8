package io.zhiwen.ingest.table;

import io.zhiwen.ingest.table.DataColumn.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Finds out what the cells of a column are. It is numbers only where every cell that says
/// something is one, all of one unit: what is added up must be all there is.
final class Columns {

    private static final Set<String> NOTHING =
            Set.of(
                    "", "-", "—", "–", "--", "——", "/", "\\", "n/a", "na", "nil", "none", "null",
                    "无", "暂无", "不适用", "…", "*", "?");

    private Columns() {}

    /// @param rows that are no totals
    static DataColumn of(
            ColumnName name, List<List<String>> rows, int column, UnaryOperator<String> fold) {
        int said = 0;
        int numbers = 0;
        int dates = 0;
        boolean missing = false;
        boolean oneUnit = true;
        String unit = "";
        boolean bare = false;
        boolean years = true;
        Set<String> different = new HashSet<>();
        for (List<String> row : rows) {
            String cell = column < row.size() ? row.get(column).strip() : "";
            if (NOTHING.contains(cell.toLowerCase(Locale.ROOT))) {
                missing = true;
                continue;
            }
            said++;
            different.add(cell);
            Amount amount = numbers == said - 1 ? Amount.read(cell) : null;
            if (amount != null) {
                numbers++;
                years &= isYear(amount);
                bare |= amount.unit().isEmpty() && amount.value().signum() != 0;
                oneUnit &= unit.isEmpty() || amount.unit().isEmpty() || unit.equals(amount.unit());
                unit = amount.unit().isEmpty() ? unit : amount.unit();
            } else if (dates == said - 1 && Dates.read(cell) != null) {
                dates++;
            }
        }
        boolean money = new Amount(java.math.BigDecimal.ZERO, unit).isMoney();
        boolean number =
                said > 0
                        && numbers == said
                        && oneUnit
                        && !years
                        && (!bare || unit.isEmpty() || money);
        Kind kind = number ? Kind.NUMBER : said > 0 && dates == said ? Kind.DATE : Kind.TEXT;
        return new DataColumn(
                name.shown(),
                name.keys(),
                ColumnName.thing(name.shown(), fold),
                kind,
                kind == Kind.NUMBER && !unit.isEmpty() ? unit : name.unit(),
                said > 1 && !missing && different.size() == said);
    }

    /// Years name; nobody adds them up.
    private static boolean isYear(Amount amount) {
        boolean bare = amount.unit().isEmpty() || amount.unit().equals("年");
        return bare && amount.value().toPlainString().matches("(?:19|20)\\d\\d");
    }
}
