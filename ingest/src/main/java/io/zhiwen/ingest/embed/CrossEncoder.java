package io.zhiwen.ingest.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A cross-encoder from an ONNX file with its `tokenizer.json` beside it, as Hugging Face's tools
/// export them: reads a question and a passage together and says how well one answers the other.
/// Safe for concurrent use; a call runs on the caller's thread and keeps one core busy.
public final class CrossEncoder implements AutoCloseable {

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final PairTokenizer tokenizer;
    private final Set<String> inputs;

    private CrossEncoder(OrtSession session, PairTokenizer tokenizer, Set<String> inputs) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.inputs = inputs;
    }

    /// Loads the model and has it read two pairs, so that one that cannot score says so here.
    ///
    /// @param mostTokens of question and passage together; what is longer is cut
    /// @throws UnusableModel saying which file is missing or what is wrong with it
    public static CrossEncoder load(Path model, int mostTokens) throws UnusableModel {
        if (!Files.isRegularFile(model)) {
            throw new UnusableModel("there is no file " + model);
        }
        PairTokenizer tokenizer = PairTokenizer.beside(model, mostTokens);
        CrossEncoder encoder = null;
        try {
            OrtSession session = session(model);
            encoder = new CrossEncoder(session, tokenizer, Set.copyOf(session.getInputNames()));
            encoder.requireKnownInputs();
            encoder.score("a", List.of("b", "c and d"));
            return encoder;
        } catch (OrtException | UnusableModel e) {
            if (encoder == null) {
                tokenizer.close();
            } else {
                encoder.close();
            }
            throw e instanceof UnusableModel known
                    ? known
                    : new UnusableModel("ONNX Runtime does not take " + model, e);
        }
    }

    private static OrtSession session(Path model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return OnnxRuntime.environment().createSession(model.toString(), options);
        }
    }

    /// One number a passage, higher for a better answer: of a model with one output that, of one
    /// with two how far the second is above the first.
    ///
    /// @throws UnusableModel when what comes out is no score for each of them
    public float[] score(String question, List<String> passages) throws UnusableModel {
        PairTokenizer.Batch batch = tokenizer.read(question, passages);
        long[] shape = {passages.size(), batch.length()};
        Map<String, OnnxTensor> given = new HashMap<>();
        try {
            put(given, IDS, batch.ids(), shape);
            put(given, MASK, batch.mask(), shape);
            put(given, TYPES, batch.types(), shape);
            try (OrtSession.Result result = session.run(given)) {
                return scores(result.get(0).getValue(), passages.size());
            }
        } catch (OrtException e) {
            throw new UnusableModel("the cross-encoder failed: " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the cross-encoder does not close", e);
        }
    }

    private void requireKnownInputs() throws UnusableModel {
        if (!inputs.contains(IDS) || !Set.of(IDS, MASK, TYPES).containsAll(inputs)) {
            throw new UnusableModel("a cross-encoder does not read " + inputs);
        }
    }

    private void put(Map<String, OnnxTensor> given, String name, long[] values, long[] shape)
            throws OrtException {
        if (inputs.contains(name)) {
            given.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
        }
    }

    private static float[] scores(Object output, int count) throws UnusableModel {
        float[] scores =
                switch (output) {
                    case float[] one -> one;
                    case float[][] rows -> scores(rows);
                    default ->
                            throw new UnusableModel(
                                    "a cross-encoder gives a number for each pair, not "
                                            + output.getClass().getSimpleName());
                };
        if (scores.length != count) {
            throw new UnusableModel(scores.length + " scores for " + count + " passages");
        }
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new UnusableModel("a score that is none: " + score);
            }
        }
        return scores;
    }

    private static float[] scores(float[][] rows) throws UnusableModel {
        float[] scores = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scores[i] =
                    switch (rows[i].length) {
                        case 1 -> rows[i][0];
                        case 2 -> rows[i][1] - rows[i][0];
                        default ->
                                throw new UnusableModel(
                                        "a cross-encoder gives one number a pair, not "
                                                + rows[i].length);
                    };
        }
        return scores;
    }
}
