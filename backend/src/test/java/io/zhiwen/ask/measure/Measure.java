package io.zhiwen.ask.measure;

import io.zhiwen.account.Scopes;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fusion;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.evaluate.CachedEncoder;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/// Measures retrieval on sets of the evaluation data, with the real encoders and a throw-away
/// index, without a database. A document counts as found where its best passage is.
///
/// Arguments: `[--limit N] [--cache DIR] [--signals FILE] SET-FOLDER...`
public final class Measure {

    private static final int PASSAGES = 40;

    private final Encoders encoders;
    private final PrintStream out;

    private Measure(Encoders encoders, PrintStream out) {
        this.encoders = encoders;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        int limit = 150;
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "zhiwen-measure");
        Path signals = null;
        List<Path> sets = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--limit" -> limit = Integer.parseInt(args[++i]);
                case "--cache" -> cache = Path.of(args[++i]);
                case "--signals" -> signals = Path.of(args[++i]);
                default -> sets.add(Path.of(args[i]));
            }
        }
        Encoders bundled = BundledEncoders.open();
        try (Encoder chinese = new CachedEncoder(bundled.chinese(), cache);
                Encoder english = new CachedEncoder(bundled.english(), cache)) {
            Measure measure = new Measure(new Encoders(chinese, english), System.out);
            StringBuilder rows = new StringBuilder();
            for (Path set : sets) {
                measure.run(EvalSet.load(set, limit), rows);
            }
            if (signals != null) {
                Files.writeString(signals, rows, StandardCharsets.UTF_8);
            }
        }
    }

    private void run(EvalSet set, StringBuilder signals) throws IOException {
        Map<Long, StoredChunk> chunks = new HashMap<>();
        set.chunks().forEach(chunk -> chunks.put(chunk.id(), chunk));
        Path folder = Files.createTempDirectory("zhiwen-measure");
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(documents(set), 1);
            Map<String, Scores> table = new LinkedHashMap<>();
            RetrievalProfile profile = patient();
            HybridRetrieval.LiveChunks store =
                    (ids, _) -> ids.stream().map(chunks::get).filter(Objects::nonNull).toList();
            HybridRetrieval whole = new HybridRetrieval(index, index, encoders, store, profile);
            HybridRetrieval plain =
                    new HybridRetrieval(index, index, encoders, store, profile.withoutRerank());
            try (Legs legs = new Legs(index, index, encoders)) {
                for (EvalSet.Query query : set.queries()) {
                    ask(set, chunks, query, legs, plain, whole, table, signals);
                }
            }
            whole.destroy();
            plain.destroy();
            print(set, table);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void ask(
            EvalSet set,
            Map<Long, StoredChunk> chunks,
            EvalSet.Query query,
            Legs legs,
            HybridRetrieval plain,
            HybridRetrieval whole,
            Map<String, Scores> table,
            StringBuilder signals) {
        Question question =
                new Question(
                        query.text(),
                        query.text(),
                        Language.of(query.text()),
                        Scopes.of(EvalSet.base()));
        List<Leg> found = legs.searchAll(question, RetrievalProfile.DEFAULT);
        Trace.Recorder trace = new Trace.Recorder();
        List<Passage> passages = whole.find(question, PASSAGES, trace);
        describe(set, query, Fusion.fuse(found), passages, late(trace.done()), signals);
        if (query.relevant().isEmpty()) {
            return;
        }
        for (Leg leg : found) {
            String name = leg.kind() == Leg.Kind.KEYWORD ? "bm25" : leg.ranking().leg();
            add(table, name, set, chunks, query, ids(leg.ranking().hits()));
        }
        add(table, "rrf", set, chunks, query, rrf(found));
        long since = System.nanoTime();
        List<Passage> unread = plain.find(question, PASSAGES, new Trace.Recorder());
        long took = System.nanoTime() - since;
        add(table, "without rerank", set, chunks, query, passageIds(unread));
        table.get("without rerank").nanos += took;
        add(table, "default", set, chunks, query, passageIds(passages));
    }

    /// The default, but with all the time it wants: figures must not depend on the machine's load.
    private static RetrievalProfile patient() {
        RetrievalProfile profile = RetrievalProfile.DEFAULT;
        return new RetrievalProfile(
                profile.candidates(),
                profile.efSearch(),
                Duration.ofMinutes(1),
                profile.reranker(),
                profile.reranked(),
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(64));
    }

    private List<IndexedDocument> documents(EvalSet set) {
        Map<DocumentId, List<IndexedDocument.Entry>> entries = new LinkedHashMap<>();
        set.chunks().parallelStream()
                .map(
                        chunk -> {
                            Encoder encoder = encoders.of(chunk.chunk().language());
                            String text = SearchText.fold(chunk.chunk().embeddedText());
                            return new IndexedDocument.Entry(
                                    chunk, encoder.space(), encoder.embed(text));
                        })
                .toList()
                .forEach(
                        entry ->
                                entries.computeIfAbsent(
                                                entry.chunk().document(), _ -> new ArrayList<>())
                                        .add(entry));
        return entries.entrySet().stream()
                .map(entry -> new IndexedDocument(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Long> ids(List<Hit> hits) {
        return hits.stream().map(Hit::chunk).toList();
    }

    private static List<Long> passageIds(List<Passage> passages) {
        return passages.stream().map(passage -> passage.source().id()).toList();
    }

    /// Reciprocal rank fusion with k 60 over all legs, the usual way.
    private static List<Long> rrf(List<Leg> legs) {
        Map<Long, Double> sums = new HashMap<>();
        for (Leg leg : legs) {
            List<Hit> hits = leg.ranking().hits();
            for (int rank = 1; rank <= hits.size(); rank++) {
                sums.merge(hits.get(rank - 1).chunk(), 1.0 / (60 + rank), Double::sum);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> new Hit(sum.getKey(), sum.getValue()))
                .sorted(Hit.BEST_FIRST)
                .map(Hit::chunk)
                .toList();
    }

    private static void add(
            Map<String, Scores> table,
            String name,
            EvalSet set,
            Map<Long, StoredChunk> chunks,
            EvalSet.Query query,
            List<Long> found) {
        Set<String> documents = new LinkedHashSet<>();
        found.forEach(id -> documents.add(set.documents().get(chunks.get(id).document())));
        table.computeIfAbsent(name, _ -> new Scores())
                .add(List.copyOf(documents), query.relevant());
    }

    private static Map<?, ?> late(Trace trace) {
        return (Map<?, ?>) ((Map<?, ?>) trace.entries().get("rerank")).get("scores");
    }

    /// One line a passage: what the calibration of the relevance is fitted on.
    private static void describe(
            EvalSet set,
            EvalSet.Query query,
            Fused fused,
            List<Passage> passages,
            Map<?, ?> late,
            StringBuilder signals) {
        for (int rank = 0; rank < Math.min(10, passages.size()); rank++) {
            Passage passage = passages.get(rank);
            Fused.Signals said = fused.signals().get(passage.source().id());
            boolean relevant =
                    query.relevant().contains(set.documents().get(passage.source().document()));
            signals.append(
                    "%s\t%s\t%d\t%b\t%b\t%.5f\t%.5f\t%b\t%.6f\t%s\t%.5f%n"
                            .formatted(
                                    set.name(),
                                    query.id(),
                                    rank + 1,
                                    relevant,
                                    !query.relevant().isEmpty(),
                                    said.keywordShare(),
                                    said.cosine(),
                                    said.foundByMeaning(),
                                    said.belief(),
                                    late.get(passage.source().id()),
                                    passage.relevance()));
        }
    }

    private void print(EvalSet set, Map<String, Scores> table) {
        out.printf("%n%s, %d passages%n", set.name(), set.chunks().size());
        out.println(
                "| ranking | questions | hit@1 | recall@5 | recall@10 | MRR@10 | nDCG@10 | ms |");
        out.println("|---|---|---|---|---|---|---|---|");
        table.forEach((name, scores) -> out.println(scores.row(name)));
    }

    /// Sums over the questions of a set.
    private static final class Scores {

        private int questions;
        private double hit1;
        private double recall5;
        private double recall10;
        private double mrr10;
        private double ndcg10;
        private long nanos;

        void add(List<String> found, Set<String> relevant) {
            questions++;
            double gain = 0;
            int seen5 = 0;
            int seen10 = 0;
            double reciprocal = 0;
            for (int rank = 1; rank <= Math.min(10, found.size()); rank++) {
                if (relevant.contains(found.get(rank - 1))) {
                    gain += discount(rank);
                    seen10++;
                    seen5 += rank <= 5 ? 1 : 0;
                    hit1 += rank == 1 ? 1 : 0;
                    reciprocal = Math.max(reciprocal, 1.0 / rank);
                }
            }
            double ideal = 0;
            for (int rank = 1; rank <= Math.min(10, relevant.size()); rank++) {
                ideal += discount(rank);
            }
            ndcg10 += gain / ideal;
            mrr10 += reciprocal;
            recall5 += seen5 / (double) relevant.size();
            recall10 += seen10 / (double) relevant.size();
        }

        private static double discount(int rank) {
            return Math.log(2) / Math.log(rank + 1);
        }

        String row(String name) {
            double n = questions;
            return "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %s |"
                    .formatted(
                            name,
                            questions,
                            hit1 / n,
                            recall5 / n,
                            recall10 / n,
                            mrr10 / n,
                            ndcg10 / n,
                            nanos == 0 ? "" : "%.1f".formatted(nanos / n / 1e6));
        }
    }
}
