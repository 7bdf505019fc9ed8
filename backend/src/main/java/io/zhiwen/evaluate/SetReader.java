package io.zhiwen.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a set from its folder: `corpus.jsonl` (`id`, `title`, `text`), `queries.jsonl` (`id`,
/// `text`, `answerable`, perhaps `answers` and `evidence`) and `qrels.tsv` (question, document,
/// relevance; 1
/// holds the answer).
final class SetReader {

    private static final String CORPUS = "corpus.jsonl";
    private static final String QUERIES = "queries.jsonl";
    private static final String JUDGMENTS = "qrels.tsv";

    /// Any fixed number: the same questions are taken each time.
    private static final long SHUFFLE = 7;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SetReader() {}

    /// The folder itself when it is a set, else the sets in it, by name.
    ///
    /// @throws UnusableSet when there is none
    static List<Path> setsIn(Path folder) throws IOException {
        if (Files.exists(folder.resolve(CORPUS))) {
            return List.of(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw UnusableSet.missing(folder);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> sets =
                    inside.filter(one -> Files.exists(one.resolve(CORPUS))).sorted().toList();
            if (sets.isEmpty()) {
                throw UnusableSet.because(folder, "no " + CORPUS + " here or one folder below");
            }
            return sets;
        }
    }

    /// @param limit questions taken after a fixed shuffle
    /// @throws UnusableSet when a file is missing or a line cannot be used
    static EvaluationSet read(Path folder, int limit) throws IOException {
        List<EvaluationSet.Document> documents = documents(folder.resolve(CORPUS));
        Set<String> known = new HashSet<>();
        documents.forEach(document -> known.add(document.id()));
        Map<String, Set<String>> relevant = judgments(folder.resolve(JUDGMENTS), known);
        List<EvaluationSet.Question> questions = questions(folder.resolve(QUERIES), relevant);
        Collections.shuffle(questions, new Random(SHUFFLE));
        return new EvaluationSet(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                documents,
                questions.subList(0, Math.min(limit, questions.size())));
    }

    private static List<EvaluationSet.Document> documents(Path file) throws IOException {
        List<EvaluationSet.Document> documents = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode node = node(file, i + 1, lines.get(i));
            String id = text(file, i + 1, node, "id");
            if (!seen.add(id)) {
                throw UnusableSet.at(file, i + 1, "the id " + id + " is there twice");
            }
            documents.add(
                    new EvaluationSet.Document(
                            id,
                            node.path("title").asString("").strip(),
                            text(file, i + 1, node, "text")));
        }
        if (documents.isEmpty()) {
            throw UnusableSet.at(file, 1, "no document");
        }
        return documents;
    }

    private static Map<String, Set<String>> judgments(Path file, Set<String> documents)
            throws IOException {
        Map<String, Set<String>> relevant = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            if (cells.length != 3) {
                throw UnusableSet.at(file, i + 1, "not three cells with tabs between them");
            }
            if (!documents.contains(cells[1])) {
                throw UnusableSet.at(file, i + 1, "no document " + cells[1] + " in " + CORPUS);
            }
            if (cells[2].strip().equals("1")) {
                relevant.computeIfAbsent(cells[0], _ -> new HashSet<>()).add(cells[1]);
            }
        }
        return relevant;
    }

    private static List<EvaluationSet.Question> questions(
            Path file, Map<String, Set<String>> relevant) throws IOException {
        List<EvaluationSet.Question> questions = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode node = node(file, i + 1, lines.get(i));
            String id = text(file, i + 1, node, "id");
            boolean answerable = node.path("answerable").asBoolean(true);
            questions.add(
                    new EvaluationSet.Question(
                            id,
                            text(file, i + 1, node, "text"),
                            answerable ? relevant.getOrDefault(id, Set.of()) : Set.of(),
                            answerable,
                            texts(node.path("answers")),
                            texts(node.path("evidence"))));
        }
        if (questions.isEmpty()) {
            throw UnusableSet.at(file, 1, "no question");
        }
        return questions;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asString().strip()));
        return texts;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw UnusableSet.missing(file);
        }
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }

    private static JsonNode node(Path file, int line, String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw UnusableSet.at(file, line, "not a line of JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(Path file, int line, JsonNode node, String field) {
        @Nullable String text = node.path(field).asString(null);
        if (text == null || text.isBlank()) {
            throw UnusableSet.at(file, line, "no " + field);
        }
        return text;
    }
}
