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
import java.util.function.Function;
import java.util.function.Predicate;

/// How what was found spreads, counted in documents. Each count is what one would see if one chose
/// that value instead of what is chosen of its kind.
///
/// @param languages by tag
/// @param days by how many days back, the shortest first
public record Facets(
        List<Count<NamedBase>> bases,
        List<Count<String>> types,
        List<Count<String>> languages,
        List<Count<Integer>> days) {

    public static final List<Integer> DAYS = List.of(7, 30, 365);

    static final Facets NONE = new Facets(List.of(), List.of(), List.of(), List.of());

    /// How many documents have a value.
    public record Count<T>(T value, long documents) {}

    public record NamedBase(KnowledgeBaseId id, String name) {}

    /// @param all hits, of every base
    /// @param chosen hits, of the bases chosen, before any other filter
    static Facets of(List<Hit> all, List<Hit> chosen, Filter filter, Instant now) {
        return counted(
                all.stream().flatMap(Hit::all).toList(),
                chosen.stream().flatMap(Hit::all).toList(),
                filter,
                now);
    }

    private static Facets counted(List<Hit> all, List<Hit> chosen, Filter filter, Instant now) {
        return new Facets(
                counts(
                        all,
                        filter,
                        hit -> new NamedBase(hit.document().base(), hit.document().baseName())),
                counts(
                        chosen,
                        filter.withoutTypes().and(hit -> !type(hit).isEmpty()),
                        Facets::type),
                counts(
                        chosen,
                        filter.withoutLanguages(),
                        hit -> hit.passage().source().chunk().language().tag()),
                days(chosen, filter.withoutTime(), now));
    }

    private static List<Count<Integer>> days(List<Hit> hits, Predicate<Hit> counted, Instant now) {
        return DAYS.stream()
                .map(
                        days -> {
                            var since = now.minus(Duration.ofDays(days));
                            var newer = new HashSet<DocumentId>();
                            hits.stream()
                                    .filter(counted)
                                    .filter(hit -> !hit.document().at().isBefore(since))
                                    .forEach(hit -> newer.add(hit.document().id()));
                            return new Count<>(days, newer.size());
                        })
                .toList();
    }

    private static <T> List<Count<T>> counts(
            List<Hit> hits, Predicate<Hit> counted, Function<Hit, T> value) {
        Map<T, Set<DocumentId>> documents = new LinkedHashMap<>();
        hits.stream()
                .filter(counted)
                .forEach(
                        hit ->
                                documents
                                        .computeIfAbsent(value.apply(hit), _ -> new HashSet<>())
                                        .add(hit.document().id()));
        return documents.entrySet().stream()
                .map(entry -> new Count<>(entry.getKey(), (long) entry.getValue().size()))
                .sorted(
                        Comparator.comparingLong((Count<T> count) -> count.documents())
                                .reversed()
                                .thenComparing(count -> count.value().toString()))
                .toList();
    }

    private static String type(Hit hit) {
        return hit.document().type();
    }
}
