package io.zhiwen.pages;

import io.zhiwen.search.Facets;
import io.zhiwen.search.Facets.Count;
import io.zhiwen.search.FoundDocument.NamedFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a search can be narrowed to with one click.
record FacetViews(SearchQuery query, Words words, Locale locale) {

    /// Values of a facet; those chosen are there beside them.
    private static final int MOST = 12;

    /// @param name in the address
    /// @param facet for tests and labels
    /// @param label of what is chosen and no longer near the question
    private record Shape(
            String name,
            String facet,
            String title,
            Function<String, String> label,
            BiFunction<SearchQuery, String, SearchQuery> click) {}

    List<SearchView.FacetView> of(Facets facets) {
        List<SearchView.FacetView> views = new ArrayList<>();
        Map<String, String> bases =
                names(facets.bases(), base -> base.id().toString(), Facets.NamedBase::name);
        views.add(
                view(
                        new Shape(
                                SearchQuery.BASE,
                                "bases",
                                "search.bases",
                                id -> bases.getOrDefault(id, ""),
                                (from, id) -> from.toggleBase(UUID.fromString(id))),
                        counts(facets.bases(), base -> base.id().toString())));
        Map<String, String> folders =
                names(facets.folders(), folder -> folder.id().toString(), NamedFolder::name);
        views.add(
                view(
                        new Shape(
                                SearchQuery.FOLDER,
                                "folders",
                                "search.folders",
                                id -> folders.getOrDefault(id, words.say(locale, "search.folder")),
                                (from, id) -> from.choose(SearchQuery.FOLDER, id)),
                        counts(facets.folders(), folder -> folder.id().toString())));
        views.add(plain(SearchQuery.TAG, "tags", facets.tags()));
        views.add(plain(SearchQuery.TYPE, "types", facets.types()));
        views.add(plain(SearchQuery.OWNER, "owners", facets.owners()));
        views.add(
                view(
                        new Shape(
                                SearchQuery.LANGUAGE,
                                "languages",
                                "search.languages",
                                tag -> words.say(locale, "search.language." + tag),
                                (from, tag) -> from.toggle(SearchQuery.LANGUAGE, tag)),
                        counts(facets.languages(), Function.identity())));
        views.add(
                view(
                        new Shape(
                                SearchQuery.DAYS,
                                "days",
                                "search.time",
                                days -> words.say(locale, "search.days", Integer.parseInt(days)),
                                (from, days) -> from.choose(SearchQuery.DAYS, days)),
                        counts(
                                facets.days().stream()
                                        .filter(count -> count.documents() > 0)
                                        .toList(),
                                String::valueOf)));
        facets.fields().forEach(field -> views.add(field(field)));
        return views.stream()
                .filter(facet -> facet.values().size() > 1 || anyChosen(facet))
                .toList();
    }

    private SearchView.FacetView plain(String name, String facet, List<Count<String>> values) {
        return view(
                new Shape(
                        name,
                        facet,
                        "search." + facet,
                        Function.identity(),
                        (from, value) -> from.toggle(name, value)),
                counts(values, Function.identity()));
    }

    private SearchView.FacetView field(Facets.OfField field) {
        var name = SearchQuery.FIELD + field.field();
        return new SearchView.FacetView(
                "field",
                field.name(),
                values(
                        new Shape(
                                name,
                                "field",
                                "",
                                this::yesOrNo,
                                (from, value) -> from.toggle(name, value)),
                        counts(field.values(), Function.identity())));
    }

    private String yesOrNo(String value) {
        return switch (value) {
            case "yes" -> words.say(locale, "search.yes");
            case "no" -> words.say(locale, "search.no");
            default -> value;
        };
    }

    private SearchView.FacetView view(Shape shape, Map<String, Long> counts) {
        return new SearchView.FacetView(
                shape.facet(), words.say(locale, shape.title()), values(shape, counts));
    }

    private List<SearchView.ValueView> values(Shape shape, Map<String, Long> counts) {
        Map<String, Long> shown = new LinkedHashMap<>();
        counts.forEach(
                (value, documents) -> {
                    if (shown.size() < MOST || query.has(shape.name(), value)) {
                        shown.put(value, documents);
                    }
                });
        query.values(shape.name()).stream()
                .filter(value -> !shape.label().apply(value).isEmpty())
                .forEach(value -> shown.putIfAbsent(value, 0L));
        return shown.entrySet().stream()
                .map(
                        value ->
                                value(
                                        shape.label().apply(value.getKey()),
                                        value.getValue(),
                                        shape.click().apply(query, value.getKey()),
                                        query.has(shape.name(), value.getKey())))
                .toList();
    }

    private SearchView.ValueView value(
            String label, long documents, SearchQuery next, boolean chosen) {
        var said = words.say(locale, "search.facet", label, documents);
        return new SearchView.ValueView(
                label,
                chosen ? said + ", " + words.say(locale, "search.chosen") : said,
                new Formats(locale).number(documents),
                next.link(),
                chosen);
    }

    private static <T> Map<String, Long> counts(List<Count<T>> counts, Function<T, String> value) {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.forEach(count -> all.put(value.apply(count.value()), count.documents()));
        return all;
    }

    private static <T> Map<String, String> names(
            List<Count<T>> counts, Function<T, String> value, Function<T, String> name) {
        return counts.stream()
                .map(Count::value)
                .collect(Collectors.toMap(value, name, (one, _) -> one));
    }

    private static boolean anyChosen(SearchView.FacetView facet) {
        return facet.values().stream().anyMatch(SearchView.ValueView::chosen);
    }
}
