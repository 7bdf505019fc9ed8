package io.zhiwen.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is marked in the text is what the passage says, in paragraphs and in tables.
class ReadingTest {

    private static final Words WORDS = new Words(new LanguageConfiguration().messageSource());

    @Test
    void aPassageIsMarkedWhereItStands() {
        var document =
                new CleanDocument(
                        null,
                        List.of(
                                Block.heading(1, "Leave", 1),
                                Block.paragraph("Ten days. Fifteen after ten years.", 1)));
        var passage = spanOf(document, "Fifteen after ten years.");

        assertThat(marked(reading(document, passage))).containsExactly("Fifteen after ten years.");
    }

    @Test
    void aPassageOverTwoBlocksIsMarkedInBoth() {
        var document =
                new CleanDocument(
                        null, List.of(Block.paragraph("one two", 1), Block.paragraph("three", 2)));

        assertThat(marked(reading(document, new Span(4, 14)))).containsExactly("two", "three");
    }

    @Test
    void theCellsOfAPassageAreMarked() {
        var document =
                new CleanDocument(
                        null,
                        List.of(
                                Block.table(
                                        List.of(
                                                List.of("Grade", "Days"),
                                                List.of("A", "10"),
                                                List.of("", "15")),
                                        1,
                                        null,
                                        "Leave")));

        assertThat(marked(reading(document, spanOf(document, "A | 10"))))
                .containsExactly("A", "10");
        assertThat(marked(reading(document, spanOf(document, "15")))).containsExactly("15");
    }

    @Test
    void aLongDocumentIsReadInStretchesThatMeet() {
        var document = long200();

        var first = reading(document, null);
        var later = Reading.stretch(document, first.to(), null, false, WORDS, Locale.ENGLISH);
        var back = Reading.before(document, later.from(), false, WORDS, Locale.ENGLISH);

        assertThat(first.from()).isZero();
        assertThat(later.blocks().getFirst().pieces().getFirst().text())
                .isEqualTo("paragraph " + first.to());
        assertThat(back.to()).isEqualTo(later.from());
        assertThat(back.blocks()).hasSize(back.to() - back.from());
    }

    @Test
    void aPassageDeepInADocumentIsInTheStretchShown() {
        var document = long200();
        var passage = spanOf(document, "paragraph 177");

        var reading = reading(document, passage);

        assertThat(reading.from()).isPositive();
        assertThat(marked(reading)).containsExactly("paragraph 177");
    }

    @Test
    void aNewPageIsSaidOnce() {
        var document =
                new CleanDocument(
                        null,
                        List.of(
                                Block.paragraph("a", 1),
                                Block.paragraph("b", 1),
                                Block.paragraph("c", 2)));

        assertThat(reading(document, null).blocks())
                .extracting(Reading.BlockView::mark)
                .containsExactly("Page 1", "", "Page 2");
    }

    @Test
    void aSpanBehindTheEndMarksNothing() {
        var document = new CleanDocument(null, List.of(Block.paragraph("short", null)));

        assertThat(marked(reading(document, new Span(900, 950)))).isEmpty();
    }

    private static Reading reading(CleanDocument document, Span passage) {
        return Reading.of(document, passage, false, WORDS, Locale.ENGLISH);
    }

    private static Span spanOf(CleanDocument document, String words) {
        int start = document.text().indexOf(words);
        return new Span(start, start + words.length());
    }

    private static CleanDocument long200() {
        return new CleanDocument(
                null,
                IntStream.range(0, 200)
                        .mapToObj(i -> Block.paragraph("paragraph " + i, 1))
                        .toList());
    }

    private static List<String> marked(Reading reading) {
        var marked = new ArrayList<String>();
        for (var block : reading.blocks()) {
            keep(block.pieces(), marked);
            block.rows().forEach(row -> row.cells().forEach(cell -> keep(cell, marked)));
        }
        return marked;
    }

    private static void keep(List<Reading.Piece> pieces, List<String> marked) {
        pieces.stream().filter(Reading.Piece::marked).map(Reading.Piece::text).forEach(marked::add);
    }
}
