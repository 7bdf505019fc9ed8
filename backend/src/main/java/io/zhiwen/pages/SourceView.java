package io.zhiwen.pages;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.library.DocumentFigure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A citation as pages and their scripts take it.
///
/// @param where page or sheet, in words; may be empty
/// @param brief what tells it from others of its document, for a small button: the place, else the
/// innermost heading
/// @param path headings from the outermost down; may be empty
/// @param note what to know of its document, e.g. that it expires; may be empty
/// @param figures that stand in the passage or beside it
record SourceView(
        int number,
        String document,
        int version,
        String name,
        String where,
        String brief,
        String path,
        String text,
        int start,
        int end,
        @Nullable Integer page,
        String note,
        List<FigureView> figures) {

    private static final int SHOWN = 400;

    static final SourceView BLANK =
            new SourceView(0, "", 0, "", "", "", "", "", 0, 0, null, "", List.of());

    static SourceView of(
            Citation citation,
            String note,
            List<DocumentFigure> figures,
            Words words,
            Locale locale) {
        var text = citation.text();
        var where = where(citation.page(), citation.sheet(), words, locale);
        var path = citation.headingPath();
        return new SourceView(
                citation.number(),
                citation.document().toString(),
                citation.version(),
                citation.documentName(),
                where,
                where.isEmpty() && !path.isEmpty() ? path.getLast() : where,
                String.join(" › ", path),
                text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…",
                citation.span().start(),
                citation.span().end(),
                citation.page(),
                note,
                figures.stream().map(figure -> FigureView.of(figure, words, locale)).toList());
    }

    static String where(
            @Nullable Integer page, @Nullable String sheet, Words words, Locale locale) {
        if (sheet != null) {
            return words.say(locale, "where.sheet", sheet);
        }
        return page == null ? "" : words.say(locale, "where.page", page);
    }
}
