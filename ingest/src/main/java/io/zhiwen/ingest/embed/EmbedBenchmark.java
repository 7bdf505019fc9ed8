package io.zhiwen.ingest.embed;

import ai.onnxruntime.OrtException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Measures our encoders beside LangChain4j's in-process models and a bare ONNX Runtime loop on the
/// same texts: several rounds, the three taking turns, medians of the rounds' ratios.
///
/// Arguments: number of texts (default 48), number of rounds (default 7).
public final class EmbedBenchmark {

    private static final PrintStream OUT = System.out;

    private EmbedBenchmark() {}

    public static void main(String[] arguments) throws IOException, OrtException {
        int texts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 48;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        long start = System.nanoTime();
        try (Encoders encoders = BundledEncoders.open()) {
            OUT.printf("both encoders loaded in %.0f ms%n", millisSince(start));
            OUT.printf("%d cores, %d texts, %d rounds%n", cores(), texts, rounds);
            measure(
                    "Chinese",
                    "bge-small-zh-v1.5",
                    encoders.chinese(),
                    new BgeSmallZhV15QuantizedEmbeddingModel(),
                    BenchmarkTexts.chinese(texts),
                    rounds);
            measure(
                    "English",
                    "bge-small-en-v1.5",
                    encoders.english(),
                    new BgeSmallEnV15QuantizedEmbeddingModel(),
                    BenchmarkTexts.english(texts),
                    rounds);
        }
    }

    private static void measure(
            String name,
            String model,
            Encoder ours,
            EmbeddingModel langChain4j,
            List<String> texts,
            int rounds)
            throws IOException, OrtException {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        double[] oursMillis = new double[rounds];
        double[] theirMillis = new double[rounds];
        double[] bareMillis = new double[rounds];
        float[][] vectors = new float[texts.size()][];
        List<Embedding> theirs = List.of();
        try (Callers callers = new Callers();
                BareLoop bare =
                        new BareLoop(resource(model + "-q.onnx"), tokenizer(model), texts)) {
            for (int round = -1; round < rounds; round++) {
                long start = System.nanoTime();
                callers.each(
                        IntStream.range(0, texts.size()),
                        i -> vectors[i] = ours.embed(texts.get(i)));
                double mine = millisSince(start);
                start = System.nanoTime();
                theirs = langChain4j.embedAll(segments).content();
                double other = millisSince(start);
                start = System.nanoTime();
                bare.run(callers);
                double alone = millisSince(start);
                if (round >= 0) { // the first is for warming up
                    oursMillis[round] = mine;
                    theirMillis[round] = other;
                    bareMillis[round] = alone;
                }
            }
        }
        int tokens = texts.stream().mapToInt(ours::countTokens).sum();
        report(name, texts.size(), tokens, oursMillis, theirMillis, bareMillis);
        OUT.printf("  lowest cosine with LangChain4j's vectors  %.5f%n", lowest(vectors, theirs));
    }

    private static void report(
            String name, int texts, int tokens, double[] ours, double[] theirs, double[] bare) {
        OUT.printf("%s, %d tokens a text%n", name, tokens / texts);
        OUT.printf(
                "  ours          %6.1f texts/s %8.0f tokens/s%n",
                rate(texts, ours), rate(tokens, ours));
        OUT.printf("  LangChain4j   %6.1f texts/s%n", rate(texts, theirs));
        OUT.printf("  bare loop     %6.1f texts/s%n", rate(texts, bare));
        OUT.printf("  ours / LangChain4j  %.2f   (at least 1.35 wanted)%n", ratio(theirs, ours));
        OUT.printf("  ours / bare loop    %.2f   (at least 0.95 wanted)%n", ratio(bare, ours));
    }

    private static double rate(int count, double[] millis) {
        return count * 1000 / median(millis);
    }

    private static double ratio(double[] slow, double[] fast) {
        return median(
                IntStream.range(0, slow.length).mapToDouble(i -> slow[i] / fast[i]).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double lowest(float[][] ours, List<Embedding> theirs) {
        double lowest = 1;
        for (int i = 0; i < ours.length; i++) {
            double sum = 0;
            for (int k = 0; k < ours[i].length; k++) {
                sum += ours[i][k] * theirs.get(i).vector()[k];
            }
            lowest = Math.min(lowest, sum);
        }
        return lowest;
    }

    private static WordPiece tokenizer(String model) throws IOException {
        try (InputStream json = BundledEncoders.resource(model + "-q-tokenizer.json")) {
            return WordPiece.read(json);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BundledEncoders.resource(name)) {
            return in.readAllBytes();
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
