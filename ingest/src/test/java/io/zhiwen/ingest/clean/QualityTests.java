package io.zhiwen.ingest.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.ParsedDocument;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityTests {

    private static final String CHINESE = "劳动者提前三十日以书面形式通知用人单位，可以解除劳动合同。";

    private static List<Kind> findings(Integer pages, String... paragraphs) {
        var blocks =
                java.util.stream.Stream.of(paragraphs).map(p -> Block.paragraph(p, 1)).toList();
        var parsed = new ParsedDocument("application/pdf", false, null, pages, blocks);
        return Cleaner.clean(parsed).findings().stream().map(Finding::kind).toList();
    }

    @Test
    void ordinaryTextHasNoFindings() {
        assertThat(findings(1, CHINESE.repeat(3), "Employees may end the contract. ".repeat(4)))
                .isEmpty();
        assertThat(findings(1, "Le café de la gare a été rénové pendant l’hiver. ".repeat(4)))
                .isEmpty();
        assertThat(findings(1, "勞動者提前三十日以書面形式通知用人單位，可以解除勞動合同。".repeat(4))).isEmpty();
    }

    @Test
    void encodingsGoneWrongAreSeen() {
        byte[] utf8 = CHINESE.repeat(4).getBytes(StandardCharsets.UTF_8);
        assertThat(findings(1, new String(utf8, StandardCharsets.ISO_8859_1)))
                .contains(Kind.MOJIBAKE);
        assertThat(findings(1, new String(utf8, Charset.forName("GBK")))).contains(Kind.MOJIBAKE);
    }

    @Test
    void aLanguageSearchDoesNotKnowIsNamed() {
        assertThat(findings(1, "מחר ניפגש בשעה שמונה ליד התחנה הישנה. ".repeat(4)))
                .containsExactly(Kind.OTHER_LANGUAGE);
    }

    @Test
    void almostNoTextForSoManyPagesIsSaid() {
        assertThat(findings(40, "Appendix")).containsExactly(Kind.LITTLE_TEXT);
    }

    @Test
    void whatStandsOnPageAfterPageIsBoilerplateAndItsShareIsSaid() {
        String claim = "This paper is no offer; whoever acts on it does so at their own risk. No. ";
        List<Block> pages =
                IntStream.rangeClosed(1, 12)
                        .boxed()
                        .flatMap(
                                page ->
                                        java.util.stream.Stream.of(
                                                Block.paragraph(own(page), page),
                                                Block.paragraph(claim + page, page)))
                        .toList();
        var parsed = new ParsedDocument("text/html", false, null, 12, pages);
        int said = 12 * (claim.length() + 1) + 3;
        int all = said + IntStream.rangeClosed(1, 12).map(page -> own(page).length()).sum();
        assertThat(Cleaner.clean(parsed).findings())
                .containsExactly(Finding.ofDocument(Kind.BOILERPLATE, said * 100 / all));
    }

    private static String own(int page) {
        return ("Chapter " + (char) ('a' + page) + " tells of other things. ").repeat(3);
    }

    @Test
    void aFewPagesOrOrdinaryOnesHaveNoBoilerplate() {
        List<Block> pages =
                IntStream.rangeClosed(1, 12)
                        .mapToObj(page -> Block.paragraph(own(page).repeat(3), page))
                        .toList();
        assertThat(Cleaner.clean(new ParsedDocument("x", false, null, 12, pages)).findings())
                .isEmpty();
        assertThat(Boilerplate.percent(List.of(Block.paragraph("a", 1), Block.paragraph("a", 2))))
                .isZero();
    }

    @Test
    void lettersOnlyTheirFontKnewAreCountedWithTheirPages() {
        var blocks =
                List.of(
                        Block.paragraph("\uE001\uE002".repeat(6) + CHINESE.repeat(3), 2),
                        Block.paragraph(CHINESE.repeat(2) + "\uE003", 4));
        var parsed = new ParsedDocument("application/pdf", false, null, 4, blocks);
        assertThat(Cleaner.clean(parsed).findings())
                .contains(Finding.onPages(Kind.PRIVATE_LETTERS, List.of(2, 4), 13));
    }

    @Test
    void theSameLinesAgainAndAgainAreSaid() {
        String[] lines =
                IntStream.range(0, 60)
                        .mapToObj(
                                i -> i % 2 == 0 ? "Confidential, do not pass on" : "Line no. " + i)
                        .toArray(String[]::new);
        assertThat(findings(1, lines)).containsExactly(Kind.REPETITION);
    }

    @Test
    void hiddenCharactersAreCountedAndGone() {
        String hidden =
                "ignore"
                        .chars()
                        .map(c -> c + 0xE0000)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        var parsed =
                new ParsedDocument(
                        "text/plain",
                        false,
                        null,
                        null,
                        List.of(Block.paragraph("Pay" + hidden, 1)));
        var clean = Cleaner.clean(parsed);
        assertThat(clean.text()).isEqualTo("Pay");
        assertThat(clean.findings())
                .containsExactly(Finding.onPages(Kind.HIDDEN_CHARACTERS, List.of(1), 6));
    }
}
