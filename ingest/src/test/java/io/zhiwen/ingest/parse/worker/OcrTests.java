package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.ScannedPage.Line;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcrTests {

    private static final PDRectangle SMALL = new PDRectangle(300, 120);

    @TempDir Path folder;

    @Test
    void aScannedPageIsReadAndSaysHowSurely() throws Exception {
        assumeTrue(Tesseract.find(OcrSettings.defaults()) != null, "Tesseract is not installed");
        var read = Reading.of("scan.pdf", mixed(), OcrSettings.defaults());
        assertThat(read.refused()).isNull();
        assertThat(read.blocks().getFirst().text())
                .isEqualTo("The lift was inspected on 14 March 2019.");
        assertThat(read.blocks().getFirst().page()).isEqualTo(1);
        assertThat(read.blocks().getLast().text()).isEqualTo("A page with letters.");
        assertThat(read.findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.kind()).isEqualTo(Kind.READ_BY_OCR);
                            assertThat(finding.pages()).containsExactly(1);
                            assertThat(finding.amount()).isBetween(80, 100);
                        });
    }

    @Test
    void whereEachLineOfAScanStandsIsKept() throws Exception {
        assumeTrue(Tesseract.find(OcrSettings.defaults()) != null, "Tesseract is not installed");
        var read = Reading.of("scan.pdf", mixed(), OcrSettings.defaults());
        var scan = assertThat(read.scans()).singleElement().actual();
        assertThat(scan.page()).isEqualTo(1);
        var line = assertThat(scan.lines()).singleElement().actual();
        assertThat(line.text()).isEqualTo("The lift was inspected on 14 March 2019.");
        // 12 points high at 20, 60 on a page of 300 x 120
        assertThat(line.left()).isBetween(550, 750);
        assertThat(line.right()).isBetween(7_000, 8_500);
        assertThat(line.top()).isBetween(3_900, 4_600);
        assertThat(line.bottom()).isBetween(4_900, 5_500);
    }

    @Test
    void aLineOfAPageThatWasTurnedToBeReadStandsWhereThePageShowsIt() {
        var line = Line.of("x", 0.1, 0.2, 0.5, 0.3);
        assertThat(line.turned(90)).isEqualTo(Line.of("x", 0.7, 0.1, 0.8, 0.5));
        assertThat(line.turned(180)).isEqualTo(Line.of("x", 0.5, 0.7, 0.9, 0.8));
        assertThat(line.turned(90).turned(-90)).isEqualTo(line);
        assertThat(line.turned(270).turned(-270)).isEqualTo(line);
        assertThat(line.turned(90).turned(180)).isEqualTo(line.turned(270));
    }

    @Test
    void withoutTesseractTheOtherPagesAreReadAndTheScannedOnesNamed() throws Exception {
        var read = Reading.of("scan.pdf", mixed());
        assertThat(read.lines()).containsExactly("P A page with letters.");
        assertThat(read.findings())
                .containsExactly(Finding.onPages(Kind.UNREAD_WITHOUT_OCR, List.of(1), 1));
    }

    @Test
    void aProgramThatHangsCostsItsTimeAndThatPageOnly() throws Exception {
        Path program = script("case $1 in --list-langs) echo; echo eng;; *) exec sleep 60;; esac");
        long start = System.nanoTime();
        var read = Reading.of("scan.pdf", mixed(), settings(program));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
        assertThat(read.lines()).containsExactly("P A page with letters.");
        assertThat(read.findings()).containsExactly(Finding.onPages(Kind.UNREAD, List.of(1), 1));
    }

    @Test
    void aProgramThatSeesNoSecretsAndWritesNonsenseIsNotBelieved() throws Exception {
        Path seen = folder.resolve("environment");
        Path program =
                script(
                        "case $1 in --list-langs) echo; echo eng;; *) env >"
                                + seen
                                + "; head -c 100000 /dev/zero;; esac");
        var read = Reading.of("scan.pdf", mixed(), settings(program));
        assertThat(read.findings()).containsExactly(Finding.onPages(Kind.UNREAD, List.of(1), 1));
        assertThat(Files.readAllLines(seen))
                .allMatch(line -> line.matches("(PATH|LC_ALL|OMP_THREAD_LIMIT|PWD|SHLVL|_)=.*"));
    }

    @Test
    void pagesBeyondTheSettingStayUnread() throws Exception {
        var none = new OcrSettings("auto", Duration.ofSeconds(60), 0);
        var read = Reading.of("scan.pdf", mixed(), none);
        assertThat(read.findings())
                .singleElement()
                .extracting(Finding::pages)
                .isEqualTo(List.of(1));
    }

    @Test
    void aDocumentOfUnreadPicturesIsRefused() throws Exception {
        try (PDDocument document = new PDDocument()) {
            addScan(document, "Nobody reads this");
            assertThat(Reading.of("scan.pdf", bytes(document)).refused())
                    .isEqualTo(Reason.NO_TEXT_LAYER);
        }
    }

    private OcrSettings settings(Path program) {
        return new OcrSettings(program.toString(), Duration.ofSeconds(2), 10);
    }

    private Path script(String body) throws IOException {
        Path script = Files.writeString(folder.resolve("tesseract"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /// A scanned page and one with letters.
    private static byte[] mixed() throws IOException {
        try (PDDocument document = new PDDocument()) {
            addScan(document, "The lift was inspected on 14 March 2019.");
            addText(document, "A page with letters.");
            return bytes(document);
        }
    }

    private static void addText(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage(SMALL);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 12);
            content.newLineAtOffset(20, 60);
            content.showText(text);
            content.endText();
        }
    }

    private static void addScan(PDDocument document, String text) throws IOException {
        BufferedImage image;
        try (PDDocument original = new PDDocument()) {
            addText(original, text);
            image = new PDFRenderer(original).renderImageWithDPI(0, 150, ImageType.GRAY);
        }
        PDPage page = new PDPage(SMALL);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
            content.drawImage(
                    LosslessFactory.createFromImage(document, image),
                    0,
                    0,
                    SMALL.getWidth(),
                    SMALL.getHeight());
        }
    }

    private static byte[] bytes(PDDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }
}
