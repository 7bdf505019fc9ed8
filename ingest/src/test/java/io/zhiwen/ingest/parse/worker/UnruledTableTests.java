package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

class UnruledTableTests {

    private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);

    private static final String[][] FIRST = {
        {"Item", "2017", "2018"},
        {"Sales", "1,200", "1,350"},
        {"Cost of sales", "900", "1,001"},
        {"Wages", "120", "130"}
    };

    private static final String FIRST_READ =
            "T1 Item | 2017 | 2018\nSales | 1,200 | 1,350\nCost of sales | 900 | 1,001\nWages | 120 | 130";

    /// Rows of cells, or lines of one, at the top of each page.
    private static List<String> read(String[][]... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String[][] rows : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    for (int r = 0; r < rows.length; r++) {
                        for (int c = 0; c < rows[r].length; c++) {
                            content.beginText();
                            content.setFont(PLAIN, 10);
                            content.newLineAtOffset(72 + 150 * c, 680 - 14 * r);
                            content.showText(rows[r][c]);
                            content.endText();
                        }
                    }
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return Reading.of("a.pdf", out.toByteArray()).lines();
        }
    }

    @Test
    void whatGoesOnOverThePageKeepsItsHead() throws IOException {
        String[][] rest = {{"Rent", "80", "85"}, {"All", "1,100", "1,216"}};
        assertThat(read(FIRST, rest))
                .containsExactly(
                        FIRST_READ, "T1 Item | 2017 | 2018\nRent | 80 | 85\nAll | 1,100 | 1,216");
    }

    @Test
    void aSingleRowLeftForTheNextPageIsOneOfTheTable() throws IOException {
        String[][] rest = {{"All", "1,100", "1,216"}, {"These figures are not audited yet."}};
        assertThat(read(FIRST, rest))
                .containsExactly(
                        FIRST_READ,
                        "T1 Item | 2017 | 2018\nAll | 1,100 | 1,216",
                        "P These figures are not audited yet.");
    }

    @Test
    void aHeadThatIsRepeatedIsSaidOnce() throws IOException {
        String[][] rest = {FIRST[0], {"Rent", "80", "85"}, {"All", "1,100", "1,216"}};
        assertThat(read(FIRST, rest))
                .containsExactly(
                        FIRST_READ, "T1 Item | 2017 | 2018\nRent | 80 | 85\nAll | 1,100 | 1,216");
    }

    @Test
    void itGoesOnOverManyPages() throws IOException {
        String[][] rest = {{"Rent", "80", "85"}, {"Light", "12", "13"}, {"Water", "3", "4"}};
        assertThat(read(FIRST, rest, rest))
                .element(2)
                .isEqualTo("T1 Item | 2017 | 2018\nRent | 80 | 85\nLight | 12 | 13\nWater | 3 | 4");
    }

    @Test
    void aTableWithAHeadOfItsOwnIsAnother() throws IOException {
        String[][] other = {
            {"Town", "Hills", "Rivers"}, {"Ulm", "3", "2"}, {"Bonn", "7", "1"}, {"Kiel", "0", "1"}
        };
        assertThat(read(FIRST, other))
                .containsExactly(
                        FIRST_READ,
                        "T1 Town | Hills | Rivers\nUlm | 3 | 2\nBonn | 7 | 1\nKiel | 0 | 1");
    }

    @Test
    void textBetweenThemMakesThemTwo() throws IOException {
        String[][] other = {
            {"Nothing of this was known to anybody when the year began."},
            {"Rent", "80", "85"},
            {"Light", "12", "13"},
            {"Water", "3", "4"}
        };
        assertThat(read(FIRST, other)).last().asString().startsWith("T0 Rent");
    }
}
