package io.zhiwen.evaluate.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder of questions whose answers stand word for word in one of its documents.
///
/// @param name of the folder
/// @param documents in the order of the file
record AnsweredSet(String name, List<Document> documents, List<Question> questions) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Any fixed number: the same questions are taken each time.
    private static final long SHUFFLE = 7;

    record Document(String id, String title, String text) {}

    /// @param answers alternatives, each as it stands in the document
    record Question(String id, String text, List<String> answers, Document document) {}

    /// @param limit questions taken after a fixed shuffle
    static AnsweredSet read(Path folder, int limit) throws IOException {
        Map<String, Document> documents = new HashMap<>();
        List<Document> inOrder = new ArrayList<>();
        for (JsonNode node : lines(folder.resolve("corpus.jsonl"))) {
            var document =
                    new Document(
                            node.get("id").asString(),
                            node.path("title").asString("").strip(),
                            node.get("text").asString());
            documents.put(document.id(), document);
            inOrder.add(document);
        }
        Map<String, List<Document>> holders = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("qrels.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 3 && cells[2].strip().equals("1")) {
                holders.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                        .add(documents.get(cells[1]));
            }
        }
        List<Question> questions = new ArrayList<>();
        for (JsonNode node : lines(folder.resolve("queries.jsonl"))) {
            if (!node.path("answerable").asBoolean(true)) {
                continue;
            }
            List<String> answers = new ArrayList<>();
            node.path("answers").forEach(answer -> answers.add(answer.asString().strip()));
            String id = node.get("id").asString();
            holders.getOrDefault(id, List.of()).stream()
                    .filter(one -> answers.stream().anyMatch(one.text()::contains))
                    .findFirst()
                    .ifPresent(
                            document ->
                                    questions.add(
                                            new Question(
                                                    id,
                                                    node.get("text").asString(),
                                                    answers.stream()
                                                            .filter(document.text()::contains)
                                                            .toList(),
                                                    document)));
        }
        Collections.shuffle(questions, new Random(SHUFFLE));
        return new AnsweredSet(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                List.copyOf(inOrder),
                List.copyOf(questions.subList(0, Math.min(limit, questions.size()))));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .toList();
    }
}
