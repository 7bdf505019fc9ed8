package io.zhiwen.ingest.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/// A BERT encoder in ONNX Runtime, one text a run on the caller's own thread. Batches are no gain
/// for int8 weights and change the vectors: the quantisation of a text then depends on its
/// neighbours.
final class OnnxModel implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String output;

    private OnnxModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
        this.output = session.getOutputNames().iterator().next();
    }

    static OnnxModel load(byte[] model) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new OnnxModel(environment, environment.createSession(model, options));
        }
    }

    /// Runs the model over the first `length` ids of the workspace; the result lies in its
    /// `states`, row after row.
    FloatBuffer run(Workspace workspace, int length, int dimension) throws OrtException {
        long[] shape = {1, length};
        FloatBuffer states = workspace.states(length * dimension);
        try (OnnxTensor ids = tensor(workspace.ids(length), shape);
                OnnxTensor mask = tensor(workspace.ones(length), shape);
                OnnxTensor types = tensor(workspace.zeros(length), shape);
                OnnxTensor result =
                        OnnxTensor.createTensor(
                                environment, states, new long[] {1, length, dimension});
                OrtSession.Result _ =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types),
                                Set.of(),
                                Map.of(output, result))) {
            return states;
        }
    }

    private OnnxTensor tensor(java.nio.LongBuffer values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, values, shape);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder does not close", e);
        }
    }
}
