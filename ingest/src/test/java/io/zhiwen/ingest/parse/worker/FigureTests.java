package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.sl.usermodel.PictureData.PictureType;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.util.Units;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;

/// Pictures inside of documents.
class FigureTests {

    private static final String FIGURE = "P [Figure]\nA figure says this.";

    private static byte[] figure() throws IOException {
        return PictureTests.encoded(PictureTests.picture("A figure says this."), "png");
    }

    private static byte[] ornament() throws IOException {
        return PictureTests.encoded(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png");
    }

    private static byte[] docx() throws Exception {
        try (var document = new XWPFDocument()) {
            document.createParagraph().createRun().setText("Words above.");
            var run = document.createParagraph().createRun();
            for (byte[] picture : List.of(figure(), ornament(), figure())) {
                run.addPicture(
                        new ByteArrayInputStream(picture),
                        org.apache.poi.common.usermodel.PictureType.PNG,
                        "a.png",
                        Units.toEMU(200),
                        Units.toEMU(80));
            }
            document.createParagraph().createRun().setText("Words below.");
            var out = new ByteArrayOutputStream();
            document.write(out);
            return out.toByteArray();
        }
    }

    private static byte[] slides(SlideShow<?, ?> show) throws IOException {
        show.createSlide().createTextBox().setText("Words.");
        show.createSlide().createPicture(show.addPicture(figure(), PictureType.PNG));
        var out = new ByteArrayOutputStream();
        show.write(out);
        return out.toByteArray();
    }

    @Test
    void aFigureOfAWordFileIsReadOnceWhereItStandsAndOrnamentsAreNot() throws Exception {
        needTesseract();
        var read = Reading.of("a.docx", docx(), OcrSettings.defaults());
        assertThat(read.lines()).containsExactly("P Words above.", FIGURE, "P Words below.");
        assertThat(read.findings()).containsExactly(Finding.ofDocument(Kind.PICTURES_READ, 1));
    }

    @Test
    void withoutTesseractTheFiguresAreCounted() throws Exception {
        var read = Reading.of("a.docx", docx());
        assertThat(read.lines()).containsExactly("P Words above.", "P Words below.");
        assertThat(read.findings())
                .containsExactly(Finding.ofDocument(Kind.PICTURES_WITHOUT_OCR, 1));
    }

    @Test
    void picturesOnSlidesOfBothGenerationsAreReadOnTheirSlide() throws Exception {
        needTesseract();
        try (var pptx = new XMLSlideShow();
                var ppt = new HSLFSlideShow()) {
            for (SlideShow<?, ?> show : List.of(pptx, ppt)) {
                var read = Reading.of("a.pptx", slides(show), OcrSettings.defaults());
                assertThat(read.lines()).containsExactly("P Words.", FIGURE);
                assertThat(read.blocks().getLast().page()).isEqualTo(2);
                assertThat(read.findings())
                        .containsExactly(Finding.onPages(Kind.PICTURES_READ, List.of(2), 1));
            }
        }
    }

    @Test
    void aPictureInAWebPageIsReadAndNoneIsFetched() throws Exception {
        needTesseract();
        String page =
                "<html><body><p>Above.</p><img src=\"data:image/png;base64,%s\"><p>Below. <img src=\"http://127.0.0.1:9/x.png\"></p></body></html>"
                        .formatted(Base64.getEncoder().encodeToString(figure()));
        var read = Reading.of("a.html", page.getBytes(UTF_8), OcrSettings.defaults());
        assertThat(read.lines()).containsExactly("P Above.", FIGURE, "P Below.");
    }

    @Test
    void thePicturesOfABookAreRead() throws Exception {
        needTesseract();
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/epub+zip".getBytes(UTF_8));
        parts.put(
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path=\"O/p.opf\"/></rootfiles></container>"
                        .getBytes(UTF_8));
        parts.put(
                "O/p.opf",
                ("<package><manifest><item id=\"a\" href=\"t/one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>"
                                + "<spine><itemref idref=\"a\"/></spine></package>")
                        .getBytes(UTF_8));
        parts.put(
                "O/t/one.xhtml",
                "<html><body><p>b</p><img src=\"../i/f.png\"/><img src=\"cid:x\"/></body></html>"
                        .getBytes(UTF_8));
        parts.put("O/i/f.png", figure());
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        assertThat(Reading.of("a.epub", bytes.toByteArray(), OcrSettings.defaults()).lines())
                .containsExactly("P b", FIGURE);
    }

    @Test
    void aScreenshotInAMailIsRead() throws Exception {
        needTesseract();
        String mail =
                "From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=q\r\n\r\n"
                        + "--q\r\nContent-Type: text/html\r\n\r\n<p>See below.</p><img src=\"cid:1\">\r\n"
                        + "--q\r\nContent-Type: image/png; name=s.png\r\nContent-ID: <1>\r\nContent-Disposition: inline; filename=s.png\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(figure())
                        + "\r\n--q--\r\n";
        var read = Reading.of("a.eml", mail.getBytes(UTF_8), OcrSettings.defaults());
        assertThat(read.lines())
                .containsExactly("P Subject: x\nFrom: a@b.c\nTo: d@e.f", "P See below.", FIGURE);
        assertThat(read.parts()).isEmpty();
    }

    private static void needTesseract() throws InterruptedException {
        assumeTrue(Tesseract.find(OcrSettings.defaults()) != null, "Tesseract is not installed");
    }
}
