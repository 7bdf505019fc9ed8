package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// PDF, from the places of its characters: columns in reading order, paragraphs put together from
/// lines, headings by the size of their letters, tables by their gaps.
final class PdfReader implements DocumentReader {

    /// A page's columns; the lines at its upper and lower edge apart.
    private record Page(
            int number, List<PdfRow> top, List<List<PdfRow>> columns, List<PdfRow> bottom) {}

    /// Fewer characters a page than this, where pages hold pictures, is a scan with a stamp on it.
    private static final int SPARSE = 12;

    private static final int FEWEST_PAGES_WITH_HEADS = 3;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            List<Page> pages = pages(document, to);
            to.pages(document.getNumberOfPages());
            to.title(title(document));
            float body = bodySize(pages);
            PdfWriter writer = new PdfWriter(to, body);
            for (Page page : pages) {
                to.page(page.number());
                writer.edge(page.top());
                page.columns().forEach(writer::column);
                writer.edge(page.bottom());
            }
        }
    }

    private static List<Page> pages(PDDocument document, Blocks to) throws IOException {
        PdfGlyphs glyphs = new PdfGlyphs();
        int count = document.getNumberOfPages();
        List<Page> pages = new ArrayList<>();
        long characters = 0;
        boolean pictures = false;
        int number = 0;
        for (PDPage page : document.getPages()) {
            number++;
            List<List<PdfRun>> runs = glyphs.runs(page);
            for (List<PdfRun> direction : runs) {
                characters += direction.stream().mapToInt(PdfRun::characters).sum();
            }
            if (characters > to.maxChars()) {
                throw new Refused(Reason.TOO_LARGE, "more than " + to.maxChars() + " characters");
            }
            pictures |= hasPictures(page);
            pages.add(page(number, page, runs, count >= FEWEST_PAGES_WITH_HEADS));
        }
        if (characters == 0 || (pictures && characters < (long) SPARSE * number)) {
            throw new Refused(
                    Reason.NO_TEXT_LAYER, number + " pages, " + characters + " characters");
        }
        return pages;
    }

    private static Page page(
            int number, PDPage page, List<List<PdfRun>> directions, boolean edges) {
        PDRectangle box = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        float height = turned ? box.getWidth() : box.getHeight();
        List<PdfRun> top = new ArrayList<>();
        List<PdfRun> bottom = new ArrayList<>();
        List<List<PdfRow>> columns = new ArrayList<>();
        for (int i = 0; i < directions.size(); i++) {
            List<PdfRun> text = new ArrayList<>();
            boolean apart = edges && i == 0;
            float from = apart ? PdfEdges.below(directions.get(i), height) : 0;
            float to = apart ? PdfEdges.above(directions.get(i), height) : Float.MAX_VALUE;
            for (PdfRun run : directions.get(i)) {
                (run.y() < from ? top : run.y() > to ? bottom : text).add(run);
            }
            PdfColumns.of(text).forEach(column -> columns.add(PdfRow.of(column)));
        }
        return new Page(number, PdfRow.of(top), columns, PdfRow.of(bottom));
    }

    /// The size most characters have.
    private static float bodySize(List<Page> pages) {
        Map<Integer, Integer> characters = new HashMap<>();
        for (Page page : pages) {
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

    private static boolean hasPictures(PDPage page) {
        PDResources resources = page.getResources();
        if (resources == null) {
            return false;
        }
        for (COSName name : resources.getXObjectNames()) {
            if (resources.isImageXObject(name)) {
                return true;
            }
        }
        return false;
    }

    /// Not the name of the file it was printed from.
    private static @org.jspecify.annotations.Nullable String title(PDDocument document) {
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
