package io.zhiwen.ingest.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.PairList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Any `tokenizer.json`, read by Hugging Face's own library: question and passage become the ids of
/// one input, cut to a length together. Safe for concurrent use.
final class PairTokenizer implements AutoCloseable {

    static {
        // the library would report to its maker where it believes to be on that maker's machines
        System.setProperty("OPT_OUT_TRACKING", "true");
        unpackWhereItMay();
    }

    private final HuggingFaceTokenizer tokenizer;

    private PairTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// The library unpacks its native part into the home folder, which a container may not have.
    private static void unpackWhereItMay() {
        if (Files.isWritable(Path.of(System.getProperty("user.home")))) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("zhiwen-tokenizers");
            System.setProperty("DJL_CACHE_DIR", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param length of each row; what is shorter is filled up
    record Batch(int length, long[] ids, long[] mask, long[] types) {}

    /// The one that stands in the model's folder.
    static PairTokenizer beside(Path model, int mostTokens) throws UnusableModel {
        Path file = model.resolveSibling("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new UnusableModel("there is no file " + file);
        }
        try {
            return new PairTokenizer(
                    HuggingFaceTokenizer.builder()
                            .optTokenizerPath(file)
                            .optAddSpecialTokens(true)
                            .optTruncation(true)
                            .optPadding(true)
                            .optMaxLength(mostTokens)
                            .build());
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new UnusableModel(file + " is no tokenizer that can be read", e);
        }
    }

    Batch read(String question, List<String> passages) {
        PairList<String, String> pairs = new PairList<>();
        passages.forEach(passage -> pairs.add(question, passage));
        Encoding[] rows = tokenizer.batchEncode(pairs);
        int length = rows[0].getIds().length;
        long[] ids = new long[rows.length * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row].getIds(), 0, ids, row * length, length);
            System.arraycopy(rows[row].getAttentionMask(), 0, mask, row * length, length);
            System.arraycopy(rows[row].getTypeIds(), 0, types, row * length, length);
        }
        return new Batch(length, ids, mask, types);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
