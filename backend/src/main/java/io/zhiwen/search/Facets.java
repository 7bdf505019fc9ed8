package io.zhiwen.search;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How what was found near a question spreads, counted in documents, which are all the reader's.
/// Each count is what one would see if one chose that value instead of what is chosen of its kind;
/// of tags and folders, if one chose it too.
///
/// @param languages by tag
/// @param days by how many days back, the shortest first
public record Facets(
        List<Count<NamedBase>> bases,
        List<Count<String>> types,
        List<Count<String>> languages,
        List<Count<Integer>> days,
        List<Count<String>> tags,
        List<Count<FoundDocument.NamedFolder>> folders,
        List<Count<String>> owners,
        List<OfField> fields) {

    public static final List<Integer> DAYS = List.of(7, 30, 365);

    static final Facets NONE =
            new Facets(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());

    /// How many documents have a value.
    public record Count<T>(T value, long documents) {}

    public record NamedBase(KnowledgeBaseId id, String name) {}

    /// Values of a field that are few enough to choose from.
    public record OfField(UUID field, String name, List<Count<String>> values) {}

    /// What is near the question without conditions of a kind.
    @FunctionalInterface
    interface Relaxed {
        List<Hit> without(Predicate<Condition> kind);
    }

    /// @param found with all that is chosen
    /// @param everywhere the same in every base
    /// @param spoken the same in every language
    static Facets of(
            List<Hit> found,
            List<Hit> everywhere,
            List<Hit> spoken,
            Relaxed relaxed,
            Filter filter,
            Instant now) {
        return new Facets(
                documents(
                        everywhere,
                        document -> Stream.of(new NamedBase(document.base(), document.baseName()))),
                documents(
                        relaxed.without(Condition.OfType.class::isInstance),
                        document -> said(document.type())),
                counts(spoken, hit -> Stream.of(hit.passage().source().chunk().language().tag())),
                days(relaxed.without(Condition.Uploaded.class::isInstance), now),
                documents(found, document -> document.tags().stream()),
                documents(found, document -> folders(document, filter)),
                documents(
                        relaxed.without(Condition.OwnedBy.class::isInstance),
                        document -> said(document.owner())),
                fields(found, relaxed));
    }

    /// The folder chosen and the one below it that the document lies in; the topmost one where none
    /// is chosen.
    private static Stream<FoundDocument.NamedFolder> folders(
            FoundDocument document, Filter filter) {
        var path = document.folders();
        for (int i = 0; i < path.size(); i++) {
            var folder = path.get(i).id();
            if (filter.has(
                    condition ->
                            condition instanceof Condition.InFolder(var folders)
                                    && folders.contains(folder))) {
                return path.subList(i, Math.min(i + 2, path.size())).stream();
            }
        }
        return path.stream().limit(1);
    }

    private static List<OfField> fields(List<Hit> found, Relaxed relaxed) {
        Map<UUID, String> names = new LinkedHashMap<>();
        found.stream()
                .flatMap(Hit::all)
                .flatMap(hit -> hit.document().fields().stream())
                .filter(FoundField::isCounted)
                .forEach(field -> names.putIfAbsent(field.field(), field.name()));
        return names.entrySet().stream()
                .map(
                        field ->
                                new OfField(
                                        field.getKey(),
                                        field.getValue(),
                                        values(field.getKey(), relaxed)))
                .sorted(Comparator.comparing(OfField::name))
                .toList();
    }

    private static List<Count<String>> values(UUID field, Relaxed relaxed) {
        return documents(
                relaxed.without(
                        condition ->
                                condition instanceof Condition.InField asked
                                        && asked.field().equals(field.toString())),
                document ->
                        document.fields().stream()
                                .filter(one -> one.field().equals(field))
                                .map(FoundField::text));
    }

    private static List<Count<Integer>> days(List<Hit> hits, Instant now) {
        return DAYS.stream()
                .map(
                        days -> {
                            var since = now.minus(Duration.ofDays(days));
                            return new Count<>(
                                    days,
                                    hits.stream()
                                            .flatMap(Hit::all)
                                            .map(Hit::document)
                                            .filter(document -> !document.at().isBefore(since))
                                            .map(FoundDocument::id)
                                            .distinct()
                                            .count());
                        })
                .toList();
    }

    private static Stream<String> said(String value) {
        return value.isEmpty() ? Stream.empty() : Stream.of(value);
    }

    private static <T> List<Count<T>> documents(
            List<Hit> hits, Function<FoundDocument, Stream<T>> values) {
        return counts(hits, hit -> values.apply(hit.document()));
    }

    private static <T> List<Count<T>> counts(List<Hit> hits, Function<Hit, Stream<T>> values) {
        Map<T, Set<DocumentId>> documents = new LinkedHashMap<>();
        hits.stream()
                .flatMap(Hit::all)
                .forEach(
                        hit ->
                                values.apply(hit)
                                        .forEach(
                                                value ->
                                                        documents
                                                                .computeIfAbsent(
                                                                        value, _ -> new HashSet<>())
                                                                .add(hit.document().id())));
        return documents.entrySet().stream()
                .map(entry -> new Count<>(entry.getKey(), (long) entry.getValue().size()))
                .sorted(
                        Comparator.comparingLong((Count<T> count) -> count.documents())
                                .reversed()
                                .thenComparing(count -> count.value().toString()))
                .collect(Collectors.toUnmodifiableList());
    }
}
