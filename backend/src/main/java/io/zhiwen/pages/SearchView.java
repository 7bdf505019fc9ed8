package io.zhiwen.pages;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.search.Facets;
import io.zhiwen.search.Found;
import io.zhiwen.search.FoundDocument;
import io.zhiwen.search.Hit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was found, as the page shows it: documents, each with its best passages, and what the
/// search can be narrowed to.
///
/// @param took in words
/// @param unfiltered the address without filters
/// @param more the address with more documents; null when these are all
record SearchView(
        String query,
        List<FacetView> facets,
        List<DocumentView> documents,
        int count,
        String took,
        boolean partial,
        boolean filtered,
        String unfiltered,
        @Nullable String more) {

    private static final int PASSAGES = 3;

    /// @param name for tests and labels
    record FacetView(String name, String title, List<ValueView> values) {}

    /// @param said the whole, for those who hear the page
    record ValueView(String label, String said, String count, String link, boolean chosen) {}

    record DocumentView(
            String id,
            int version,
            String name,
            String type,
            String base,
            String at,
            List<PassageView> passages) {}

    /// @param same in words how many say the same; empty where none does
    record PassageView(
            String place,
            int start,
            int end,
            List<Snippet.Piece> pieces,
            String same,
            List<SameView> copies) {}

    /// The same text in another document.
    record SameView(String id, int version, String name, int start, int end) {}

    static SearchView of(
            SearchQuery query,
            Found found,
            Duration took,
            Function<String, Snippet> snippets,
            Words words,
            Locale locale) {
        Map<DocumentId, List<Hit>> byDocument = new LinkedHashMap<>();
        for (var hit : found.hits()) {
            byDocument.computeIfAbsent(hit.document().id(), _ -> new ArrayList<>()).add(hit);
        }
        var views =
                byDocument.values().stream()
                        .limit(query.shown())
                        .map(hits -> document(hits, snippets, words, locale))
                        .toList();
        return new SearchView(
                query.text(),
                facets(query, found.facets(), words, locale),
                views,
                byDocument.size(),
                new Formats(locale).duration(took),
                found.partial(),
                query.isFiltered(),
                query.unfiltered().link(),
                byDocument.size() > views.size() ? query.more().link() : null);
    }

    private static DocumentView document(
            List<Hit> hits, Function<String, Snippet> snippets, Words words, Locale locale) {
        FoundDocument document = hits.getFirst().document();
        return new DocumentView(
                document.id().toString(),
                document.version(),
                document.name(),
                document.type(),
                document.baseName(),
                new Formats(locale).day(document.at()),
                hits.stream()
                        .limit(PASSAGES)
                        .map(hit -> passage(hit, snippets, words, locale))
                        .toList());
    }

    private static PassageView passage(
            Hit hit, Function<String, Snippet> snippets, Words words, Locale locale) {
        var chunk = hit.passage().source().chunk();
        var where = SourceView.where(chunk.page(), chunk.sheet(), words, locale);
        var path = String.join(" › ", chunk.headingPath());
        return new PassageView(
                where.isEmpty() || path.isEmpty() ? where + path : where + " · " + path,
                chunk.span().start(),
                chunk.span().end(),
                snippets.apply(chunk.text()).pieces(),
                hit.same().isEmpty() ? "" : words.say(locale, "search.same", hit.same().size()),
                hit.same().stream().map(SearchView::same).toList());
    }

    private static SameView same(Hit hit) {
        var span = hit.passage().source().chunk().span();
        var document = hit.document();
        return new SameView(
                document.id().toString(),
                document.version(),
                document.name(),
                span.start(),
                span.end());
    }

    private static List<FacetView> facets(
            SearchQuery query, Facets facets, Words words, Locale locale) {
        var bases =
                facets.bases().stream()
                        .map(
                                count ->
                                        value(
                                                count.value().name(),
                                                count.documents(),
                                                query.toggleBase(count.value().id().value()),
                                                query.bases().contains(count.value().id().value()),
                                                words,
                                                locale))
                        .toList();
        var types =
                facets.types().stream()
                        .map(
                                count ->
                                        value(
                                                count.value(),
                                                count.documents(),
                                                query.toggleType(count.value()),
                                                query.types().contains(count.value()),
                                                words,
                                                locale))
                        .toList();
        var languages =
                facets.languages().stream()
                        .map(
                                count ->
                                        value(
                                                words.say(
                                                        locale, "search.language." + count.value()),
                                                count.documents(),
                                                query.toggleLanguage(count.value()),
                                                query.languages().contains(count.value()),
                                                words,
                                                locale))
                        .toList();
        var days =
                facets.days().stream()
                        .filter(count -> count.documents() > 0 || count.value() == query.days())
                        .map(
                                count ->
                                        value(
                                                words.say(locale, "search.days", count.value()),
                                                count.documents(),
                                                query.toggleDays(count.value()),
                                                count.value() == query.days(),
                                                words,
                                                locale))
                        .toList();
        return List.of(
                        new FacetView("bases", words.say(locale, "search.bases"), bases),
                        new FacetView("types", words.say(locale, "search.types"), types),
                        new FacetView(
                                "languages", words.say(locale, "search.languages"), languages),
                        new FacetView("days", words.say(locale, "search.time"), days))
                .stream()
                .filter(facet -> facet.values().size() > 1 || anyChosen(facet))
                .toList();
    }

    private static boolean anyChosen(FacetView facet) {
        return facet.values().stream().anyMatch(ValueView::chosen);
    }

    private static ValueView value(
            String label,
            long documents,
            SearchQuery next,
            boolean chosen,
            Words words,
            Locale locale) {
        var said = words.say(locale, "search.facet", label, documents);
        return new ValueView(
                label,
                chosen ? said + ", " + words.say(locale, "search.chosen") : said,
                new Formats(locale).number(documents),
                next.link(),
                chosen);
    }
}
