package io.zhiwen.pages;

import io.zhiwen.ingest.upload.DocumentId;
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
/// @param widened the address that shows all filters, or no longer
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
        String widened,
        @Nullable String more) {

    private static final int PASSAGES = 3;

    /// @param name for tests and labels
    record FacetView(String name, String title, List<ValueView> values) {}

    /// @param said the whole, for those who hear the page
    record ValueView(String label, String said, String count, String link, boolean chosen) {}

    /// @param note what to know of it, e.g. that it expires; may be empty
    record DocumentView(
            String id,
            int version,
            String name,
            String type,
            String base,
            String at,
            String folder,
            List<String> tags,
            List<FieldView> fields,
            String note,
            List<PassageView> passages) {}

    record FieldView(String name, String value) {}

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
                new FacetViews(query, words, locale).of(found.facets()),
                views,
                byDocument.size(),
                new Formats(locale).duration(took),
                found.partial(),
                query.isFiltered(),
                query.unfiltered().link(),
                query.widened(!query.wide()).link(),
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
                String.join(" / ", document.path()),
                document.tags(),
                document.fields().stream()
                        .map(
                                field ->
                                        new FieldView(
                                                field.name(), value(field.value(), words, locale)))
                        .toList(),
                String.join(" · ", LifeView.of(document.life(), words, locale).notes()),
                hits.stream()
                        .limit(PASSAGES)
                        .map(hit -> passage(hit, snippets, words, locale))
                        .toList());
    }

    private static String value(Object value, Words words, Locale locale) {
        return value instanceof Boolean yes
                ? words.say(locale, yes ? "search.yes" : "search.no")
                : value.toString();
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
}
