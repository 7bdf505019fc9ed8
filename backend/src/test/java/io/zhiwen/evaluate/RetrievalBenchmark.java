package io.zhiwen.evaluate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `./run bench retrieval DIR`: how long a question takes in each stage of the retrieval, without
/// and with reading again, beside LangChain4j's own way (`EmbeddingStoreContentRetriever` over a
/// store in memory, the model of the question's language, the same passages). Each round asks every
/// question of each in turn, so that what else the machine does slows them alike.
///
/// Arguments: an evaluation set, then how many questions of it (200).
final class RetrievalBenchmark {

    private static final int PASSAGES = 20;
    private static final int ROUNDS = 3;
    private static final String STOCK = "LangChain4j, vectors only";
    private static final String PLAIN = "words and vectors";
    private static final String READ = "and the first read again";
    private static final List<String> STAGES = List.of("retrieve", "fuse", "load", "rerank");

    private final HybridRetrieval plain;
    private final HybridRetrieval whole;
    private final EmbeddingStoreContentRetriever stock;

    private RetrievalBenchmark(ThrowAwayBase base, Encoders encoders, List<TextSegment> passages) {
        RetrievalProfile profile = Profiles.patient(RetrievalProfile.DEFAULT);
        this.plain = retrieval(base, encoders, profile.withoutRerank());
        this.whole = retrieval(base, encoders, profile);
        EmbeddingModel model = model(Language.of(passages.getFirst().text()));
        var store = new InMemoryEmbeddingStore<TextSegment>();
        store.addAll(model.embedAll(passages).content(), passages);
        this.stock =
                EmbeddingStoreContentRetriever.builder()
                        .embeddingModel(model)
                        .embeddingStore(store)
                        .maxResults(PASSAGES)
                        .build();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        }
        int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        EvaluationSet set = SetReader.read(Path.of(arguments[0]), questions);
        Encoders encoders = BundledEncoders.open();
        try (ThrowAwayBase base = ThrowAwayBase.of(set, encoders)) {
            List<TextSegment> passages = new ArrayList<>();
            for (EvaluationSet.Document document : set.documents()) {
                base.chunksOf(document.id())
                        .forEach(
                                one ->
                                        passages.add(
                                                TextSegment.from(
                                                        SearchText.fold(
                                                                one.chunk().embeddedText()))));
            }
            new RetrievalBenchmark(base, encoders, passages).run(set, passages.size());
        }
        System.exit(0);
    }

    private void run(EvaluationSet set, int passages) {
        set.questions().stream().limit(50).forEach(asked -> ask(asked, new LinkedHashMap<>()));
        System.out.printf(
                Locale.ROOT,
                "%s: %,d passages, %d questions, %d rounds; milliseconds, one question after another%n%n"
                        + "| | p50 | p95 | times as long as LangChain4j, p50 of each round |%n"
                        + "|---|---|---|---|%n",
                set.name(),
                passages,
                set.questions().size(),
                ROUNDS);
        Map<String, Times> all = new LinkedHashMap<>();
        Map<String, List<String>> ratios = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Times> times = new LinkedHashMap<>();
            set.questions().forEach(asked -> ask(asked, times));
            for (String way : List.of(PLAIN, READ)) {
                double ratio = times.get(way).percentile(0.5) / times.get(STOCK).percentile(0.5);
                ratios.computeIfAbsent(way, _ -> new ArrayList<>())
                        .add(String.format(Locale.ROOT, "%.2f", ratio));
            }
            times.forEach((name, taken) -> times(all, name).addAll(taken));
        }
        all.forEach(
                (name, times) ->
                        System.out.printf(
                                Locale.ROOT,
                                "| %s | %.1f | %.1f | %s |%n",
                                name,
                                times.percentile(0.5),
                                times.percentile(0.95),
                                String.join(", ", ratios.getOrDefault(name, List.of()))));
    }

    private void ask(EvaluationSet.Question asked, Map<String, Times> times) {
        long since = System.nanoTime();
        stock.retrieve(Query.from(asked.text()));
        times(times, STOCK).addSince(since);
        Question question =
                new Question(
                        asked.text(),
                        asked.text(),
                        Language.of(asked.text()),
                        Scope.ofThrowAway(ThrowAwayBase.ID));
        since = System.nanoTime();
        plain.find(question, PASSAGES, new Trace.Recorder());
        times(times, PLAIN).addSince(since);
        Trace.Recorder trace = new Trace.Recorder();
        since = System.nanoTime();
        whole.find(question, PASSAGES, trace);
        times(times, READ).addSince(since);
        if (trace.done().entries().get("retrieval-ms") instanceof Map<?, ?> laps) {
            for (String stage : STAGES) {
                if (laps.get(stage) instanceof Double ms) {
                    times(times, "of it: " + stage).add(ms);
                }
            }
        }
    }

    private static Times times(Map<String, Times> all, String of) {
        return all.computeIfAbsent(of, _ -> new Times());
    }

    private static HybridRetrieval retrieval(
            ThrowAwayBase base, Encoders encoders, RetrievalProfile profile) {
        return new HybridRetrieval(
                base.index(), base.index(), encoders, base.live(), base.folding(), profile);
    }

    private static EmbeddingModel model(Language language) {
        return language == Language.ZH
                ? new BgeSmallZhV15QuantizedEmbeddingModel()
                : new BgeSmallEnV15QuantizedEmbeddingModel();
    }
}
