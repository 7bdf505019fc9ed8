package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes pages of which the places of the lines are known. Pages are held in memory and sent on a
/// range at a time, so that a long file needs no more than a short one; for one document.
final class PageText {

    /// Pages of a range: enough of them to tell the size of the body's letters.
    static final int RANGE = 100;

    private final Map<Integer, Integer> charactersOfSize = new HashMap<>();
    private final PdfFootnotes footnotes = new PdfFootnotes();

    private final @Nullable PageProgress from;

    PageText() {
        this(null);
    }

    /// @param from where another worker was; null at the beginning
    PageText(@Nullable PageProgress from) {
        this.from = from;
    }

    void write(PageSource pages, Blocks to) throws IOException {
        PdfWriter writer = new PdfWriter(to);
        if (from != null) {
            charactersOfSize.putAll(from.sizes());
            footnotes.goOn(from.unfinished());
            writer.goOn(from.tables());
        }
        while (pages.hasMore()) {
            List<PdfPage> range = pages.next(RANGE);
            range.forEach(this::count);
            float body = bodySize();
            writer.body(body);
            range.forEach(page -> write(page, body, writer));
            if (pages.hasMore()) {
                to.read(pages.read(), state(pages, writer, to));
            }
        }
        pages.tell();
    }

    private @Nullable String state(PageSource pages, PdfWriter writer, Blocks to) {
        PageProgress.Pages soFar = pages.soFar();
        return soFar == null
                ? null
                : new PageProgress(
                                soFar,
                                to.chars(),
                                to.count(),
                                charactersOfSize,
                                footnotes.isUnfinished(),
                                writer.tables())
                        .json();
    }

    private void write(PdfPage page, float body, PdfWriter writer) {
        writer.page(page.number());
        writer.upperEdge(page.top());
        for (List<PdfRow> column : page.columns()) {
            PdfFootnotes.Parted parted = footnotes.parted(page, column, body);
            writer.column(parted.text());
            writer.footnotes(parted.notes());
        }
        PdfFootnotes.Parted edge = footnotes.atEdge(page, body);
        writer.footnotes(edge.notes());
        writer.edge(edge.below());
    }

    private void count(PdfPage page) {
        for (List<PdfRow> column : page.columns()) {
            for (PdfRow row : column) {
                charactersOfSize.merge(Math.round(row.size() * 2), row.characters(), Integer::sum);
            }
        }
    }

    /// The size most characters have, of the pages read so far.
    private float bodySize() {
        return charactersOfSize.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(0)
                / 2f;
    }
}
