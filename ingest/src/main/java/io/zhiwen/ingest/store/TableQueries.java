package io.zhiwen.ingest.store;

import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Condition;
import io.zhiwen.ingest.table.TableQuery.Operation;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Computes what is asked of a table, in the database. A query is made of numbers of columns and of
/// parameters, never of anybody's text. Safe for concurrent use.
public final class TableQueries {

    /// Rows shown beside a value that was made from more.
    public static final int SHOWN = 20;

    private final JdbcClient db;

    public TableQueries(JdbcClient db) {
        this.db = db;
    }

    /// One value: how many, how much, on average.
    private record Value(@Nullable BigDecimal value, long taken, long measured) {}

    /// Nothing of a table that is out of reach now counts.
    public TableResult run(TableQuery query, Reach reach) {
        Map<String, Object> parameters = new HashMap<>(reach.parameters());
        String rows = rows(query, parameters);
        Value value = value(query, rows, parameters);
        if (query.group() != null) {
            return new TableResult(
                    null,
                    value.taken(),
                    value.measured(),
                    List.of(),
                    groups(query, rows, parameters),
                    null);
        }
        boolean free = query.conditions().isEmpty() && query.operation() == Operation.SUM;
        return new TableResult(
                isOfRows(query) ? null : value.value(),
                value.taken(),
                value.measured(),
                shown(query, rows, parameters),
                List.of(),
                free ? total(query, parameters) : null);
    }

    private static boolean isOfRows(TableQuery query) {
        return query.operation() == Operation.RANK || query.operation() == Operation.LIST;
    }

    private Value value(TableQuery query, String rows, Map<String, Object> parameters) {
        String cell = measure(query);
        String what =
                switch (query.operation()) {
                    case COUNT, LIST, RANK -> "count(*)";
                    case DISTINCT ->
                            "count(distinct nullif(btrim(r.shown[%d]), ''))"
                                    .formatted(query.column());
                    case SUM -> "sum(" + cell + ")";
                    case AVERAGE -> "avg(" + cell + ")";
                    case DIFFERENCE -> "max(" + cell + ") - min(" + cell + ")";
                };
        return db.sql(
                        "select %s as value, count(*) as taken, count(%s) as measured from %s"
                                .formatted(what, cell, rows))
                .params(parameters)
                .query(
                        (row, _) ->
                                new Value(
                                        row.getBigDecimal("value"),
                                        row.getLong("taken"),
                                        row.getLong("measured")))
                .single();
    }

    private List<TableResult.Row> shown(
            TableQuery query, String rows, Map<String, Object> parameters) {
        String cell = measure(query);
        String order = query.ascending() ? "asc" : "desc";
        String which =
                query.operation() == Operation.RANK
                        ? "and %s is not null order by measure %s fetch first %d rows with ties"
                                .formatted(cell, order, query.limit())
                        : "order by r.position limit " + Math.min(query.limit(), SHOWN);
        String sorted = query.operation() == Operation.RANK ? "measure " + order + "," : "";
        List<TableResult.Row> shown =
                db.sql(
                                """
                                select * from (
                                    select r.position, r.shown, r.span_start, r.span_end, r.page,
                                        %s as measure
                                    from %s %s
                                ) taken order by %s position
                                """
                                        .formatted(cell, rows, which, sorted))
                        .params(parameters)
                        .query((row, _) -> row(row))
                        .list();
        return shown.size() > SHOWN ? shown.subList(0, SHOWN) : shown;
    }

