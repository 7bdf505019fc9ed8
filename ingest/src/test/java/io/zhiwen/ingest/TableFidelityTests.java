package io.zhiwen.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.TableFidelity.Expected;
import io.zhiwen.ingest.parse.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableFidelityTests {

    private static final Expected STAFF =
            new Expected(
                    "staff",
                    "staff.pdf",
                    List.of(
                            List.of("name", "room"),
                            List.of("Ann", "1"),
                            List.of("Bo", "2"),
                            List.of("Cy", "")));

    @Test
    void cellsInAnotherColumnOrRowAreWrong() {
        Block table =
                Block.table(
                        List.of(
                                List.of("name", "room"),
                                List.of("1", "Ann"),
                                List.of("between", "9"),
                                List.of("Bo", "3"),
                                List.of("Cy")),
                        1,
                        1,
                        null);

        var score = TableFidelity.of(STAFF, List.of(table));

        assertThat(score.right()).isEqualTo(2 + 0 + 1 + 2);
        assertThat(score.cells()).isEqualTo(8);
        assertThat(score.wrong()).hasSize(2);
    }

    @Test
    void aTableThatGoesOnBelowTheSameHeadIsOne() {
        Block first =
                Block.table(List.of(List.of("name", "room"), List.of("Ann", "1")), 1, 1, null);
        Block second =
                Block.table(
                        List.of(List.of("name", "room"), List.of("Bo", "2"), List.of("Cy", "")),
                        1,
                        2,
                        null);

        assertThat(TableFidelity.of(STAFF, List.of(first, second)).right()).isEqualTo(8);
        assertThat(TableFidelity.of(STAFF, List.of(second, first)).right()).isLessThan(8);
        assertThat(TableFidelity.of(STAFF, List.of()).right()).isZero();
    }
}
