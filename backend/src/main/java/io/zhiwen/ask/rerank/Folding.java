package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.NearDuplicates.Compared;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds passages that say the same in near-duplicates, such as the versions of one document, and
/// keeps the newest of them in the place of the best. Three things must hold, so that nothing is
/// lost that only one of them says: the passages are the same letter by letter and digit by digit;
/// their documents are near-duplicates, for what two policies say in the same words is said of two
/// things; and what the question names of the one's name and headings it names of the other's,
/// for who asks about last year's rules means last year's. Safe for concurrent use.
public final class Folding {

    /// Which passages are left, and which of the others each of them stands for.
    ///
    /// @param kept in the order of the best of each
    /// @param folded by the id of the one kept; newest first
    public record Folded(List<StoredChunk> kept, Map<Long, List<StoredChunk>> folded) {

        public Folded {
            kept = List.copyOf(kept);
            folded = Map.copyOf(folded);
        }
    }

    /// Folds nothing.
    public static final Folding NONE = new Folding(_ -> Map.of(), 1);

    private final Function<Collection<DocumentId>, Map<DocumentId, Compared>> compared;
    private final double from;

    /// @param compared what documents are compared by, of those that can be
    /// @param from the similarity from which two are near-duplicates
    public Folding(
            Function<Collection<DocumentId>, Map<DocumentId, Compared>> compared, double from) {
        this.compared = compared;
        this.from = from;
    }

    /// @param candidates best first, all of which the asker may read
    public Folded fold(String question, List<StoredChunk> candidates) {
        List<List<StoredChunk>> same = same(candidates);
        if (same.isEmpty()) {
            return new Folded(candidates, Map.of());
        }
        Map<DocumentId, Compared> known =
                compared.apply(
                        same.stream()
                                .flatMap(List::stream)
                                .map(StoredChunk::document)
                                .collect(Collectors.toSet()));
        Set<String> asked = units(SearchText.words(question));
        Map<Long, List<StoredChunk>> folded = new HashMap<>();
        for (List<StoredChunk> group : same) {
            fold(
                    group.stream().filter(one -> known.containsKey(one.document())).toList(),
                    known,
                    asked,
                    folded);
        }
        return new Folded(inPlaceOfTheBest(candidates, folded), folded);
    }

    /// Passages with the same letters and digits, where they are of more than one document.
    private static List<List<StoredChunk>> same(List<StoredChunk> candidates) {
        Map<String, List<StoredChunk>> byLetters = new LinkedHashMap<>();
        for (StoredChunk one : candidates) {
            byLetters
                    .computeIfAbsent(Twins.letters(one.chunk().text()), _ -> new ArrayList<>())
                    .add(one);
        }
        return byLetters.values().stream()
                .filter(group -> group.stream().map(StoredChunk::document).distinct().count() > 1)
                .toList();
    }

    private void fold(
            List<StoredChunk> group,
            Map<DocumentId, Compared> known,
            Set<String> asked,
            Map<Long, List<StoredChunk>> folded) {
        List<StoredChunk> left =
                new ArrayList<>(
                        group.stream()
                                .sorted(
                                        Comparator.comparing(
                                                (StoredChunk one) -> of(one, known),
                                                Compared.NEWEST_FIRST))
                                .toList());
        while (left.size() > 1) {
            StoredChunk newest = left.removeFirst();
            List<StoredChunk> others =
                    left.stream().filter(one -> saysTheSame(newest, one, known, asked)).toList();
            if (!others.isEmpty()) {
                folded.put(newest.id(), others);
                left.removeAll(others);
            }
        }
    }

    private boolean saysTheSame(
            StoredChunk newest,
            StoredChunk other,
            Map<DocumentId, Compared> known,
            Set<String> asked) {
        Compared one = of(newest, known);
        Compared two = of(other, known);
        return !newest.document().equals(other.document())
                && one.isNearly(two, from)
                && named(newest, asked).equals(named(other, asked));
    }

    private static Compared of(StoredChunk chunk, Map<DocumentId, Compared> known) {
        return Objects.requireNonNull(known.get(chunk.document()));
    }

    /// What the question names of what a passage is about.
    private static Set<String> named(StoredChunk chunk, Set<String> asked) {
        String about =
                SearchText.words(
                        chunk.documentName()
                                + "\n"
                                + String.join("\n", chunk.chunk().headingPath()));
        return asked.stream().filter(about::contains).collect(Collectors.toSet());
    }

    /// Words; of what is written without spaces, each two characters.
    private static Set<String> units(String text) {
        Set<String> units = new HashSet<>();
        for (String word : text.split("[^\\p{L}\\p{N}]+", -1)) {
            int[] letters = word.codePoints().toArray();
            boolean wide = word.codePoints().anyMatch(Character::isIdeographic);
            if (!wide && !word.isEmpty()) {
                units.add(word);
            }
            for (int i = 0; wide && i + 1 < letters.length; i++) {
                units.add(new String(letters, i, 2));
            }
        }
        return units;
    }

    private static List<StoredChunk> inPlaceOfTheBest(
            List<StoredChunk> candidates, Map<Long, List<StoredChunk>> folded) {
        Map<Long, StoredChunk> instead = new HashMap<>();
        Map<Long, StoredChunk> byId =
                candidates.stream().collect(Collectors.toMap(StoredChunk::id, Function.identity()));
        folded.forEach(
                (newest, others) ->
                        others.forEach(
                                one ->
                                        instead.put(
                                                one.id(),
                                                Objects.requireNonNull(byId.get(newest)))));
        return candidates.stream()
                .map(one -> instead.getOrDefault(one.id(), one))
                .distinct()
                .toList();
    }
}
