package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// Draws those pages of a PDF that are pictures, for OCR to read them.
final class PdfOcr {

    private static final int DPI = 300;

    /// Those of a sheet of A4. A page that says it is larger is often a smaller one whose
    /// resolution its program did not know; drawn with more pixels than it has, it is read worse.
    private static final double USUAL_PIXELS = 8.7e6;

    private final PDFRenderer renderer;
    private final OcrPages pages;

    PdfOcr(PDDocument document, OcrPages pages) {
        this.renderer = new PDFRenderer(document);
        this.pages = pages;
    }

    /// @param number from 1
    OcrText read(PDPage page, int number, PdfMarks marks) throws IOException {
        if (marks.isTooLarge()) {
            return pages.leave(number);
        }
        double area = (double) page.getCropBox().getWidth() * page.getCropBox().getHeight();
        double shown = marks.density() * area;
        double most = Math.clamp(shown, USUAL_PIXELS, Ocr.MOST_PIXELS);
        float zoom = (float) Math.min(DPI / 72.0, Math.sqrt(most / Math.max(1, area)));
        renderer.setSubsamplingAllowed(marks.isLarge());
        return pages.read(
                number, 1 / zoom, () -> renderer.renderImage(number - 1, zoom, ImageType.GRAY));
    }
}
