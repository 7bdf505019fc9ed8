package io.zhiwen.ingest.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutRowTests {

    private static final List<String> HEAD = List.of("Clause", "Duty", "Term");

    @Test
    void aRowThatAPageBreakCutsIsOneOnThePageWhereItBegins() {
        var blocks =
                PageBreaks.mended(
                        List.of(
                                table(
                                        1,
                                        List.of(
                                                "4.1",
                                                "The lessor keeps the roof and",
                                                "ten days")),
                                table(
                                        2,
                                        List.of("4.1", "the outer walls in repair."),
                                        List.of(
                                                "4.2",
                                                "The lessee pays for heating.",
                                                "monthly"))));
        assertThat(blocks).hasSize(2);
        assertThat(blocks.getFirst().rows())
                .last()
                .isEqualTo(
                        List.of(
                                "4.1",
                                "The lessor keeps the roof and the outer walls in repair.",
                                "ten days"));
        assertThat(blocks.getLast().rows())
                .containsExactly(HEAD, List.of("4.2", "The lessee pays for heating.", "monthly"));
    }

    @Test
    void aChineseRowIsJoinedWithoutASpaceAndNothingIsLeftOfATableOfNothingElse() {
        var blocks =
                PageBreaks.mended(
                        List.of(
                                table(1, List.of("三", "承租人应当按照约定的方法使用租赁", "每月")),
                                table(2, List.of("", "物，并按时支付租金。"))));
        assertThat(blocks).singleElement();
        assertThat(blocks.getFirst().rows().getLast())
                .containsExactly("三", "承租人应当按照约定的方法使用租赁物，并按时支付租金。", "每月");
    }

    @Test
    void rowsOfTheirOwnStayApart() {
        assertThat(apart(List.of("4.2", "the outer walls"))).isTrue();
        assertThat(apart(List.of("", "the outer walls", "monthly"))).isTrue();
        assertThat(apart(List.of("", "The outer walls"))).isTrue();
        assertThat(apart(List.of("", "1,200"))).isTrue();
        assertThat(apart(List.of("", "the outer walls"))).isFalse();
    }

    private static boolean apart(List<String> below) {
        Block above = table(1, List.of("4.1", "The lessor keeps the roof and", "ten days"));
        return PageBreaks.mended(List.of(above, table(2, below))).size() == 2;
    }

    private static Block table(int page, List<String> row) {
        return Block.table(List.of(HEAD, row), 1, page, null);
    }

    private static Block table(int page, List<String> row, List<String> next) {
        return Block.table(List.of(HEAD, row, next), 1, page, null);
    }
}
