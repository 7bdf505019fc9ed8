package io.zhiwen.ingest.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;

/// A lean BERT encoder in ONNX Runtime, one text a run on the caller's own thread. Batches are no
/// gain for int8 weights and change the vectors: the quantisation of a text then depends on its
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

    /// @param model with the input `rows`, in a direct buffer
    static OnnxModel load(ByteBuffer model) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new OnnxModel(environment, environment.createSession(model, options));
        }
    }

    /// Runs the model over the first `length` ids of the workspace and gives the states of `count`
    /// places from `first` on; they lie in the workspace, row after row.
    FloatBuffer run(Workspace workspace, int length, int first, int count, int dimension)
            throws OrtException {
        long[] shape = {1, length};
        FloatBuffer states = workspace.states(count * dimension);
        try (OnnxTensor ids = tensor(workspace.ids(length), shape);
                OnnxTensor types = tensor(workspace.zeros(length), shape);
                OnnxTensor rows = tensor(workspace.places(first, count), new long[] {count});
                OnnxTensor result =
                        OnnxTensor.createTensor(
                                environment, states, new long[] {1, count, dimension});
                OrtSession.Result _ =
                        session.run(
                                Map.of(
                                        "input_ids",
                                        ids,
                                        "token_type_ids",
                                        types,
                                        LeanGraph.ROWS,
                                        rows),
                                Set.of(),
                                Map.of(output, result))) {
            return states;
        }
    }

    private OnnxTensor tensor(LongBuffer values, long[] shape) throws OrtException {
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
