package io.zhiwen.ask.table;

import io.zhiwen.ask.table.Cue.Kind;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.TableQuery;
import io.zhiwen.ingest.table.TableQuery.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a question asks of one table, by rules: only when each of its words is understood and the
/// question can be read in one way. For one thread.
final class Reading {

    private static final Set<Kind> ASKING =
            Set.of(
                    Kind.AVERAGE,
                    Kind.SUM,
                    Kind.HIGHEST,
                    Kind.LOWEST,
                    Kind.HOW_MANY,
                    Kind.LIST,
                    Kind.COMPARE,
                    Kind.BOUND);

    private final StoredTable table;
    private final Map<Kind, Cue> cues = new EnumMap<>(Kind.class);
    private final List<Mention.OfColumn> columns = new ArrayList<>();
    private final List<Mention.OfThing> things = new ArrayList<>();
    private final Map<Integer, List<StoredTable.Value>> values = new TreeMap<>();
    private final List<Cue> bounds = new ArrayList<>();
    private final List<Cue> periods = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private boolean clear = true;
    private boolean titled;

    private Reading(StoredTable table) {
        this.table = table;
    }

    /// @param mentions every one of the question
    static Optional<TableQuery> of(StoredTable table, List<Mention> mentions) {
        var reading = new Reading(table);
        reading.sort(mentions);
        reading.conditions();
        return reading.clear ? Optional.ofNullable(reading.query()) : Optional.empty();
    }

    private void sort(List<Mention> mentions) {
        for (Mention mention : mentions) {
            switch (mention) {
                case Mention.OfColumn column -> columns.add(column);
                case Mention.OfThing thing -> things.add(thing);
                case Mention.OfValue value -> value(value, mentions);
                case Mention.OfCue(Cue cue) -> cue(cue);
                case Mention.OfTitle _ -> titled = true;
                case Mention.OfUnit _ -> {}
            }
        }
    }

    private void cue(Cue cue) {
        if (cue.kind() == Kind.BOUND) {
            bounds.add(cue);
        } else if (cue.kind() == Kind.PERIOD) {
            periods.add(cue);
        } else {
            cues.merge(cue.kind(), cue, (one, other) -> one.count() > other.count() ? one : other);
        }
    }

    /// In the column named beside it where it stands in several.
    private void value(Mention.OfValue mention, List<Mention> all) {
        List<StoredTable.Value> found = mention.values();
        if (found.size() > 1) {
            int at = all.indexOf(mention);
            found =
                    found.stream()
                            .filter(
                                    value ->
                                            isNamed(all, at - 1, value.column())
                                                    || isNamed(all, at + 1, value.column()))
                            .toList();
        }
        if (found.size() == 1) {
            values.computeIfAbsent(found.getFirst().column(), _ -> new ArrayList<>())
                    .add(found.getFirst());
        } else {
            clear = false;
        }
    }

    private static boolean isNamed(List<Mention> all, int at, int column) {
        return at >= 0
                && at < all.size()
                && all.get(at) instanceof Mention.OfColumn named
                && named.numbers().contains(column);
    }

    private void conditions() {
        values.forEach(
                (column, said) -> {
                    conditions.add(
                            new Condition.Is(
                                    column,
                                    said.stream().map(StoredTable.Value::key).distinct().toList()));
                    columns.removeIf(named -> named.numbers().contains(column));
                });
        bounds.forEach(this::bound);
        for (Cue period : periods) {
            List<Integer> days = ofKind(DataColumn.Kind.DATE);
            var said = period.days();
            if (days.size() == 1 && said != null) {
                conditions.add(new Condition.Days(days.getFirst(), said.from(), said.to()));
                columns.removeIf(named -> named.numbers().equals(days));
            } else {
                clear = false;
            }
        }
    }

    private List<Integer> ofKind(DataColumn.Kind kind) {
        List<Integer> found = new ArrayList<>();
        for (int number = 1; number <= table.columns().size(); number++) {
            if (table.column(number).kind() == kind) {
                found.add(number);
            }
        }
        return found;
    }

    /// A bound is of the column named last before it, else of the next one behind it.
    private void bound(Cue cue) {
        var numbers =
                columns.stream().filter(named -> kind(named) == DataColumn.Kind.NUMBER).toList();
        var named =
                numbers.stream()
                        .filter(column -> column.end() <= cue.start())
                        .max(Comparator.comparingInt(Mention::start))
                        .or(
                                () ->
                                        numbers.stream()
                                                .filter(column -> column.start() >= cue.end())
                                                .findFirst());
        Condition.Bound bound =
                named.flatMap(column -> Bounds.of(cue, only(column), table)).orElse(null);
        if (bound == null) {
            clear = false;
            return;
        }
        conditions.add(bound);
        columns.remove(named.orElseThrow());
    }

    private DataColumn.Kind kind(Mention.OfColumn named) {
        return table.column(only(named)).kind();
    }

    /// The one column of this name; two of one name are not told apart.
    private int only(Mention.OfColumn named) {
        clear &= named.numbers().size() == 1;
        return named.numbers().getFirst();
    }

    private @Nullable TableQuery query() {
        List<Integer> measures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Mention.OfColumn named : columns) {
            int number = only(named);
            List<Integer> to = kind(named) == DataColumn.Kind.TEXT ? labels : measures;
            if (!to.contains(number)) {
                to.add(number);
            }
        }
        boolean rowsNamed = false;
        if (labels.size() == 2 && labels.removeIf(label -> table.column(label).unique())) {
            rowsNamed = true; // employees by department: one of the two is the rows themselves
        }
        boolean plain = clear && measures.size() <= 1 && labels.size() <= 1 && things.size() <= 1;
        if (!plain || (cues.containsKey(Kind.HIGHEST) && cues.containsKey(Kind.LOWEST))) {
            return null;
        }
        Integer thing = null;
        if (things.size() == 1 && things.getFirst().numbers().size() == 1) {
            thing = things.getFirst().numbers().getFirst();
        }
        rowsNamed |= cues.containsKey(Kind.ROWS) || (thing != null && table.column(thing).unique());
        return new Operations(
                        table,
                        cues,
                        conditions,
                        new Operations.Named(
                                measures.isEmpty() ? null : measures.getFirst(),
                                labels.isEmpty() ? null : labels.getFirst(),
                                thing,
                                rowsNamed,
                                titled))
                .query();
    }

    /// Words that ask for something to be computed; a question without any is left alone.
    static boolean asks(List<Cue> cues) {
        return cues.stream().anyMatch(cue -> ASKING.contains(cue.kind()));
    }
}
