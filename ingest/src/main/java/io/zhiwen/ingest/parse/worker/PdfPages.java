package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;

/// Reads the pages of a PDF one after the other, by their characters or by OCR, and keeps account
/// of what was hard to read; for one reading.
final class PdfPages implements PageSource {

    /// Fewer characters than this on a page with a picture are a stamp on a scan.
    private static final int SPARSE = 12;

    /// Nor are these text, when pictures cover this share of the page.
    private static final int FEW = 60;

    private static final double COVERED = 0.6;

    private static final int FEWEST_PAGES_WITH_HEADS = 3;

    /// Fewer are blanks and marks of a program.
    private static final int FEWEST_HIDDEN = 12;

    private final Blocks to;
    private final PdfGlyphs glyphs = new PdfGlyphs();
    private final OcrPages ocr;
    private final PdfOcr pictures;
    private final boolean edges;
    private final Iterator<PDPage> left;
    private final List<Integer> garbage = new ArrayList<>();
    private final List<Integer> withHidden = new ArrayList<>();
    private int hidden;
    private long characters;
    private int number;

    PdfPages(PDDocument document, OcrSettings settings, Blocks to) throws IOException {
        this.to = to;
        this.ocr = new OcrPages(settings, to);
        this.pictures = new PdfOcr(document, ocr);
        this.edges = document.getNumberOfPages() >= FEWEST_PAGES_WITH_HEADS;
        this.left = document.getPages().iterator();
    }

    @Override
    public boolean hasMore() {
        return left.hasNext();
    }

    @Override
    public int read() {
        return number;
    }

    /// Pages that OCR read are not told of: their places would have to be kept too.
    @Override
    public PageProgress.@Nullable Pages soFar() {
        return ocr.isUnused() && !ocr.hasKept()
                ? new PageProgress.Pages(
                        number, characters, List.copyOf(garbage), List.copyOf(withHidden), hidden)
                : null;
    }

    /// Leaves out the pages that another worker has read.
    void goOn(PageProgress.Pages from) {
        while (number < from.read() && left.hasNext()) {
            left.next();
            number++;
        }
        characters = from.characters();
        garbage.addAll(from.garbage());
        withHidden.addAll(from.withHidden());
        hidden = from.hidden();
    }

    @Override
    public List<PdfPage> next(int most) throws IOException {
        List<PdfPage> pages = new ArrayList<>();
        while (pages.size() < most && left.hasNext()) {
            pages.add(page(left.next()));
            if (characters > to.maxChars()) {
                throw new Refused(Reason.TOO_LARGE, "more than " + to.maxChars() + " characters");
            }
        }
        return pages;
    }

    @Override
    public void tell() {
        if (hidden >= FEWEST_HIDDEN) {
            to.finding(Finding.onPages(Kind.HIDDEN_TEXT, withHidden, hidden));
        }
        if (characters == 0 && !ocr.hasKept()) {
            throw new Refused(
                    Reason.NO_TEXT_LAYER,
                    number + " pages, " + (ocr.isAvailable() ? "OCR read nothing" : "no OCR"));
        }
        ocr.tell();
        if (!garbage.isEmpty()) {
            to.finding(Finding.onPages(Kind.UNREADABLE_LETTERS, garbage, garbage.size()));
        }
    }

    private PdfPage page(PDPage page) throws IOException {
        number++;
        PdfMarks marks = PdfMarks.of(page);
        List<List<PdfRun>> runs = glyphs.runs(page, marks);
        if (glyphs.hidden() > 0) {
            withHidden.add(number);
            hidden += glyphs.hidden();
        }
        int onPage = runs.stream().flatMap(List::stream).mapToInt(PdfRun::characters).sum();
        boolean meansNothing = PdfLegibility.isGarbage(runs, glyphs.meaningless());
        if (meansNothing) {
            garbage.add(number);
        }
        if (!meansNothing && !isScan(onPage, marks)) {
            characters += onPage;
            return PdfPage.of(number, page, glyphs.placed(runs), edges);
        }
        OcrText text = pictures.read(page, number, marks);
        characters += text.characters();
        return PdfPage.ofOcr(number, text);
    }

    private static boolean isScan(int characters, PdfMarks marks) {
        double covered = marks.pictures();
        return (characters < SPARSE && covered > 0.05) || (characters < FEW && covered >= COVERED);
    }
}
