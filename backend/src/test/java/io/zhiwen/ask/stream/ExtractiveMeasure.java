package io.zhiwen.ask.stream;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures on the development sets, the gold passage given, how often the gold answer stands in
/// the best sentence and in the text shown. Arguments: the folder of the sets, questions a set,
/// optionally a file for the evidence of every sentence.
final class ExtractiveMeasure {

    private static final List<String> SETS = List.of("squad-dev", "cmrc-dev", "drcd-dev");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExtractiveMeasure() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Path dump = arguments.length > 2 ? Path.of(arguments[2]) : null;
        try (Encoders encoders = BundledEncoders.open();
                BufferedWriter out = dump == null ? null : Files.newBufferedWriter(dump)) {
            for (String set : SETS) {
                measure(folder.resolve(set), set, count, new ExtractiveEngine(encoders), out);
            }
        }
    }

    private static void measure(
            Path set, String name, int count, ExtractiveEngine engine, BufferedWriter out)
            throws IOException {
        Map<String, Passage> passages = passages(set);
        Map<String, String> gold = gold(set);
        List<JsonNode> questions =
                lines(set.resolve("queries.jsonl")).stream()
                        .filter(q -> q.get("answerable").asBoolean())
                        .toList();
        int step = Math.max(1, questions.size() / count);
        int asked = 0;
        int best = 0;
        int three = 0;
        int shown = 0;
        int sentences = 0;
        for (int i = 0; i < questions.size() && asked < count; i += step) {
            JsonNode question = questions.get(i);
            Passage passage = passages.get(gold.get(question.get("id").asString()));
            List<Candidate> candidates =
                    engine.candidates(question.get("text").asString(), List.of(passage));
            if (candidates.isEmpty()) {
                continue;
            }
            List<Candidate> chosen = ExtractiveEngine.chosen(candidates);
            List<String> answers = new ArrayList<>();
            question.get("answers").forEach(a -> answers.add(plain(a.asString())));
            asked++;
            best += holds(candidates.getFirst(), answers) ? 1 : 0;
            three += candidates.stream().limit(3).anyMatch(c -> holds(c, answers)) ? 1 : 0;
            shown += chosen.stream().anyMatch(c -> holds(c, answers)) ? 1 : 0;
            sentences += chosen.size();
            if (out != null) {
                for (Candidate c : candidates) {
                    out.write(
                            name
                                    + "\t"
                                    + question.get("id").asString()
                                    + "\t"
                                    + (holds(c, answers) ? 1 : 0)
                                    + "\t"
                                    + java.util.Arrays.stream(c.evidence())
                                            .mapToObj(v -> String.format(Locale.ROOT, "%.5f", v))
                                            .collect(Collectors.joining("\t"))
                                    + "\n");
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %d questions: best sentence %.3f, best three %.3f, shown %.3f in %.2f"
                        + " sentences%n",
                name,
                asked,
                best / (double) asked,
                three / (double) asked,
                shown / (double) asked,
                sentences / (double) asked);
    }

    private static boolean holds(Candidate candidate, List<String> answers) {
        String text = plain(candidate.unit().text());
        return answers.stream().anyMatch(text::contains);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Punct}，。、；：]+", "");
    }

    static Map<String, Passage> passages(Path set) throws IOException {
        Map<String, Passage> passages = new HashMap<>();
        for (JsonNode line : lines(set.resolve("corpus.jsonl"))) {
            String text = line.get("text").asString();
            passages.put(line.get("id").asString(), passage(text, line.get("title").asString()));
        }
        return passages;
    }

    static Passage passage(String text, String name) {
        Span span = new Span(0, text.length());
        Chunk chunk = new Chunk(0, text, List.of(), null, null, span, span, 1, Language.of(text));
        return new Passage(
                new StoredChunk(1, KnowledgeBaseId.random(), DocumentId.random(), 1, name, chunk),
                1,
                1);
    }

    private static Map<String, String> gold(Path set) throws IOException {
        Map<String, String> gold = new HashMap<>();
        for (String line : Files.readAllLines(set.resolve("qrels.tsv"))) {
            String[] fields = line.split("\t");
            if (fields[2].equals("1")) {
                gold.putIfAbsent(fields[0], fields[1]);
            }
        }
        return gold;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }
}
