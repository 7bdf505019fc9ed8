package io.zhiwen.ask;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.translate.Translation;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of a search as a trace says them.
final class Described {

    /// How many first candidates a trace names.
    private static final int TRACED = 10;

    private Described() {}

    static Map<String, Object> leg(Leg leg) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("leg", leg.ranking().leg());
        said.put("ms", leg.took().toMillis());
        if (leg.missing() != null) {
            said.put("missing", leg.missing());
        }
        if (leg.kind() == Leg.Kind.KEYWORD) {
            said.put("ceiling", leg.ceiling());
        }
        said.put("speaks-question", leg.speaksQuestion());
        said.put("found", leg.ranking().hits().size());
        said.put("first", hits(leg.ranking().hits()));
        return said;
    }

    static List<Map<String, Object>> hits(List<Hit> hits) {
        return hits.stream()
                .limit(TRACED)
                .map(hit -> Map.<String, Object>of("chunk", hit.chunk(), "score", hit.score()))
                .toList();
    }

    static Map<String, Object> rerank(Pass pass, boolean overBudget) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("reranker", pass.readBy().name());
        if (pass.instead() != null) {
            said.put("instead-because", pass.instead());
        }
        said.put("candidates", pass.reread());
        said.put("scored", pass.scores().size());
        said.put("over-budget", overBudget);
        said.put("scores", pass.scores());
        return said;
    }

    /// Which chunks stand for which others, that say the same in older near-duplicates.
    static List<Map<String, Object>> folded(Map<Long, List<StoredChunk>> folded) {
        return folded.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        one ->
                                Map.<String, Object>of(
                                        "chunk",
                                        one.getKey(),
                                        "instead-of",
                                        one.getValue().stream().map(StoredChunk::id).toList()))
                .toList();
    }

    static List<Map<String, Object>> succeeded(Map<Long, StoredChunk> before) {
        return before.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        one ->
                                Map.<String, Object>of(
                                        "chunk", one.getKey(), "before", one.getValue().id()))
                .toList();
    }

    static Map<String, Object> translation(Translation translation) {
        Map<String, Object> words = new LinkedHashMap<>();
        translation.understood().words().forEach(word -> words.put(word.asked(), word.ways()));
        return Map.of(
                "to",
                translation.to().tag(),
                "by",
                translation.sentence() == null ? "dictionary" : "model",
                "text",
                translation.text(),
                "words",
                words);
    }

    static Map<String, Object> passage(Passage passage) {
        return Map.of(
                "chunk", passage.source().id(),
                "score", passage.score(),
                "relevance", passage.relevance());
    }
}
