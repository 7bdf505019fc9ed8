package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import io.zhiwen.ingest.chunk.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BundledEncodersTest {

    private static final List<String> CHINESE =
            List.of(
                    "年假有几天？",
                    "员工累计工作已满1年不满10年的，年休假5天；已满10年不满20年的，年休假10天。",
                    "知问用两个内置的编码器把文字变成向量，不需要下载模型，也不需要显卡。");
    private static final List<String> ENGLISH =
            List.of(
                    "How many days of leave do I have?",
                    "Employees who have worked for one to ten years are entitled to five days of"
                            + " paid annual leave; from ten years on it is ten days.",
                    "The server keeps every uploaded file and can rebuild its indexes at any time.");

    private static Encoders encoders;

    @BeforeAll
    static void open() {
        encoders = BundledEncoders.open();
    }

    @AfterAll
    static void close() {
        encoders.close();
    }

    @Test
    void chineseVectorsEqualThoseOfLangChain4j() {
        assertSame(encoders.chinese(), new BgeSmallZhV15QuantizedEmbeddingModel(), CHINESE);
    }

    @Test
    void englishVectorsEqualThoseOfLangChain4j() {
        assertSame(encoders.english(), new BgeSmallEnV15QuantizedEmbeddingModel(), ENGLISH);
    }

    @Test
    void everyVectorHasLengthOne() {
        assertThat(dot(encoders.chinese().embed("年假"), encoders.chinese().embed("年假")))
                .isCloseTo(1, within(1e-5));
        TokenVectors tokens = encoders.english().embedTokens("five days of annual leave");
        for (int row = 0; row < tokens.size(); row++) {
            double squares = 0;
            for (int i = 0; i < tokens.dimension(); i++) {
                float value = tokens.values()[row * tokens.dimension() + i];
                squares += value * value;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void tokenVectorsKnowTheirPlaceInTheText() {
        String text = "😀 年假5天";
        TokenVectors tokens = encoders.of(Language.ZH).embedTokens(text);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            pieces.add(text.substring(tokens.starts()[i], tokens.ends()[i]));
        }
        assertThat(pieces).containsExactly("😀", "年", "假", "5", "天");
        assertThat(tokens.size()).isEqualTo(encoders.chinese().countTokens(text));
    }

    @Test
    void oneReadingGivesTheVectorAndTheTokens() {
        String text = "Five days of annual leave can be carried over.";
        for (Encoder encoder : List.of(encoders.english(), encoders.chinese())) {
            Embedded read = encoder.embedWithTokens(text);
            TokenVectors tokens = encoder.embedTokens(text);
            assertThat(cosine(read.vector(), encoder.embed(text), 0, read.vector().length))
                    .isCloseTo(1, within(1e-3));
            assertThat(read.tokens().starts()).isEqualTo(tokens.starts());
            for (int token = 0; token < tokens.size(); token++) {
                int row = token * tokens.dimension();
                assertThat(
                                cosine(
                                        read.tokens().values(),
                                        tokens.values(),
                                        row,
                                        row + tokens.dimension()))
                        .isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void fourBitsANumberKeepTheDirectionOfEachTokenAndItsPlace() {
        for (Encoder encoder : List.of(encoders.english(), encoders.chinese())) {
            TokenVectors tokens = encoder.embedTokens("Five days of 年假 can be carried over.");
            PackedTokens packed = PackedTokens.of(tokens);
            TokenVectors back = new PackedTokens(packed.dimension(), packed.bytes()).unpacked();
            assertThat(packed.bytes()).hasSize(tokens.size() * (tokens.dimension() / 2 + 6));
            assertThat(back.starts()).isEqualTo(tokens.starts());
            assertThat(back.ends()).isEqualTo(tokens.ends());
            for (int token = 0; token < tokens.size(); token++) {
                int row = token * tokens.dimension();
                assertThat(cosine(tokens.values(), back.values(), row, row + tokens.dimension()))
                        .isBetween(0.95, 1.00001);
            }
        }
        assertThatThrownBy(() -> new PackedTokens(384, new byte[199]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double cosine(float[] one, float[] other, int from, int to) {
        double cosine = 0;
        for (int i = from; i < to; i++) {
            cosine += one[i] * other[i];
        }
        return cosine;
    }

    @Test
    void aTextBeyondTheWindowIsCutThere() {
        String window = "leave ".repeat(510);
        assertThat(encoders.english().embedTokens(window + "and more").size()).isEqualTo(510);
        assertThat(encoders.english().embed(window + "and more"))
                .isEqualTo(encoders.english().embed(window));
        assertThat(encoders.english().countTokens(window + "and more")).isEqualTo(512);
    }

    @Test
    void aBlankTextIsRefused() {
        assertThatThrownBy(() -> encoders.english().embed(" \n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encoders.english().embedTokens(""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachEncoderNamesItsOwnSpace() {
        assertThat(encoders.chinese().space().dimension()).isEqualTo(512);
        assertThat(encoders.english().space().dimension()).isEqualTo(384);
        assertThat(encoders.chinese().space().sha256()).hasSize(64);
        assertThat(encoders.chinese().space()).isNotEqualTo(encoders.english().space());
    }

    @Test
    void manyCallersGetTheVectorsOfTheirOwnTexts() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            texts.add("document " + i + " says " + "leave ".repeat(i % 7 + 1));
        }
        List<float[]> alone = texts.stream().map(encoders.english()::embed).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Callable<float[]>> calls = new ArrayList<>();
            for (String text : texts) {
                calls.add(() -> encoders.english().embed(text));
            }
            List<Future<float[]>> together = callers.invokeAll(calls);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    private static void assertSame(Encoder ours, EmbeddingModel theirs, List<String> texts) {
        for (String text : texts) {
            assertThat(dot(ours.embed(text), theirs.embed(text).content().vector()))
                    .as(text)
                    .isGreaterThanOrEqualTo(0.999);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