    private List<TableResult.Group> groups(
            TableQuery query, String rows, Map<String, Object> parameters) {
        String cell = measure(query);
        String what =
                switch (query.operation()) {
                    case COUNT -> "count(*)";
                    case SUM -> "sum(" + cell + ")";
                    case AVERAGE -> "avg(" + cell + ")";
                    case DISTINCT, RANK, LIST, DIFFERENCE ->
                            throw new IllegalArgumentException(query.operation() + " of groups");
                };
        List<TableResult.Group> groups =
                db.sql(
                                """
                                select min(r.shown[%1$d]) as label, %2$s as value, count(*) as rows
                                from %3$s and btrim(r.shown[%1$d]) <> ''
                                group by lower(btrim(r.shown[%1$d]))
                                order by value %4$s nulls last
                                fetch first %5$d rows with ties
                                """
                                        .formatted(
                                                query.group(),
                                                what,
                                                rows,
                                                query.ascending() ? "asc" : "desc",
                                                query.limit()))
                        .params(parameters)
                        .query(
                                (row, _) ->
                                        new TableResult.Group(
                                                row.getString("label"),
                                                row.getBigDecimal("value"),
                                                row.getLong("rows")))
                        .list();
        return groups.size() > SHOWN ? groups.subList(0, SHOWN) : groups;
    }

    /// What the table's own last line says of the column.
    private @Nullable BigDecimal total(TableQuery query, Map<String, Object> parameters) {
        return db.sql(
                        """
                        select r.numbers[%d] from data_row r join data_table t on t.id = r.table_id %s
                        where r.table_id = :table and r.total order by r.position desc limit 1
                        """
                                .formatted(query.column(), TableStore.FOUND))
                .params(parameters)
                .query(
                        (row, _) ->
                                Objects.requireNonNullElse(row.getBigDecimal(1), BigDecimal.ZERO))
                .optional()
                .filter(total -> total.signum() != 0)
                .orElse(null);
    }

    /// The rows taken: what follows `from`.
    private static String rows(TableQuery query, Map<String, Object> parameters) {
        parameters.put("table", query.table());
        List<String> conditions = new ArrayList<>();
        for (Condition condition : query.conditions()) {
            conditions.add(sql(condition, conditions.size(), parameters));
        }
        return "data_row r join data_table t on t.id = r.table_id %s where r.table_id = :table and not r.total%s"
                .formatted(
                        TableStore.FOUND,
                        conditions.isEmpty() ? "" : " and " + String.join(" and ", conditions));
    }

    private static String sql(Condition condition, int number, Map<String, Object> parameters) {
        String from = "from" + number;
        String to = "to" + number;
        return switch (condition) {
            case Condition.Is(int column, List<String> keys) -> {
                parameters.put(from, keys.toArray(String[]::new));
                yield "r.keys[%d] = any(:%s)".formatted(column, from);
            }
            case Condition.Bound bound -> {
                List<String> sides = new ArrayList<>();
                if (bound.from() != null) {
                    parameters.put(from, bound.from());
                    sides.add((bound.above() ? "> :" : ">= :") + from);
                }
                if (bound.to() != null) {
                    parameters.put(to, bound.to());
                    sides.add((bound.below() ? "< :" : "<= :") + to);
                }
                yield both("r.numbers[" + bound.column() + "]", sides);
            }
            case Condition.Days days -> {
                List<String> sides = new ArrayList<>();
                if (days.from() != null) {
                    parameters.put(from, days.from());
                    sides.add(">= :" + from);
                }
                if (days.to() != null) {
                    parameters.put(to, days.to());
                    sides.add("<= :" + to);
                }
                yield both("r.dates[" + days.column() + "]", sides);
            }
        };
    }

    private static String both(String cell, List<String> sides) {
        return sides.isEmpty()
                ? "true"
                : String.join(" and ", sides.stream().map(side -> cell + " " + side).toList());
    }

    /// A day where the column has days, else a number.
    private static String measure(TableQuery query) {
        if (query.column() == null) {
            return "r.position";
        }
        return (query.ofDays() ? "r.dates[%d]" : "r.numbers[%d]").formatted(query.column());
    }

    private static TableResult.Row row(ResultSet row) throws SQLException {
        return new TableResult.Row(
                TableStore.texts(row, "shown"),
                new Span(row.getInt("span_start"), row.getInt("span_end")),
                row.getObject("page", Integer.class));
    }
}
