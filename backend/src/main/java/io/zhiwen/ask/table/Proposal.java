package io.zhiwen.ask.table;

import io.zhiwen.ask.table.Cue.Kind;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Condition;
import io.zhiwen.ingest.table.TableQuery.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a model said a question asks, held against the question and the table: every value, bound
/// and period of the question is used, nothing else is, and the operation is one its words ask for.
final class Proposal {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ALL = 20;

    private final StoredTable table;
    private final Mentions mentions;
    private final JsonNode said;
    private final List<Condition> conditions = new ArrayList<>();

    private Proposal(StoredTable table, Mentions mentions, JsonNode said) {
        this.table = table;
        this.mentions = mentions;
        this.said = said;
    }

    /// A table and what is asked of it.
    record Meant(StoredTable table, TableQuery query) {}

    static Optional<Meant> read(String text, Mentions mentions, List<StoredTable> tables) {
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (start < 0 || end < start) {
            return Optional.empty();
        }
        try {
            JsonNode said = JSON.readTree(text.substring(start, end + 1));
            int number = said.path("table").asInt(0);
            if (number < 1 || number > tables.size()) {
                return Optional.empty();
            }
            StoredTable table = tables.get(number - 1);
            return Optional.ofNullable(new Proposal(table, mentions, said).query())
                    .map(query -> new Meant(table, query));
        } catch (JacksonException _) {
            return Optional.empty(); // what is no JSON is no query
        }
    }

    /// Cells of the table that the question names, as they are shown.
    static List<String> values(Mentions mentions, StoredTable table) {
        return List.copyOf(cells(mentions, table).keySet());
    }

    static List<Cue> said(Mentions mentions, Kind kind) {
        return mentions.cues().stream().filter(cue -> cue.kind() == kind).toList();
    }

    private static Map<String, List<StoredTable.Value>> cells(
            Mentions mentions, StoredTable table) {
        return mentions.laid(table).mentions().stream()
                .filter(Mention.OfValue.class::isInstance)
                .map(mention -> ((Mention.OfValue) mention).values())
                .collect(
                        Collectors.toMap(
                                same -> same.getFirst().shown(),
                                Function.identity(),
                                (one, _) -> one,
                                LinkedHashMap::new));
    }

    private @Nullable TableQuery query() {
        boolean limited =
                values() && bounds() && periods() && Operations.isOfSeveral(table, conditions);
        Set<Kind> kinds =
                mentions.cues().stream()
                        .map(Cue::kind)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
        String operation = said.path("operation").asString("");
        Integer column = column(said.path("column"));
        Integer group = column(said.path("group"));
        boolean known =
                (column != null || isNone(said.path("column")))
                        && (group != null || isNone(said.path("group")));
        if (!limited || !known || !table.flat()) {
            return null;
        }
        boolean counting =
                (kinds.contains(Kind.HOW_MANY) || kinds.contains(Kind.SUM))
                        && !kinds.contains(Kind.AVERAGE);
        return switch (operation) {
            case "count" -> counting && column == null ? made(Operation.COUNT, null, group) : null;
            case "distinct" ->
                    kinds.contains(Kind.HOW_MANY)
                                    && group == null
                                    && isOf(column, DataColumn.Kind.TEXT)
                            ? made(Operation.DISTINCT, column, null)
                            : null;
            case "sum" ->
                    counting
                                    && column != null
                                    && isOf(column, DataColumn.Kind.NUMBER)
                                    && Operations.adds(table, column)
                            ? made(Operation.SUM, column, group)
                            : null;
            case "average" ->
                    kinds.contains(Kind.AVERAGE) && isOf(column, DataColumn.Kind.NUMBER)
                            ? made(Operation.AVERAGE, column, group)
                            : null;
            case "highest", "lowest" -> ranked(column, group, operation.equals("lowest"));
            case "list" ->
                    (kinds.contains(Kind.LIST) || kinds.contains(Kind.WHICH))
                                    && !conditions.isEmpty()
                            ? made(Operation.LIST, null, null)
                            : null;
            default -> null;
        };
    }

    private boolean values() {
        Map<String, List<StoredTable.Value>> cells = cells(mentions, table);
        JsonNode given = said.path("values");
        if (given.size() != cells.size()) {
            return false;
        }
        Map<Integer, List<String>> keys = new LinkedHashMap<>();
        for (var cell : cells.entrySet()) {
            Integer column = column(given.path(cell.getKey()));
            var value =
                    cell.getValue().stream()
                            .filter(one -> column != null && one.column() == column)
                            .findFirst();
            if (value.isEmpty()) {
                return false;
            }
            keys.computeIfAbsent(value.get().column(), _ -> new ArrayList<>())
                    .add(value.get().key());
        }
        keys.forEach((column, some) -> conditions.add(new Condition.Is(column, some)));
        return true;
    }

    private boolean bounds() {
        return each(
                "bounds",
                Kind.BOUND,
                DataColumn.Kind.NUMBER,
                (cue, column) -> Bounds.of(cue, column, table).orElse(null));
    }

    private boolean periods() {
        return each(
                "periods",
                Kind.PERIOD,
                DataColumn.Kind.DATE,
                (cue, column) ->
                        cue.days() == null
                                ? null
                                : new Condition.Days(column, cue.days().from(), cue.days().to()));
    }

    private interface Made {
        @Nullable Condition of(Cue cue, int column);
    }

    private boolean each(String name, Kind kind, DataColumn.Kind wanted, Made made) {
        List<Cue> cues = said(mentions, kind);
        if (said.path(name).size() != cues.size()) {
            return false;
        }
        for (int i = 0; i < cues.size(); i++) {
            Integer column = column(said.path(name).path(String.valueOf(i + 1)));
            Condition condition =
                    column == null || table.column(column).kind() != wanted
                            ? null
                            : made.of(cues.get(i), column);
            if (condition == null) {
                return false;
            }
            conditions.add(condition);
        }
        return true;
    }

    private @Nullable TableQuery ranked(
            @Nullable Integer column, @Nullable Integer group, boolean ascending) {
        Kind kind = ascending ? Kind.LOWEST : Kind.HIGHEST;
        Kind other = ascending ? Kind.HIGHEST : Kind.LOWEST;
        List<Cue> cues = said(mentions, kind);
        boolean asked = !cues.isEmpty() && said(mentions, other).isEmpty();
        if (!asked || group != null || column == null || isOf(column, DataColumn.Kind.TEXT)) {
            return null;
        }
        int limit = cues.stream().mapToInt(Cue::count).max().orElse(1);
        return new TableQuery(
                table.id(),
                Operation.RANK,
                column,
                isOf(column, DataColumn.Kind.DATE),
                null,
                conditions,
                limit,
                ascending);
    }

    private TableQuery made(
            Operation operation, @Nullable Integer column, @Nullable Integer group) {
        return new TableQuery(table.id(), operation, column, false, group, conditions, ALL, false);
    }

    private boolean isOf(@Nullable Integer column, DataColumn.Kind kind) {
        return column != null && table.column(column).kind() == kind;
    }

    private static boolean isNone(JsonNode node) {
        return node.isNull() || node.isMissingNode();
    }

    /// Null unless exactly one column is called so.
    private @Nullable Integer column(JsonNode name) {
        List<Integer> found = new ArrayList<>();
        for (int number = 1; number <= table.columns().size(); number++) {
            if (name.isString() && table.column(number).name().equals(name.asString())) {
                found.add(number);
            }
        }
        return found.size() == 1 ? found.getFirst() : null;
    }
}
