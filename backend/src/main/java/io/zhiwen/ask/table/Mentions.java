package io.zhiwen.ask.table;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.StoredTable;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.Keys;
import io.zhiwen.ingest.table.Keys.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Lays a question beside a table: what every word of it names there.
final class Mentions {

    /// Longer ones first; of those alike, cells before columns before cues.
    private static final Comparator<Mention> BEST_FIRST =
            Comparator.comparingInt(Mention::length)
                    .reversed()
                    .thenComparingInt(Mention::rank)
                    .thenComparingInt(Mention::start);

    private final List<Word> words;
    private final List<Cue> cues;

    /// @param folded the question as search folds it
    Mentions(String folded) {
        this.words = Keys.words(folded);
        this.cues = Cues.of(folded);
    }

    /// Every key that a table could have a name under.
    Set<String> keys() {
        return Keys.within(words);
    }

    List<Cue> cues() {
        return cues;
    }

    /// @param mentions in the order of the question, none over another
    /// @param unknown words left over that may mean something
    record Laid(List<Mention> mentions, List<Word> unknown) {}

    /// Empty when a word is left over.
    Optional<List<Mention>> in(StoredTable table) {
        Laid laid = laid(table);
        return laid.unknown().isEmpty() ? Optional.of(laid.mentions()) : Optional.empty();
    }

    Laid laid(StoredTable table) {
        List<Mention> all = new ArrayList<>();
        boolean days =
                table.columns().stream().anyMatch(column -> column.kind() == DataColumn.Kind.DATE);
        cues.stream()
                .filter(cue -> days || cue.kind() != Cue.Kind.PERIOD)
                .filter(cue -> !isOfCells(cue, table))
                .forEach(cue -> all.add(new Mention.OfCue(cue)));
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + Keys.LONGEST); to++) {
                named(words.subList(from, to), table, all);
            }
        }
        all.sort(BEST_FIRST);
        var taken = new TreeMap<Integer, Mention>();
        for (Mention mention : all) {
            var before = taken.floorEntry(mention.end() - 1);
            if (before == null || before.getValue().end() <= mention.start()) {
                taken.put(mention.start(), mention);
            }
        }
        List<Word> unknown =
                words.stream()
                        .filter(word -> !StopWords.contains(word.key()))
                        .filter(word -> !isCovered(word, taken))
                        .toList();
        return new Laid(List.copyOf(taken.values()), unknown);
    }

    /// Between two numbers that stand in cells as names, as years do, lies nothing to count.
    private static boolean isOfCells(Cue cue, StoredTable table) {
        Cue.Bound bound = cue.bound();
        return bound != null
                && bound.from() != null
                && bound.to() != null
                && table.values().containsKey(bound.from().toPlainString())
                && table.values().containsKey(bound.to().toPlainString());
    }

    private static boolean isCovered(Word word, NavigableMap<Integer, Mention> taken) {
        var before = taken.floorEntry(word.start());
        return before != null && before.getValue().end() >= word.end();
    }

    private static void named(List<Word> some, StoredTable table, List<Mention> to) {
        String key = Keys.joined(some);
        int start = some.getFirst().start();
        int end = some.getLast().end();
        List<Integer> columns = new ArrayList<>();
        List<Integer> things = new ArrayList<>();
        for (int number = 1; number <= table.columns().size(); number++) {
            DataColumn column = table.column(number);
            if (column.keys().contains(key)) {
                columns.add(number);
            } else if (column.thing().equals(key)) {
                things.add(number);
            }
            boolean unit = !column.unit().isEmpty() && key.equals(key(column.unit()));
            if (unit) {
                to.add(new Mention.OfUnit(start, end));
            }
        }
        if (!columns.isEmpty()) {
            to.add(new Mention.OfColumn(start, end, columns));
        }
        if (!things.isEmpty()) {
            to.add(new Mention.OfThing(start, end, things));
        }
        List<StoredTable.Value> values = table.values().getOrDefault(key, List.of());
        if (!values.isEmpty()) {
            to.add(new Mention.OfValue(start, end, values));
        }
        if (isLong(some) && isInTitle(key, table)) {
            to.add(new Mention.OfTitle(start, end));
        }
    }

    /// A single character or a short word is in too many titles.
    private static boolean isLong(List<Word> some) {
        return some.size() > 1 || some.getFirst().key().length() > 3;
    }

    private static boolean isInTitle(String key, StoredTable table) {
        String name = table.documentName().replaceFirst("\\.\\w{1,5}$", "");
        return isWithin(key, key(name))
                || table.titleKeys().stream().anyMatch(title -> isWithin(key, title));
    }

    private static boolean isWithin(String key, String title) {
        return (" " + title + " ").contains(" " + key + " ");
    }

    static String key(String text) {
        return Keys.of(SearchText.words(text));
    }
}
