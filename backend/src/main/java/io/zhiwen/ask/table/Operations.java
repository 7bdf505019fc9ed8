package io.zhiwen.ask.table;

import io.zhiwen.ask.table.Cue.Kind;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Condition;
import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which operation the cues of a question ask for, on what it names. What can be meant in two ways
/// is not meant in one.
final class Operations {

    /// Groups told where each is asked for.
    private static final int ALL = 20;

    /// Numbers that cannot be added up.
    private static final Pattern RATIO =
            Pattern.compile(
                    "(?i).*(?:率|比例|占比|比重|单价|价格|均价|年龄|年份|温度|指数|排名|编号|序号|系数|\\brate|\\bratio|percent|share|price|\\bage\\b|year|rank|index|\\bid\\b|\\bno\\b).*");

    /// Numbers that are added up where several are of one thing.
    private static final Pattern ADDITIVE =
            Pattern.compile(
                    "(?i).*(?:额|量|收入|成本|费用|利润|支出|产值|sales|revenue|amount|quantity|cost|expense|profit|spend|units).*");

    /// Names of columns that tell things apart without saying what they are: the title does.
    private static final Pattern IDENTITY =
            Pattern.compile("(?i)(?:姓名|名称|名字|标题|编号|工号|代码|id|(?:full )?name|title|code)");

    /// What a question names beside its conditions.
    ///
    /// @param measure a column of numbers or days
    /// @param label a column of words
    /// @param thing a column that tells apart things that are named
    /// @param rows whether what the rows are is named
    /// @param title whether the table is
    record Named(
            @Nullable Integer measure,
            @Nullable Integer label,
            @Nullable Integer thing,
            boolean rows,
            boolean title) {}

    private final StoredTable table;
    private final Map<Kind, Cue> cues;
    private final List<Condition> conditions;
    private final Named named;

    Operations(StoredTable table, Map<Kind, Cue> cues, List<Condition> conditions, Named named) {
        this.table = table;
        this.cues = cues;
        this.conditions = conditions;
        this.named = named;
    }

    /// Null for none.
    @Nullable TableQuery query() {
        if (cues.containsKey(Kind.COMPARE)
                && isPair()
                && named.measure != null
                && named.label == null) {
            return made(Operation.DIFFERENCE, named.measure, null, 2, false);
        }
        if (!table.flat() || !isOfSeveral(table, conditions)) {
            return null;
        }
        if (cues.containsKey(Kind.HIGHEST) || cues.containsKey(Kind.LOWEST)) {
            return rank();
        }
        if (cues.containsKey(Kind.AVERAGE)) {
            return over(Operation.AVERAGE);
        }
        if (cues.containsKey(Kind.SUM) && named.measure != null) {
            return over(Operation.SUM);
        }
        if (cues.containsKey(Kind.HOW_MANY)) {
            return named.measure == null ? count() : null;
        }
        boolean asked = cues.containsKey(Kind.LIST) || cues.containsKey(Kind.WHICH);
        boolean bounded = isBounded() || (cues.containsKey(Kind.LIST) && !conditions.isEmpty());
        return asked && bounded && named.measure == null
                ? made(Operation.LIST, null, null, ALL, false)
                : null;
    }

    /// Two things by name, and nothing else.
    private boolean isPair() {
        return conditions.size() == 1
                && conditions.getFirst() instanceof Condition.Is(int column, List<String> keys)
                && keys.size() == 2
                && table.column(column).unique();
    }

    /// Not so when one row alone is meant: there is nothing to count.
    static boolean isOfSeveral(StoredTable table, List<Condition> conditions) {
        return conditions.stream()
                .noneMatch(
                        condition ->
                                condition instanceof Condition.Is(int column, List<String> keys)
                                        && keys.size() == 1
                                        && table.column(column).unique());
    }

    private @Nullable TableQuery rank() {
        Integer measure = named.measure;
        Integer label = named.label;
        boolean ascending = cues.containsKey(Kind.LOWEST);
        Cue cue = cues.get(ascending ? Kind.LOWEST : Kind.HIGHEST);
        int limit = cue == null ? 1 : cue.count();
        boolean grouped = label != null && !table.column(label).unique();
        if (measure == null) {
            return grouped && named.rows
                    ? made(Operation.COUNT, null, label, limit, ascending)
                    : null;
        }
        if (!grouped) {
            boolean odd =
                    cues.containsKey(Kind.AVERAGE)
                            || cues.containsKey(Kind.SUM)
                            || (label == null && defaultLabel() == 0);
            return odd ? null : made(Operation.RANK, measure, null, limit, ascending);
        }
        if (table.column(measure).kind() != DataColumn.Kind.NUMBER) {
            return null;
        }
        if (cues.containsKey(Kind.AVERAGE)) {
            return made(Operation.AVERAGE, measure, label, limit, ascending);
        }
        String name = table.column(measure).name();
        boolean adds = ADDITIVE.matcher(name).matches() || cues.containsKey(Kind.SUM);
        return adds && adds(table, measure)
                ? made(Operation.SUM, measure, label, limit, ascending)
                : null;
    }

    /// The first column whose values tell rows apart; 0 for none.
    private int defaultLabel() {
        for (int number = 1; number <= table.columns().size(); number++) {
            DataColumn column = table.column(number);
            if (column.kind() == DataColumn.Kind.TEXT && column.unique()) {
                return number;
            }
        }
        return 0;
    }

    /// A sum or an average of all rows taken, or of each group.
    private @Nullable TableQuery over(Operation operation) {
        Integer measure = named.measure;
        Integer label = named.label;
        if (measure == null
                || table.column(measure).kind() != DataColumn.Kind.NUMBER
                || (operation == Operation.SUM && !adds(table, measure))) {
            return null;
        }
        if (label == null) {
            return made(operation, measure, null, Computed.SHOWN, false);
        }
        return cues.containsKey(Kind.EACH) && !table.column(label).unique()
                ? made(operation, measure, label, ALL, false)
                : null;
    }

    /// Rates, prices and years are not added up.
    static boolean adds(StoredTable table, int measure) {
        DataColumn column = table.column(measure);
        return !column.unit().startsWith("%") && !RATIO.matcher(column.name()).matches();
    }

    /// What is counted has to be what the rows are, or what a column holds.
    private @Nullable TableQuery count() {
        Integer label = named.label;
        if (cues.containsKey(Kind.EACH)) {
            boolean counted = label != null && named.rows && !table.column(label).unique();
            return counted ? made(Operation.COUNT, null, label, ALL, false) : null;
        }
        Integer counted = label == null ? named.thing : label;
        if (counted != null && !table.column(counted).unique()) {
            return named.rows
                    ? null
                    : made(Operation.DISTINCT, counted, null, Computed.SHOWN, false);
        }
        int standard = defaultLabel();
        boolean titledRows =
                named.title
                        && standard > 0
                        && IDENTITY.matcher(table.column(standard).name()).matches();
        boolean bounded = isBounded() && standard > 0;
        return counted != null || named.rows || titledRows || bounded
                ? made(Operation.COUNT, null, null, Computed.SHOWN, false)
                : null;
    }

    private TableQuery made(
            Operation operation,
            @Nullable Integer column,
            @Nullable Integer group,
            int limit,
            boolean ascending) {
        boolean days = column != null && table.column(column).kind() == DataColumn.Kind.DATE;
        return new TableQuery(
                table.id(), operation, column, days, group, conditions, limit, ascending);
    }

    private boolean isBounded() {
        return conditions.stream().anyMatch(Condition.Bound.class::isInstance);
    }
}
