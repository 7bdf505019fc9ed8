package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/// PDF, from the places of its characters: columns in reading order, paragraphs put together from
/// lines, headings by the size of their letters, tables by their rules or gaps. Pages that are
/// pictures, or whose letters mean nothing, are read by OCR. Pages are held in memory and sent on
/// a range at a time, so that a long file needs no more than a short one.
final class PdfReader implements DocumentReader {

    /// Pages of a range: enough of them to tell the size of the body's letters.
    static final int RANGE = 100;

    private final OcrSettings settings;
    private final Map<Integer, Integer> charactersOfSize = new HashMap<>();

    PdfReader(OcrSettings settings) {
        this.settings = settings;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            to.pages(document.getNumberOfPages());
            to.title(title(document));
            PdfPages pages = new PdfPages(document, settings, to);
            PdfWriter writer = new PdfWriter(to);
            while (pages.hasMore()) {
                List<PdfPage> range = pages.next(RANGE);
                range.forEach(this::count);
                writer.body(bodySize());
                range.forEach(page -> write(page, writer));
                if (pages.hasMore()) {
                    to.read(pages.read());
                }
            }
            pages.tell();
        }
    }

    private static void write(PdfPage page, PdfWriter writer) {
        writer.page(page.number());
        writer.upperEdge(page.top());
        page.columns().forEach(writer::column);
        writer.edge(page.bottom());
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

    /// Not the name of the file it was printed from.
    private static @Nullable String title(PDDocument document) {
        String title = document.getDocumentInformation().getTitle();
        boolean fileName =
                title != null
                        && (title.startsWith("Microsoft Word")
                                || title.matches(
                                        "(?i).*\\.(docx?|pdf|pptx?|xlsx?|indd|qxd|tex|dvi)")
                                || title.equalsIgnoreCase("untitled"));
        return fileName ? null : title;
    }
}
