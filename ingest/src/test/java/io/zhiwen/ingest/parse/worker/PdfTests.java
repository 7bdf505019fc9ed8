package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;

class PdfTests {

    private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);

    /// A PDF that grows line by line; `y` counts from the top.
    private static final class Paper implements AutoCloseable {
        final PDDocument document = new PDDocument();
        PDPage page = new PDPage();

        Paper page() {
            page = new PDPage();
            document.addPage(page);
            return this;
        }

        Paper line(float x, float y, float size, String text) throws IOException {
            try (var content =
                    new PDPageContentStream(
                            document, page, PDPageContentStream.AppendMode.APPEND, false)) {
                content.beginText();
                content.setFont(PLAIN, size);
                content.newLineAtOffset(x, 792 - y);
                content.showText(text);
                content.endText();
            }
            return this;
        }

        byte[] bytes() throws IOException {
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }

        @Override
        public void close() throws IOException {
            document.close();
        }
    }

    @Test
    void aLongFileIsSentOnARangeOfPagesAtATimeWithHeadingsAsInAShortOne() throws IOException {
        try (Paper paper = new Paper()) {
            for (int page = 1; page <= 230; page++) {
                paper.page()
                        .line(72, 100, 18, "Part " + page + " of the rules")
                        .line(72, 130, 10, "What is said on page " + page + " in full sentences.");
            }
            Reading long230 = Reading.of("rules.pdf", paper.bytes());
            assertThat(long230.progress()).containsExactly(100, 200);
            assertThat(long230.pages()).isEqualTo(230);
            assertThat(long230.lines()).hasSize(460);
            for (int page = 1; page <= 230; page++) {
                Block heading = long230.blocks().get(2 * page - 2);
                assertThat(heading.text()).isEqualTo("Part " + page + " of the rules");
                assertThat(heading.level()).isEqualTo(1);
                assertThat(heading.page()).isEqualTo(page);
            }
        }
    }

    @Test
    void linesBecomeParagraphsAndLargeLettersHeadings() throws IOException {
        try (Paper paper = new Paper()) {
            paper.page()
                    .line(72, 100, 18, "Annual leave")
                    .line(
                            72,
                            130,
                            10,
                            "Every employee has ten days of leave a year, which must be tak-")
                    .line(
                            72,
                            142,
                            10,
                            "en before the end of March of the year that follows it, or they")
                    .line(72, 154, 10, "are lost.")
                    .line(72, 180, 10, "A second paragraph.");
            var read = Reading.of("a.pdf", paper.bytes());
            assertThat(read.lines())
                    .containsExactly(
                            "H1 Annual leave",
                            "P Every employee has ten days of leave a year, which must be taken before"
                                    + " the end of March of the year that follows it, or they are lost.",
                            "P A second paragraph.");
            assertThat(read.blocks()).extracting(Block::page).containsOnly(1);
            assertThat(read.pages()).isEqualTo(1);
        }
    }

    @Test
    void columnsAreReadOneAfterTheOther() throws IOException {
        try (Paper paper = new Paper()) {
            paper.page();
            for (int i = 0; i < 12; i++) {
                paper.line(72, 100 + 12 * i, 10, "left column line number " + i + " goes on and")
                        .line(
                                320,
                                100 + 12 * i,
                                10,
                                "right column line number " + i + " goes on and");
            }
            String text = Reading.of("a.pdf", paper.bytes()).lines().toString();
            assertThat(text.indexOf("left column line number 11"))
                    .isPositive()
                    .isLessThan(text.indexOf("right column line number 0"));
        }
    }

    @Test
    void rowsWithCellsAreATable() throws IOException {
        try (Paper paper = new Paper()) {
            paper.page()
                    .line(
                            72,
                            80,
                            10,
                            "The figures of the year are these, all of them in millions:");
            String[][] rows = {
                {"Item", "2017", "2018"}, {"Sales", "1,200", "1,350"}, {"Cost", "900", "1,001"}
            };
            for (int r = 0; r < rows.length; r++) {
                for (int c = 0; c < 3; c++) {
                    paper.line(72 + 150 * c, 120 + 14 * r, 10, rows[r][c]);
                }
            }
            assertThat(Reading.of("a.pdf", paper.bytes()).lines())
                    .containsExactly(
                            "P The figures of the year are these, all of them in millions:",
                            "T1 Item | 2017 | 2018\nSales | 1,200 | 1,350\nCost | 900 | 1,001");
        }
    }

    @Test
    void runningHeadsAndPageNumbersAreCleanedAway() throws IOException {
        try (Paper paper = new Paper()) {
            for (int p = 1; p <= 5; p++) {
                paper.page()
                        .line(72, 40, 9, "Staff handbook 2018")
                        .line(72, 120, 10, "abcde".repeat(p) + " is what this page tells.")
                        .line(300, 760, 9, "- " + p + " -");
            }
            var read = Reading.of("a.pdf", paper.bytes());
            var clean =
                    Cleaner.clean(
                            new ParsedDocument("application/pdf", false, null, 5, read.blocks()));
            assertThat(clean.text()).doesNotContain("handbook").doesNotContain("- 3 -");
            assertThat(clean.blocks()).hasSize(5);
            assertThat(clean.blocks()).extracting(Block::page).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void theMarksOfSymbolFontsAreReadAsWhatTheyShow() {
        assertThat(Symbols.plain("\uF0B7")).isEqualTo("•");
        assertThat(Symbols.plain("\uF0FE")).isEqualTo("☑");
        assertThat(Symbols.plain("\uE123")).isEqualTo("\uE123");
    }

    @Test
    void aScanHasNoTextLayer() throws IOException {
        try (Paper paper = new Paper()) {
            for (int p = 0; p < 2; p++) {
                paper.page();
                var image =
                        LosslessFactory.createFromImage(
                                paper.document,
                                new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
                try (var content = new PDPageContentStream(paper.document, paper.page)) {
                    content.drawImage(image, 0, 0, 600, 700);
                }
                paper.line(72, 780, 8, "p" + p);
            }
            assertThat(Reading.of("a.pdf", paper.bytes()).refused())
                    .isEqualTo(Reason.NO_TEXT_LAYER);
        }
        try (Paper paper = new Paper()) {
            paper.page();
            assertThat(Reading.of("a.pdf", paper.bytes()).refused())
                    .isEqualTo(Reason.NO_TEXT_LAYER);
        }
    }

    @Test
    void aShortPdfIsNotTakenForAScan() throws IOException {
        try (Paper paper = new Paper()) {
            paper.page().line(72, 100, 10, "Hi there");
            assertThat(Reading.of("a.pdf", paper.bytes()).lines()).containsExactly("P Hi there");
        }
    }

    @Test
    void aProtectedPdfSaysSoUnlessItOpensWithoutAPassword() throws IOException {
        for (String password : new String[] {"secret", ""}) {
            try (Paper paper = new Paper()) {
                paper.page().line(72, 100, 10, "Some words to read");
                paper.document.protect(
                        new StandardProtectionPolicy("owner", password, new AccessPermission()));
                Reason expected = password.isEmpty() ? null : Reason.ENCRYPTED;
                assertThat(Reading.of("a.pdf", paper.bytes()).refused()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTornPdfIsCorrupt() throws IOException {
        byte[] torn = Arrays.copyOf("%PDF-1.7\n1 0 obj <<".getBytes(), 40);
        assertThat(Reading.of("a.pdf", torn).refused()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aPdfNamedOtherwiseIsFlagged() throws IOException {
        try (Paper paper = new Paper()) {
            paper.page().line(72, 100, 10, "Some words to read");
            var read = Reading.of("a.docx", paper.bytes());
            assertThat(read.type().mismatch()).isTrue();
            assertThat(read.lines()).containsExactly("P Some words to read");
        }
    }
}
