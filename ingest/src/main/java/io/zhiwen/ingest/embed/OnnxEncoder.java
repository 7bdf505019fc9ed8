package io.zhiwen.ingest.embed;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// An encoder over one of the bundled models. The vector of a text is the state of `[CLS]`, as the
/// models were trained.
final class OnnxEncoder implements Encoder {

    /// Tokens a text may have beside `[CLS]` and `[SEP]`.
    static final int WINDOW = Workspace.WINDOW - 2;

    private final EmbeddingSpace space;
    private final WordPiece tokenizer;
    private final OnnxModel model;
    private final Workspaces workspaces;

    OnnxEncoder(EmbeddingSpace space, WordPiece tokenizer, OnnxModel model, Workspaces workspaces) {
        this.space = space;
        this.tokenizer = tokenizer;
        this.model = model;
        this.workspaces = workspaces;
    }

    @Override
    public EmbeddingSpace space() {
        return space;
    }

    @Override
    public float[] embed(String text) {
        WordPiece.Tokens tokens = tokenize(text);
        return workspaces.lend(
                workspace -> {
                    float[] vector = new float[space.dimension()];
                    states(workspace, tokens, 0, 1).get(0, vector);
                    normalize(vector, 0, vector.length);
                    return vector;
                });
    }

    @Override
    public TokenVectors embedTokens(String text) {
        WordPiece.Tokens tokens = tokenize(text);
        float[] values = new float[tokens.size() * space.dimension()];
        if (tokens.size() > 0) {
            workspaces.lend(
                    workspace -> states(workspace, tokens, 1, tokens.size()).get(0, values));
        }
        return vectors(tokens, values);
    }

    @Override
    public Embedded embedWithTokens(String text) {
        WordPiece.Tokens tokens = tokenize(text);
        float[] vector = new float[space.dimension()];
        float[] values = new float[tokens.size() * space.dimension()];
        workspaces.lend(
                workspace ->
                        states(workspace, tokens, 0, tokens.size() + 1)
                                .get(0, vector)
                                .get(vector.length, values));
        normalize(vector, 0, vector.length);
        return new Embedded(vector, vectors(tokens, values));
    }

    private TokenVectors vectors(WordPiece.Tokens tokens, float[] values) {
        int dimension = space.dimension();
        for (int row = 0; row < tokens.size(); row++) {
            normalize(values, row * dimension, dimension);
        }
        return new TokenVectors(
                dimension,
                values,
                Arrays.copyOf(tokens.starts(), tokens.size()),
                Arrays.copyOf(tokens.ends(), tokens.size()));
    }

    @Override
    public int countTokens(String text) {
        return tokenizer.tokenize(text).size();
    }

    @Override
    public void close() {
        model.close();
    }

    private WordPiece.Tokens tokenize(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a blank text has no vector");
        }
        return tokenizer.tokenize(text, WINDOW);
    }

    /// The states of `count` places from `first` on; `[CLS]` is place 0.
    private FloatBuffer states(Workspace workspace, WordPiece.Tokens tokens, int first, int count)
            throws ai.onnxruntime.OrtException {
        return model.run(workspace, workspace.fill(tokens), first, count, space.dimension());
    }

    private static void normalize(float[] values, int from, int length) {
        double squares = 0;
        for (int i = from; i < from + length; i++) {
            squares += values[i] * (double) values[i];
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = from; i < from + length; i++) {
            values[i] *= scale;
        }
    }
}
