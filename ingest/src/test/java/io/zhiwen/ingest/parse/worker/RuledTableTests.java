package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

class RuledTableTests {

    private final PDDocument document = new PDDocument();

    private void page() {
        document.addPage(new PDPage());
    }

    private PDPageContentStream content() throws IOException {
        PDPage page = document.getPage(document.getNumberOfPages() - 1);
        return new PDPageContentStream(document, page, AppendMode.APPEND, false);
    }

    private void text(float x, float y, String text) throws IOException {
        try (var content = content()) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 10);
            content.newLineAtOffset(x, 792 - y);
            content.showText(text);
            content.endText();
        }
    }

    private void line(float x1, float y1, float x2, float y2) throws IOException {
        try (var content = content()) {
            content.moveTo(x1, 792 - y1);
            content.lineTo(x2, 792 - y2);
            content.stroke();
        }
    }

    private void frame(float[] xs, float[] ys) throws IOException {
        for (float x : xs) {
            line(x, ys[0], x, ys[ys.length - 1]);
        }
        for (float y : ys) {
            line(xs[0], y, xs[xs.length - 1], y);
        }
    }

    private List<String> read() throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        document.close();
        return Reading.of("a.pdf", out.toByteArray()).lines();
    }

    @Test
    void linesOfACellAreOneEvenWhenTheyBreakANumber() throws IOException {
        page();
        frame(new float[] {72, 172, 252}, new float[] {100, 120, 150});
        text(76, 114, "Item");
        text(176, 114, "Amount");
        text(76, 132, "Net profit of the");
        text(76, 144, "parent company");
        text(176, 132, "-4,648,986");
        text(176, 144, ".52");
        assertThat(read())
                .containsExactly(
                        "T1 Item | Amount\nNet profit of the parent company | -4,648,986.52");
    }

    @Test
    void textThatAlmostTouchesALineStaysInItsCell() throws IOException {
        page();
        frame(new float[] {72, 110, 160}, new float[] {100, 120, 140, 160});
        String[][] cells = {{"Code", "Name"}, {"ABCDE", "Lift"}, {"FGHIJ", "Pump"}};
        for (int r = 0; r < 3; r++) {
            text(74, 114 + 20 * r, cells[r][0]);
            text(111, 114 + 20 * r, cells[r][1]);
        }
        assertThat(read()).containsExactly("T1 Code | Name\nABCDE | Lift\nFGHIJ | Pump");
    }

    @Test
    void aCellOverRowsIsSaidInEachAndAHeadOverColumnsInAll() throws IOException {
        page();
        // the first column spans the rows 2 and 3; "Sales" spans two columns
        line(72, 100, 312, 100);
        line(152, 120, 312, 120);
        line(72, 140, 312, 140);
        line(152, 160, 312, 160);
        line(72, 180, 312, 180);
        line(72, 100, 72, 180);
        line(152, 100, 152, 180);
        line(232, 120, 232, 180);
        line(312, 100, 312, 180);
        text(76, 124, "Region");
        text(156, 114, "Sales");
        text(156, 134, "Spring");
        text(236, 134, "Autumn");
        text(76, 164, "North");
        text(156, 154, "1,200");
        text(236, 154, "1,300");
        text(156, 174, "2,200");
        text(236, 174, "2,300");
        assertThat(read())
                .containsExactly(
                        "T2 Region | Sales | Sales\nRegion | Spring | Autumn\n"
                                + "North | 1,200 | 1,300\nNorth | 2,200 | 2,300");
    }

    @Test
    void aTableThatGoesOnOverThePageKeepsItsHead() throws IOException {
        float[] xs = {72, 172, 252};
        page();
        text(72, 80, "The holders are listed below in order.");
        frame(xs, new float[] {700, 720, 740});
        text(76, 714, "Holder");
        text(176, 714, "Shares");
        text(76, 734, "First fund");
        text(176, 734, "3,992,100");
        page();
        frame(xs, new float[] {60, 80, 100});
        text(76, 74, "Second fund");
        text(176, 74, "2,431,359");
        text(76, 94, "Third fund");
        text(176, 94, "2,172,360");
        assertThat(read())
                .containsExactly(
                        "P The holders are listed below in order.",
                        "T1 Holder | Shares\nFirst fund | 3,992,100",
                        "T1 Holder | Shares\nSecond fund | 2,431,359\nThird fund | 2,172,360");
    }

    @Test
    void rowsThatNoLinePartsAreFoundByTheirFigures() throws IOException {
        page();
        frame(new float[] {72, 172, 252, 332}, new float[] {100, 120, 180});
        text(76, 114, "State");
        text(176, 114, "Spring");
        text(256, 114, "Autumn");
        String[] states = {"Colorado", "Connecticut", "Delaware"};
        for (int r = 0; r < 3; r++) {
            text(76, 134 + 16 * r, states[r]);
            text(176, 134 + 16 * r, "4,14" + r);
            text(256, 134 + 16 * r, "" + r);
        }
        assertThat(read())
                .containsExactly(
                        "T1 State | Spring | Autumn\nColorado | 4,140 | 0\n"
                                + "Connecticut | 4,141 | 1\nDelaware | 4,142 | 2");
    }

    @Test
    void aBoxAroundTextIsNoTable() throws IOException {
        page();
        frame(new float[] {60, 400}, new float[] {90, 140});
        text(72, 110, "Note: the figures are not audited.");
        assertThat(read()).containsExactly("P Note: the figures are not audited.");
    }

    @Test
    void twoLettersAlikeSideBySideAreNoShadow() throws IOException {
        page();
        text(72, 100, "Illinois, Hawaii and a seller");
        text(72.3f, 100, "Illinois, Hawaii and a seller");
        assertThat(read()).containsExactly("P Illinois, Hawaii and a seller");
    }

    @Test
    void rowsBelowARuledHeadShowByWhereTextStands() throws IOException {
        page();
        float[] xs = {72, 172, 272, 372};
        for (float x : xs) {
            line(x, 100, x, 120);
        }
        line(72, 100, 372, 100);
        line(72, 120, 372, 120);
        line(72, 300, 372, 300);
        line(72, 120, 72, 300);
        line(372, 120, 372, 300);
        String[][] cells = {
            {"Payee", "Purpose", "Amount"},
            {"Ann", "travel", "920.68"},
            {"", "to Springfield", ""},
            {"Bo", "rent", "18.00"},
            {"Cy", "paper ......", "$7"}
        };
        for (int r = 0; r < cells.length; r++) {
            for (int c = 0; c < 3; c++) {
                if (!cells[r][c].isEmpty()) {
                    text(76 + 100 * c, 114 + 20 * r, cells[r][c]);
                }
            }
        }
        assertThat(read())
                .containsExactly(
                        "T1 Payee | Purpose | Amount\nAnn | travel to Springfield | 920.68\n"
                                + "Bo | rent | 18.00\nCy | paper | $7");
    }

    @Test
    void aRowWithoutANameBelowThePageBreakKeepsTheNameAbove() throws IOException {
        float[] xs = {72, 172, 272};
        page();
        frame(xs, new float[] {100, 120, 140});
        String[][] first = {{"Matter", "Date"}, {"Sale", "17 Sep"}};
        for (int r = 0; r < 2; r++) {
            text(76, 114 + 20 * r, first[r][0]);
            text(176, 114 + 20 * r, first[r][1]);
        }
        page();
        frame(xs, new float[] {50, 70, 90});
        text(176, 64, "15 Jan");
        text(76, 84, "Suit");
        text(176, 84, "7 Jul");
        assertThat(read())
                .containsExactly(
                        "T1 Matter | Date\nSale | 17 Sep",
                        "T1 Matter | Date\nSale | 15 Jan\nSuit | 7 Jul");
    }
}
