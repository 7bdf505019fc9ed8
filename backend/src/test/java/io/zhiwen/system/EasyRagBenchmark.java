package io.zhiwen.system;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.loader.FileSystemDocumentLoader;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The other half of `./run bench ingest`: LangChain4j's easy RAG as it comes (its Tika parser in
/// this process, segments of 300 tokens, bge-small-en-v1.5 quantised, a store in memory) on the
/// files that Zhiwen has just made findable, and how many times as long it takes.
///
/// Arguments: what `IngestBenchmark` wrote, a line a file: kind, amount, Zhiwen's seconds, path.
final class EasyRagBenchmark {

    /// Easy RAG's own choice, and what Zhiwen embeds English with.
    private static final EmbeddingModel MODEL = new BgeSmallEnV15QuantizedEmbeddingModel();

    private EasyRagBenchmark() {}

    private record Load(String amount, double seconds, List<Path> files) {}

    private record Ingested(double seconds, int segments) {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Load> loads = loads(Path.of(arguments[0]));
        ingest(List.of(Files.writeString(Files.createTempFile("warm", ".txt"), "Warm up.")));
        System.out.printf(
                "%n| file | amount | Zhiwen, s | LangChain4j easy RAG, s | its segments | times as"
                        + " fast |%n|---|---|---|---|---|---|%n");
        double ours = 0;
        double theirs = 0;
        for (var load : loads.entrySet()) {
            Ingested easy = ingest(load.getValue().files());
            ours += load.getValue().seconds();
            theirs += easy.seconds();
            print(load.getKey(), load.getValue().amount(), load.getValue().seconds(), easy);
        }
        print("all", "", ours, new Ingested(theirs, 0));
    }

    private static void print(String kind, String amount, double ours, Ingested easy) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %s | %.2f |%n",
                kind,
                amount,
                ours,
                easy.seconds(),
                easy.segments() == 0 ? "" : "%,d".formatted(easy.segments()),
                easy.seconds() / ours);
    }

    private static Ingested ingest(List<Path> files) {
        var segments = new AtomicInteger();
        var ingestor =
                EmbeddingStoreIngestor.builder()
                        .embeddingModel(MODEL)
                        .embeddingStore(new InMemoryEmbeddingStore<TextSegment>())
                        .textSegmentTransformer(
                                segment -> {
                                    segments.incrementAndGet();
                                    return segment;
                                })
                        .build();
        long since = System.nanoTime();
        List<Document> documents =
                files.stream().map(FileSystemDocumentLoader::loadDocument).toList();
        ingestor.ingest(documents);
        return new Ingested((System.nanoTime() - since) / 1e9, segments.get());
    }

    private static Map<String, Load> loads(Path figures) throws IOException {
        Map<String, Load> loads = new LinkedHashMap<>();
        for (String line : Files.readAllLines(figures)) {
            String[] cells = line.split("\t", -1);
            loads.computeIfAbsent(
                            cells[0],
                            _ ->
                                    new Load(
                                            cells[1],
                                            Double.parseDouble(cells[2]),
                                            new ArrayList<>()))
                    .files()
                    .add(Path.of(cells[3]));
        }
        return loads;
    }
}
