package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;

/// PDF, from the places of its characters: columns in reading order, paragraphs put together from
/// lines, headings by the size of their letters, tables by their rules or gaps. Pages that are
/// pictures, or whose letters mean nothing, are read by OCR.
final class PdfReader implements DocumentReader {

    /// Fewer characters than this on a page with a picture are a stamp on a scan.
    private static final int SPARSE = 12;

    /// Nor are these text, when pictures cover this share of the page.
    private static final int FEW = 60;

    private static final double COVERED = 0.6;

    private static final int FEWEST_PAGES_WITH_HEADS = 3;

    private final OcrSettings settings;

    PdfReader(OcrSettings settings) {
        this.settings = settings;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            List<PdfPage> pages = pages(document, to);
            to.pages(document.getNumberOfPages());
            to.title(title(document));
            PdfWriter writer = new PdfWriter(to, bodySize(pages));
            for (PdfPage page : pages) {
                writer.page(page.number());
                writer.upperEdge(page.top());
                page.columns().forEach(writer::column);
                writer.edge(page.bottom());
            }
        }
    }

    private List<PdfPage> pages(PDDocument document, Blocks to) throws IOException {
        PdfGlyphs glyphs = new PdfGlyphs();
        PdfOcr ocr = new PdfOcr(document, settings, to);
        boolean edges = document.getNumberOfPages() >= FEWEST_PAGES_WITH_HEADS;
        List<PdfPage> pages = new ArrayList<>();
        List<Integer> garbage = new ArrayList<>();
        long characters = 0;
        int number = 0;
        for (PDPage page : document.getPages()) {
            number++;
            PdfMarks marks = PdfMarks.of(page);
            List<List<PdfRun>> runs = glyphs.runs(page, marks);
            int onPage = runs.stream().flatMap(List::stream).mapToInt(PdfRun::characters).sum();
            boolean meansNothing = PdfLegibility.isGarbage(runs, glyphs.meaningless());
            if (meansNothing) {
                garbage.add(number);
            }
            if (meansNothing || isScan(onPage, marks)) {
                OcrText text = ocr.read(page, number, marks);
                pages.add(PdfPage.ofOcr(number, text));
                if (!text.lines().isEmpty()) {
                    to.scan(new ScannedPage(number, text.lines()));
                }
                characters += text.characters();
            } else {
                pages.add(PdfPage.of(number, page, glyphs.placed(runs), edges));
                characters += onPage;
            }
            if (characters > to.maxChars()) {
                throw new Refused(Reason.TOO_LARGE, "more than " + to.maxChars() + " characters");
            }
        }
        if (characters == 0) {
            throw new Refused(
                    Reason.NO_TEXT_LAYER,
                    number + " pages, " + (ocr.isAvailable() ? "OCR read nothing" : "no OCR"));
        }
        ocr.tell();
        if (!garbage.isEmpty()) {
            to.finding(Finding.onPages(Kind.UNREADABLE_LETTERS, garbage, garbage.size()));
        }
        return pages;
    }

    private static boolean isScan(int characters, PdfMarks marks) {
        double covered = marks.pictures();
        return (characters < SPARSE && covered > 0.05) || (characters < FEW && covered >= COVERED);
    }

    /// The size most characters have.
    private static float bodySize(List<PdfPage> pages) {
        Map<Integer, Integer> characters = new HashMap<>();
        for (PdfPage page : pages) {
            for (List<PdfRow> column : page.columns()) {
                for (PdfRow row : column) {
                    characters.merge(Math.round(row.size() * 2), row.characters(), Integer::sum);
                }
            }
        }
        return characters.entrySet().stream()
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
