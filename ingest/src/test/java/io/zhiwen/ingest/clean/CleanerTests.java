package io.zhiwen.ingest.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanerTests {

    private static CleanDocument cleaned(String mediaType, Block... blocks) {
        return Cleaner.clean(new ParsedDocument(mediaType, false, null, null, List.of(blocks)));
    }

    private static String cleaned(String text) {
        return cleaned("text/plain", Block.paragraph(text, null)).text();
    }

    @Test
    void hiddenCharactersAreTakenOut() {
        assertThat(cleaned("a\u200Bb\uFEFFc\u202Ed\u2066e\u00ADf\u0000g")).isEqualTo("abcdefg");
        String tags =
                new StringBuilder().appendCodePoint(0xE0041).appendCodePoint(0xE0042).toString();
        assertThat(cleaned("x" + tags + "y")).isEqualTo("xy");
    }

    @Test
    void joinersStayWhereTheirScriptNeedsThem() {
        for (String needed : List.of("می\u200Cخواهم", "क्\u200Dष", "👩\u200D💻 works")) {
            assertThat(cleaned(needed)).isEqualTo(needed);
        }
        assertThat(cleaned("pass\u200Cword")).isEqualTo("password");
    }

    @Test
    void textIsComposedAndItsSpacesAreTidied() {
        assertThat(cleaned("Nestle\u0301  \t S.A.\u00A0 x \r\n\r\n\r\n\r\ny"))
                .isEqualTo("Nestlé S.A. x\n\ny");
    }

    @Test
    void fullLinesAreJoinedAndWordsMendedWhileShortLinesStay() {
        String wrapped =
                "This report describes in some detail what the commit-\n"
                        + "tee found when it looked at the books of the company\n"
                        + "last year.";
        assertThat(cleaned(wrapped))
                .isEqualTo(
                        "This report describes in some detail what the committee found when it looked"
                                + " at the books of the company last year.");
        String chinese = "消费者为生活消费需要购买、使用商品或者接受服务，其权\n益受本法保护；本法未作规定的，受其他有关法律、法规的\n保护。";
        assertThat(cleaned(chinese)).isEqualTo(chinese.replace("\n", ""));
        assertThat(cleaned("Subject: a\nFrom: b")).isEqualTo("Subject: a\nFrom: b");
    }

    @Test
    void codeKeepsItsLinesAndIndents() {
        String code = "if (x) {\n    y();\n}";
        assertThat(cleaned("text/markdown", Block.code("\n" + code + "  \n", null)).text())
                .isEqualTo(code);
    }

    @Test
    void doubledBlocksStandOnceAndBlankOnesNotAtAll() {
        var clean =
                cleaned(
                        "x/y",
                        Block.paragraph("The same sentence twice.", null),
                        Block.paragraph("The same sentence twice.", null),
                        Block.paragraph(" \u200B ", null),
                        Block.paragraph("yes", null),
                        Block.paragraph("yes", null));
        assertThat(clean.text()).isEqualTo("The same sentence twice.\n\nyes\n\nyes");
    }

    @Test
    void cellsHaveNoLineBreaksSoThatRowsAreLines() {
        var clean =
                cleaned(
                        "x/y",
                        Block.table(
                                List.of(List.of("a\nb", "c"), List.of("d", "e")), 1, null, null));
        assertThat(clean.text()).isEqualTo("a b | c\nd | e");
        assertThat(clean.blocks().getFirst().headerRows()).isEqualTo(1);
    }

    @Test
    void runningHeadsGoButAWordThatAllPagesShareInTheMiddleStays() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= 6; page++) {
            blocks.add(
                    Block.paragraph(
                            page % 2 == 0 ? "Annual report" : "Federal Register / Vol. 85", page));
            blocks.add(Block.paragraph("Text " + "xyz".repeat(page) + ".", page));
            blocks.add(Block.paragraph("Signed", page));
            blocks.add(Block.paragraph("More " + "abc".repeat(page) + ".", page));
            blocks.add(Block.paragraph("第 " + page + " 页 共 6 页", page));
        }
        String text = cleaned("application/pdf", blocks.toArray(Block[]::new)).text();
        assertThat(text).doesNotContain("Annual report", "Federal", "页").contains("Signed");
    }

    @Test
    void aParagraphCutByAPageBreakIsOneAgain() {
        var clean =
                cleaned(
                        "application/pdf",
                        Block.paragraph("The committee agreed to the pro-", 1),
                        Block.paragraph("posal without a vote.", 2),
                        Block.paragraph("消费者在购买、使用商品和接受服务时享有人身、财产安全不受损害的权利，并有权要", 2),
                        Block.paragraph("求经营者提供的商品和服务。", 3),
                        Block.paragraph("第三条 另一条。", 4));
        assertThat(clean.blocks())
                .extracting(Block::text)
                .containsExactly(
                        "The committee agreed to the proposal without a vote.",
                        "消费者在购买、使用商品和接受服务时享有人身、财产安全不受损害的权利，并有权要求经营者提供的商品和服务。",
                        "第三条 另一条。");
        assertThat(clean.blocks()).extracting(Block::page).containsExactly(1, 2, 4);
    }
}
