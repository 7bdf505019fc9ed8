package io.zhiwen.ask.stream;

import io.zhiwen.account.Scopes;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.evaluate.CachedEncoder;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the questions of the development sets, answerable and not, end to end: retrieval, then the
/// extractive engine. Writes one line a question, from which the threshold of refusal is chosen.
/// Arguments: folder of the sets, questions of each kind a set, cache folder, output file, sets.
final class RefusalMeasure {

    private static final KnowledgeBaseId BASE = KnowledgeBaseId.random();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RefusalMeasure() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Encoders bundled = BundledEncoders.open();
        try (Encoder chinese = new CachedEncoder(bundled.chinese(), Path.of(arguments[2]));
                Encoder english = new CachedEncoder(bundled.english(), Path.of(arguments[2]));
                PrintStream out = new PrintStream(arguments[3])) {
            for (int i = 4; i < arguments.length; i++) {
                run(
                        folder.resolve(arguments[i]),
                        count,
                        new Encoders(chinese, english),
                        new ExtractiveEngine(bundled),
                        out);
            }
        }
    }

    private static void run(
            Path set, int count, Encoders encoders, ExtractiveEngine engine, PrintStream out)
            throws IOException {
        Map<Long, StoredChunk> chunks = new HashMap<>();
        for (JsonNode line : lines(set.resolve("corpus.jsonl"))) {
            String text = line.get("text").asString();
            Span span = new Span(0, text.length());
            String title = line.get("title").asString().strip();
            Chunk chunk =
                    new Chunk(
                            0,
                            text,
                            title.isEmpty() ? List.of() : List.of(title),
                            null,
                            null,
                            span,
                            span,
                            1,
                            Language.of(text));
            long id = chunks.size() + 1L;
            chunks.put(
                    id,
                    new StoredChunk(
                            id, BASE, DocumentId.random(), 1, line.get("id").asString(), chunk));
        }
        Path index = Files.createTempDirectory("refusal");
        try (LuceneIndex lucene = LuceneIndex.open(index)) {
            lucene.apply(
                    chunks.values().stream().map(chunk -> indexed(chunk, encoders)).toList(), 1);
            HybridRetrieval.LiveChunks store =
                    (ids, _) -> ids.stream().map(chunks::get).filter(Objects::nonNull).toList();
            RetrievalProfile usual = RetrievalProfile.DEFAULT;
            RetrievalProfile patient =
                    new RetrievalProfile(
                            usual.candidates(),
                            100,
                            Duration.ofMinutes(1),
                            usual.reranker(),
                            usual.reranked(),
                            Duration.ofMinutes(1),
                            DataSize.ofMegabytes(64));
            HybridRetrieval retrieval =
                    new HybridRetrieval(lucene, lucene, encoders, store, patient);
            for (JsonNode query : chosen(set, count)) {
                ask(set.getFileName().toString(), query, retrieval, engine, out);
            }
            retrieval.destroy();
        }
    }

    private static IndexedDocument indexed(StoredChunk chunk, Encoders encoders) {
        Encoder encoder = encoders.of(chunk.chunk().language());
        float[] vector = encoder.embed(SearchText.fold(chunk.chunk().embeddedText()));
        return new IndexedDocument(
                chunk.document(),
                List.of(new IndexedDocument.Entry(chunk, encoder.space(), vector)));
    }

    private static void ask(
            String set,
            JsonNode query,
            HybridRetrieval retrieval,
            ExtractiveEngine engine,
            PrintStream out) {
        String text = query.get("text").asString();
        Question question = new Question(text, text, Language.of(text), Scopes.of(BASE));
        List<Passage> passages = retrieval.find(question, 8, new Trace.Recorder());
        List<Candidate> candidates = engine.candidates(text, passages);
        List<String> answers = new ArrayList<>();
        query.get("answers").forEach(a -> answers.add(plain(a.asString())));
        Set<String> terms = Terms.ofQuestion(SearchText.fold(text));
        StringBuilder all = new StringBuilder();
        passages.stream()
                .limit(3)
                .forEach(
                        p ->
                                all.append(SearchText.fold(p.source().chunk().embeddedText()))
                                        .append('\n'));
        Set<String> found = Terms.of(all.toString());
        long has = terms.stream().filter(t -> Terms.has(found, all.toString(), t)).count();
        double relevance = passages.stream().mapToDouble(Passage::relevance).max().orElse(0);
        StringBuilder line = new StringBuilder();
        line.append(set).append('\t').append(query.get("answerable").asBoolean() ? 1 : 0);
        add(line, relevance);
        add(line, terms.isEmpty() ? 1 : has / (double) terms.size());
        add(line, passages.stream().skip(1).mapToDouble(Passage::relevance).max().orElse(0));
        for (Candidate candidate : candidates.subList(0, Math.min(30, candidates.size()))) {
            Passage passage = passages.get(candidate.passage() - 1);
            line.append('\t').append(holds(candidate, answers) ? 1 : 0);
            for (double value : candidate.evidence()) {
                add(line, value);
            }
            add(line, passage.relevance());
            add(line, passage.score() - passages.getFirst().score());
            line.append('\t').append(candidate.passage());
        }
        boolean inFirst =
                passages.stream().limit(6).anyMatch(p -> in(p.source().chunk().text(), answers));
        boolean shown =
                !candidates.isEmpty()
                        && ExtractiveEngine.chosen(candidates).stream()
                                .anyMatch(c -> holds(c, answers));
        line.append('\t').append(inFirst ? 1 : 0).append('\t').append(shown ? 1 : 0);
        line.append('\t').append(text.replace('\t', ' '));
        out.println(line);
        out.flush();
    }

    private static void add(StringBuilder line, double value) {
        line.append('\t').append(String.format(Locale.ROOT, "%.4f", value));
    }

    private static boolean holds(Candidate candidate, List<String> answers) {
        return in(candidate.unit().text(), answers);
    }

    private static boolean in(String text, List<String> answers) {
        String plain = plain(text);
        return answers.stream().anyMatch(plain::contains);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Punct}，。、；：]+", "");
    }

    private static List<JsonNode> chosen(Path set, int count) throws IOException {
        List<JsonNode> all = new ArrayList<>(lines(set.resolve("queries.jsonl")));
        Collections.shuffle(all, new Random(11));
        List<JsonNode> chosen = new ArrayList<>();
        for (boolean answerable : new boolean[] {true, false}) {
            all.stream()
                    .filter(q -> q.get("answerable").asBoolean() == answerable)
                    .limit(count)
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }
}
