package io.zhiwen.ask.measure;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A set of the evaluation data, its documents cut into passages of whole sentences.
///
/// @param documents their names in the set; the chunks carry titles, as the product's do
record EvalSet(
        String name,
        List<StoredChunk> chunks,
        Map<DocumentId, String> documents,
        List<Query> queries) {

    /// About this many tokens a passage, as the product's own chunker aims for.
    private static final double TOKENS = 300;

    private static final KnowledgeBaseId BASE = new KnowledgeBaseId(new java.util.UUID(0, 1));

    /// @param relevant names of the documents that hold the answer; empty when none does
    record Query(String id, String text, Set<String> relevant) {}

    /// @param limit queries after a fixed shuffle; those without an answer in the set are among
    /// them, and count for the calibration only
    static EvalSet load(Path folder, int limit) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<StoredChunk> chunks = new ArrayList<>();
        Map<DocumentId, String> documents = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("corpus.jsonl"))) {
            JsonNode node = json.readTree(line);
            DocumentId document = DocumentId.random();
            documents.put(document, node.get("id").asString());
            addChunks(
                    document,
                    node.get("title").asString().strip(),
                    node.get("text").asString(),
                    chunks);
        }
        Map<String, Set<String>> relevant = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("qrels.tsv"))) {
            String[] cells = line.split("\t");
            if (cells.length == 3 && cells[2].equals("1")) {
                relevant.computeIfAbsent(cells[0], _ -> new HashSet<>()).add(cells[1]);
            }
        }
        List<Query> queries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
            JsonNode node = json.readTree(line);
            String id = node.get("id").asString();
            Set<String> answers =
                    node.get("answerable").asBoolean()
                            ? relevant.getOrDefault(id, Set.of())
                            : Set.of();
            queries.add(new Query(id, node.get("text").asString(), answers));
        }
        Collections.shuffle(queries, new Random(7));
        return new EvalSet(
                folder.getFileName().toString(),
                List.copyOf(chunks),
                Map.copyOf(documents),
                List.copyOf(queries.subList(0, Math.min(limit, queries.size()))));
    }

    static KnowledgeBaseId base() {
        return BASE;
    }

    private static void addChunks(
            DocumentId document, String title, String text, List<StoredChunk> chunks) {
        int ordinal = 0;
        for (Span span : passages(text)) {
            String passage = span.of(text);
            chunks.add(
                    new StoredChunk(
                            chunks.size() + 1L,
                            BASE,
                            document,
                            1,
                            title.isEmpty() ? "document" : title,
                            new Chunk(
                                    ordinal++,
                                    passage,
                                    title.isEmpty() ? List.of() : List.of(title),
                                    null,
                                    null,
                                    span,
                                    span,
                                    (int) weight(passage),
                                    Language.of(passage))));
        }
    }

    private static List<Span> passages(String text) {
        List<Span> spans = new ArrayList<>();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int start = 0;
        int end = 0;
        for (int next = sentences.next(); next != BreakIterator.DONE; next = sentences.next()) {
            if (end > start && weight(text.substring(start, next)) > TOKENS) {
                add(text, start, end, spans);
                start = end;
            }
            end = next;
            while (weight(text.substring(start, end)) > 1.5 * TOKENS) {
                int cut = start + (int) TOKENS;
                add(text, start, cut, spans);
                start = cut;
            }
        }
        add(text, start, text.length(), spans);
        return spans;
    }

    private static void add(String text, int start, int end, List<Span> spans) {
        if (end > start && !text.substring(start, end).isBlank()) {
            spans.add(new Span(start, end));
        }
    }

    /// A Han character is a token, four other characters are.
    private static double weight(String text) {
        long han =
                text.codePoints()
                        .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                        .count();
        return han + (text.length() - han) / 4.0;
    }
}
