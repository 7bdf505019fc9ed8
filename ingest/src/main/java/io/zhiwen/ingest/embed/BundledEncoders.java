package io.zhiwen.ingest.embed;

import ai.onnxruntime.OrtException;
import io.zhiwen.ingest.embed.LeanGraph.Narrow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Opens the two encoders that come with the product: bge-small-zh-v1.5 and bge-small-en-v1.5 in
/// int8, from the class path, with nothing to download.
public final class BundledEncoders {

    private BundledEncoders() {}

    /// The Chinese model's last layer has a few rows with large values that set the scale for all;
    /// without them its vectors would differ by up to 0.0015 in cosine, so only its last step is
    /// narrowed.
    ///
    /// Loads both at once; about half a second. Each text they are given should be folded as the
    /// search folds it (simplified characters, half width): they were trained on simplified text.
    public static Encoders open() {
        int cores = Runtime.getRuntime().availableProcessors();
        // files embed on a thread a core: as much is left for questions
        Workspaces workspaces = new Workspaces(2 * cores, 512);
        try (ExecutorService loaders = Executors.newThreadPerTaskExecutor(Thread::new)) {
            CompletableFuture<Encoder> chinese =
                    CompletableFuture.supplyAsync(
                            () -> load("bge-small-zh-v1.5", 512, Narrow.LAST_STEP, workspaces),
                            loaders);
            CompletableFuture<Encoder> english =
                    CompletableFuture.supplyAsync(
                            () -> load("bge-small-en-v1.5", 384, Narrow.FROM_QUERIES, workspaces),
                            loaders);
            return new Encoders(chinese.join(), english.join());
        } catch (CompletionException e) {
            throw new IllegalStateException("the bundled encoders do not load", e.getCause());
        }
    }

    private static Encoder load(String name, int dimension, Narrow narrow, Workspaces workspaces) {
        try {
            byte[] model = resource(name + "-q.onnx").readAllBytes();
            WordPiece tokenizer;
            try (InputStream json = resource(name + "-q-tokenizer.json")) {
                tokenizer = WordPiece.read(json);
            }
            EmbeddingSpace space = new EmbeddingSpace(name + "-int8", sha256(model), dimension);
            return new OnnxEncoder(
                    space, tokenizer, OnnxModel.load(LeanGraph.of(model, narrow)), workspaces);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take " + name, e);
        }
    }

    static InputStream resource(String name) throws IOException {
        InputStream found = BundledEncoders.class.getResourceAsStream("/" + name);
        if (found == null) {
            throw new FileNotFoundException(name + " is not on the class path");
        }
        return found;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
