package io.zhiwen.ingest.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What ONNX Runtime alone takes for the untouched model: texts are tokenised beforehand and
/// nothing is done with the result. The yardstick of the benchmark.
final class BareLoop implements AutoCloseable {

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final List<long[]> texts;

    BareLoop(byte[] model, WordPiece tokenizer, List<String> texts) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model, options);
        }
        this.texts = texts.stream().map(text -> ids(tokenizer, text)).toList();
    }

    /// Runs every text once, `callers` at a time.
    void run(Callers callers) {
        callers.each(IntStream.range(0, texts.size()), i -> run(texts.get(i)));
    }

    private void run(long[] ids) {
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor words = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", words,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            if (result.size() != 1) {
                throw new IllegalStateException("the model gave " + result.size() + " results");
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] ids(WordPiece tokenizer, String text) {
        WordPiece.Tokens tokens = tokenizer.tokenize(text, OnnxEncoder.WINDOW);
        long[] ids = new long[tokens.size() + 2];
        ids[0] = WordPiece.CLS;
        for (int i = 0; i < tokens.size(); i++) {
            ids[i + 1] = tokens.ids()[i];
        }
        ids[ids.length - 1] = WordPiece.SEP;
        return ids;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
