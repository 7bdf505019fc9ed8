package io.zhiwen.evaluate.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenFileTest {

    @Test
    void csvHasItsColumnsByNameInEitherLanguage() {
        var english =
                GoldenFile.read(
                        "\uFEFFquestion,documents,answers,answerable\r\n"
                                + "\"How many days, in all?\",a.pdf|b.pdf,15 days,\r\n"
                                + "What is on Mars?,,,no\r\n");
        assertThat(english)
                .containsExactly(
                        new GoldenLine(
                                2,
                                "How many days, in all?",
                                true,
                                List.of("a.pdf", "b.pdf"),
                                List.of("15 days")),
                        new GoldenLine(3, "What is on Mars?", false, List.of(), List.of()));
        var chinese = GoldenFile.read("问题,文档,答案,可答\n年假几天？,手册.pdf,15 天,是\n");
        assertThat(chinese.getFirst().documents()).containsExactly("手册.pdf");
        assertThat(chinese.getFirst().evidence()).containsExactly("15 天");
        assertThat(chinese.getFirst().answerable()).isTrue();
    }

    @Test
    void linesOfJsonTakeTheNamesOfTheEvaluationSets() {
        var lines =
                GoldenFile.read(
                        "{\"id\":\"1\",\"text\":\"A?\",\"answers\":[\"x\"],\"answerable\":true}\n\n"
                                + "{\"question\":\"B?\",\"documents\":\"a.pdf\"}");
        assertThat(lines)
                .containsExactly(
                        new GoldenLine(1, "A?", true, List.of(), List.of("x")),
                        new GoldenLine(3, "B?", true, List.of("a.pdf"), List.of()));
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        for (var file : List.of("{\"question\":\"A?\"}\n{", "question\nA?\n\"\"\n", "")) {
            assertThatThrownBy(() -> GoldenFile.read(file))
                    .as(file)
                    .isInstanceOf(GoldenRefused.class)
                    .hasMessageContaining("cannot be read");
        }
        assertThatThrownBy(() -> GoldenFile.read("{\"question\":\"A?\"}\n{"))
                .hasMessageContaining("line 2");
    }
}
