package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.ParsedDocument;
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

class FootnoteTests {

    private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);

    /// Pages of text lines from the top, 12 points apart, and small ones at the foot.
    private static CleanDocument read(String[][] texts, String[][] feet) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int p = 0; p < texts.length; p++) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    for (int i = 0; i < texts[p].length; i++) {
                        show(content, 690 - 12 * i, 10, texts[p][i]);
                    }
                    for (int i = 0; i < feet[p].length; i++) {
                        show(content, 96 - 9 * i, 7.5f, feet[p][i]);
                    }
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            List<Block> blocks = Reading.of("a.pdf", out.toByteArray()).blocks();
            return Cleaner.clean(
                    new ParsedDocument("application/pdf", false, null, texts.length, blocks));
        }
    }

    private static void show(PDPageContentStream to, float y, float size, String text)
            throws IOException {
        to.beginText();
        to.setFont(PLAIN, size);
        to.newLineAtOffset(72, y);
        to.showText(text);
        to.endText();
    }

    private static final String[] BEGINS = {
        "The rules of the house say who may come in at night and who must wait outside until the",
        "morning.1 Whoever has a key is free to come and go as they please, and may bring along a",
        "guest of theirs at any time of the day or of the night, as long as the guest is told of"
    };
    private static final String[] GOES_ON = {
        "the rules before they enter. Nobody else has ever been let in by the porter of the house,",
        "however long they waited and whatever they had to say about the weather of the day.",
    };

    @Test
    void aSentenceGoesOverThePageAndItsFootnoteFollowsTheParagraph() throws IOException {
        CleanDocument clean =
                read(
                        new String[][] {BEGINS, GOES_ON},
                        new String[][] {
                            {
                                "1 Morning begins at six in summer and at seven in winter, by the",
                                "clock of the tower."
                            },
                            {}
                        });
        assertThat(clean.blocks())
                .extracting(Block::kind)
                .containsExactly(Kind.PARAGRAPH, Kind.FOOTNOTE);
        assertThat(clean.blocks().getFirst().text())
                .contains("as long as the guest is told of the rules before they enter.");
        assertThat(clean.blocks().getLast().text())
                .isEqualTo(
                        "Footnote 1: Morning begins at six in summer and at seven in winter, by the"
                                + " clock of the tower.");
    }

    @Test
    void eachFootnoteStandsBehindTheParagraphThatRefersToIt() throws IOException {
        String[] page = {
            "Keys are given out by the porter of the house, who sits beside the door from morning",
            "until evening and knows everybody who lives here, and whom they are friends with.1",
            "",
            "Whoever has lost a key pays for a new one, and says so within a week of the loss,",
            "in writing.2",
            "",
            "Nothing else is known about the matter of keys and of those who have some, or are",
            "going to have some when there are more of them, as somebody said there would be."
        };
        CleanDocument clean =
                read(
                        new String[][] {page},
                        new String[][] {{"1 From eight to ten.", "2 The price is in the list."}});
        assertThat(clean.blocks())
                .extracting(block -> block.text().substring(0, 13))
                .containsExactly(
                        "Keys are give",
                        "Footnote 1: F",
                        "Whoever has l",
                        "Footnote 2: T",
                        "Nothing else ");
    }

    @Test
    void aFootnoteThatGoesOverThePageIsOne() throws IOException {
        CleanDocument clean =
                read(
                        new String[][] {BEGINS, GOES_ON},
                        new String[][] {
                            {"1 Morning begins at six in summer and at"}, {"seven in winter."}
                        });
        assertThat(clean.blocks().getLast().text())
                .isEqualTo("Footnote 1: Morning begins at six in summer and at seven in winter.");
        assertThat(clean.blocks()).hasSize(2);
    }

    @Test
    void smallTypeWithoutAMarkOrBelowAHeadingIsNoFootnote() throws IOException {
        CleanDocument clean =
                read(
                        new String[][] {BEGINS, GOES_ON},
                        new String[][] {{"Printed by the house press in spring."}, {}});
        assertThat(clean.blocks()).extracting(Block::kind).doesNotContain(Kind.FOOTNOTE);
    }
}
