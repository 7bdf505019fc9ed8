package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The lean graph beside the model as it was published.
class LeanGraphTest {

    @Test
    void theChineseModelGivesTheSameStatesToTheLastBit() throws Exception {
        String text = "员工累计工作已满1年不满10年的，年休假5天；已满10年不满20年的，年休假10天。";
        try (Encoders encoders = BundledEncoders.open()) {
            assertThat(lowestCosine(encoders.chinese(), "bge-small-zh-v1.5-q", text))
                    .isGreaterThan(0.99999);
        }
    }

    @Test
    void theEnglishModelGivesTheSameStates() throws Exception {
        String text = "Employees who have worked for one to ten years get five days of paid leave.";
        try (Encoders encoders = BundledEncoders.open()) {
            assertThat(lowestCosine(encoders.english(), "bge-small-en-v1.5-q", text))
                    .isGreaterThan(0.999);
        }
    }

    @Test
    void aModelOfAnotherShapeIsNotTaken() {
        assertThatThrownBy(
                        () -> {
                            byte[] model = {(byte) (7 << 3 | 2), 0};
                            LeanGraph.of(model, LeanGraph.Narrow.LAST_STEP);
                        })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no node");
    }

    /// Over the vector of the text and those of its tokens.
    private static double lowestCosine(Encoder lean, String model, String text) throws Exception {
        float[][] states = published(model, WordPieceTest.open(model).tokenize(text));
        TokenVectors tokens = lean.embedTokens(text);
        double lowest = cosine(lean.embed(text), 0, states[0]);
        for (int i = 0; i < tokens.size(); i++) {
            lowest =
                    Math.min(
                            lowest, cosine(tokens.values(), i * tokens.dimension(), states[i + 1]));
        }
        return lowest;
    }

    private static float[][] published(String model, WordPiece.Tokens tokens) throws Exception {
        int length = tokens.size() + 2;
        long[] ids = new long[length];
        ids[0] = WordPiece.CLS;
        for (int i = 0; i < tokens.size(); i++) {
            ids[i + 1] = tokens.ids()[i];
        }
        ids[length - 1] = WordPiece.SEP;
        long[] ones = new long[length];
        Arrays.fill(ones, 1);
        OrtEnvironment environment = OnnxRuntime.environment();
        try (InputStream in = BundledEncoders.resource(model + ".onnx");
                OrtSession session = environment.createSession(in.readAllBytes());
                OnnxTensor words = OnnxTensor.createTensor(environment, new long[][] {ids});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, new long[][] {new long[length]});
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", words,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return ((float[][][]) result.get(0).getValue())[0];
        }
    }

    private static double cosine(float[] unit, int from, float[] state) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < state.length; i++) {
            dot += unit[from + i] * state[i];
            squares += state[i] * state[i];
        }
        return dot / Math.sqrt(squares);
    }
}
