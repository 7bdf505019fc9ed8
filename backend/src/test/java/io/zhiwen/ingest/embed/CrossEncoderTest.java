package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossEncoderTest {

    private static final String[] WORDS = {"annual", "leave", "days", "toner", "年", "假"};

    @TempDir Path folder;

    @Test
    void readsQuestionAndPassageTogether() throws Exception {
        try (var encoder = CrossEncoder.load(TinyCrossEncoder.write(folder, WORDS), 512)) {
            assertThat(
                            encoder.score(
                                    "How many days of annual leave?",
                                    List.of("Toner.", "Annual leave: five days.", "年假 leave")))
                    .containsExactly(-2, 10, 2);
            assertThat(encoder.score("年假", List.of("年假有几天"))).containsExactly(6);
        }
    }

    @Test
    void oneThatSaysNoAndYesIsScoredByTheDifference() throws Exception {
        try (var encoder = CrossEncoder.load(TinyCrossEncoder.write(folder, 2, -1, WORDS), 512)) {
            assertThat(encoder.score("leave", List.of("leave", "toner"))).containsExactly(3, -1);
        }
    }

    @Test
    void whatIsLongerThanTheModelReadsIsCut() throws Exception {
        try (var encoder = CrossEncoder.load(TinyCrossEncoder.write(folder, WORDS), 16)) {
            String book = "a page of it ".repeat(1_000);
            assertThat(encoder.score("leave", List.of("leave " + book, book + "leave")))
                    .containsExactly(2, -2);
        }
    }

    @Test
    void whatIsMissingOrBrokenIsNamed() throws Exception {
        assertThatThrownBy(() -> CrossEncoder.load(folder.resolve("none.onnx"), 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("none.onnx");

        Path model = TinyCrossEncoder.write(folder, WORDS);
        Path tokenizer = folder.resolve("tokenizer.json");
        String json = Files.readString(tokenizer);
        Files.delete(tokenizer);
        assertThatThrownBy(() -> CrossEncoder.load(model, 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("tokenizer.json");
        Files.writeString(tokenizer, "{}");
        assertThatThrownBy(() -> CrossEncoder.load(model, 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("no tokenizer");

        Files.writeString(tokenizer, json);
        Files.write(model, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> CrossEncoder.load(model, 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("ONNX Runtime does not take");
    }

    @Test
    void aModelThatGivesNoScoreIsNoCrossEncoder() throws Exception {
        Path three = TinyCrossEncoder.write(folder, 3, 0, WORDS);
        assertThatThrownBy(() -> CrossEncoder.load(three, 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("one number a pair, not 3");

        Path none = TinyCrossEncoder.write(folder, 1, Float.NaN, WORDS);
        assertThatThrownBy(() -> CrossEncoder.load(none, 512))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("NaN");
    }
}
