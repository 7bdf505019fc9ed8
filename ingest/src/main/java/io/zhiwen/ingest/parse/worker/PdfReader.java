package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/// PDF, from the places of its characters: columns in reading order, paragraphs put together from
/// lines, headings by the size of their letters, tables by their rules or gaps. Pages that are
/// pictures, or whose letters mean nothing, are read by OCR.
final class PdfReader implements DocumentReader {

    private final OcrSettings settings;
    private final @Nullable String state;

    /// @param state of an earlier reading that this one goes on from
    PdfReader(OcrSettings settings, @Nullable String state) {
        this.settings = settings;
        this.state = state;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            to.pages(document.getNumberOfPages());
            to.title(title(document));
            PageProgress from = PageProgress.of(state);
            var pages = new PdfPages(document, settings, to);
            if (from != null) {
                to.goOn(from);
                pages.goOn(from.pages());
            }
            new PageText(from).write(pages, to);
        }
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
