package io.zhiwen.ask.fuse;

import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Ranking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Joins what the legs found by how sure each leg is of it.
///
/// Each leg's scores become shares of belief that sum to 1 (a softmax): a leg whose first hit
/// stands out puts nearly all of its belief there, one that sees many alike spreads it. On the
/// evaluation data a first hit that stands out is right 99 times in 100 in either leg, whatever the
/// other says; so the question decides which leg is trusted, and no set needs its own weights. The
/// sum of both beliefs lets the sure leg speak, their geometric mean rewards what both found. The
/// numbers were chosen over all sets together, see backend/docs/retrieval.md.
public final class Fusion {

    /// How fast belief falls with the distance from the best score, as a share of it.
    static final double KEYWORD_SHARPNESS = 8;

    /// How fast belief falls with the distance from the best cosine.
    static final double VECTOR_SHARPNESS = 30;

    /// What the words' belief weighs alone, and the vectors'.
    static final double WORDS = 0.65;

    static final double MEANING = 1 - WORDS;

    /// What being found by both weighs.
    static final double AGREEMENT = 1;

    private Fusion() {}

    public static Fused fuse(List<Leg> legs) {
        Leg words = strongest(legs, Leg.Kind.KEYWORD, true);
        Leg meaning = spoken(legs);
        if (meaning == null) {
            meaning = strongest(legs, Leg.Kind.VECTOR, false);
        }
        Set<Long> chunks = new TreeSet<>();
        addChunks(words, chunks);
        addChunks(meaning, chunks);
        if (chunks.isEmpty()) {
            return new Fused(new Ranking("fused", List.of()), Map.of());
        }
        Map<Long, Double> bm25 = scores(words, chunks, 0);
        Map<Long, Double> cosines = scores(meaning, chunks, least(meaning));
        double best = bm25.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Map<Long, Double> beliefs =
                beliefs(
                        words == null
                                ? null
                                : softmax(bm25, KEYWORD_SHARPNESS / Math.max(best, 1e-9)),
                        meaning == null ? null : softmax(cosines, VECTOR_SHARPNESS),
                        chunks);
        return ranked(words, meaning, bm25, cosines, beliefs);
    }

    /// What was found by meaning in the question's language: by one leg mostly, by several where
    /// bases have spaces of their own. A chunk is searched in one space alone, and all cosines are
    /// on one scale.
    private static @Nullable Leg spoken(List<Leg> legs) {
        List<Leg> spoken =
                legs.stream()
                        .filter(leg -> leg.kind() == Leg.Kind.VECTOR && leg.speaksQuestion())
                        .filter(leg -> !leg.ranking().hits().isEmpty())
                        .toList();
        if (spoken.size() < 2) {
            return spoken.isEmpty() ? null : spoken.getFirst();
        }
        List<Hit> hits =
                spoken.stream()
                        .flatMap(leg -> leg.ranking().hits().stream())
                        .sorted(Hit.BEST_FIRST)
                        .toList();
        Duration took = spoken.stream().map(Leg::took).max(Duration::compareTo).orElseThrow();
        return new Leg(Leg.Kind.VECTOR, true, new Ranking("vectors", hits), 1, took, null);
    }

    /// A leg without hits says nothing, not that all are alike.
    private static @Nullable Leg strongest(List<Leg> legs, Leg.Kind kind, boolean speaksQuestion) {
        for (Leg leg : legs) {
            if (leg.kind() == kind
                    && leg.speaksQuestion() == speaksQuestion
                    && !leg.ranking().hits().isEmpty()) {
                return leg;
            }
        }
        return null;
    }

    private static void addChunks(@Nullable Leg leg, Set<Long> chunks) {
        if (leg != null) {
            leg.ranking().hits().forEach(hit -> chunks.add(hit.chunk()));
        }
    }

    private static double least(@Nullable Leg leg) {
        return leg == null ? 0 : leg.ranking().hits().getLast().score();
    }

    private static Map<Long, Double> scores(
            @Nullable Leg leg, Set<Long> chunks, double whereMissing) {
        Map<Long, Double> scores = new LinkedHashMap<>();
        chunks.forEach(chunk -> scores.put(chunk, whereMissing));
        if (leg != null) {
            leg.ranking().hits().forEach(hit -> scores.put(hit.chunk(), hit.score()));
        }
        return scores;
    }

    static Map<Long, Double> softmax(Map<Long, Double> scores, double sharpness) {
        double best = scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Map<Long, Double> shares = new LinkedHashMap<>();
        double sum = 0;
        for (Map.Entry<Long, Double> score : scores.entrySet()) {
            double share = Math.exp(sharpness * (score.getValue() - best));
            shares.put(score.getKey(), share);
            sum += share;
        }
        double all = sum;
        shares.replaceAll((_, share) -> share / all);
        return shares;
    }

    private static Map<Long, Double> beliefs(
            @Nullable Map<Long, Double> words,
            @Nullable Map<Long, Double> meaning,
            Set<Long> chunks) {
        Map<Long, Double> beliefs = new HashMap<>();
        double sum = 0;
        for (long chunk : chunks) {
            double belief;
            if (words == null || meaning == null) {
                Map<Long, Double> only = words != null ? words : meaning;
                belief = only == null ? 0 : only.getOrDefault(chunk, 0.0);
            } else {
                double word = words.getOrDefault(chunk, 0.0);
                double sense = meaning.getOrDefault(chunk, 0.0);
                belief = WORDS * word + MEANING * sense + AGREEMENT * Math.sqrt(word * sense);
            }
            beliefs.put(chunk, belief);
            sum += belief;
        }
        double all = sum;
        beliefs.replaceAll((_, belief) -> belief / all);
        return beliefs;
    }

    private static Fused ranked(
            @Nullable Leg words,
            @Nullable Leg meaning,
            Map<Long, Double> bm25,
            Map<Long, Double> cosines,
            Map<Long, Double> beliefs) {
        Set<Long> ownCosines = new TreeSet<>();
        boolean spoken = meaning != null && meaning.speaksQuestion();
        if (spoken) {
            addChunks(meaning, ownCosines);
        }
        double ceiling = words == null || words.ceiling() <= 0 ? 1 : words.ceiling();
        List<Hit> hits = new ArrayList<>();
        Map<Long, Fused.Signals> signals = new HashMap<>();
        beliefs.forEach(
                (chunk, belief) -> {
                    hits.add(new Hit(chunk, belief));
                    signals.put(
                            chunk,
                            new Fused.Signals(
                                    Math.min(1, bm25.getOrDefault(chunk, 0.0) / ceiling),
                                    spoken ? cosines.getOrDefault(chunk, 0.0) : 0,
                                    ownCosines.contains(chunk),
                                    belief));
                });
        hits.sort(Hit.BEST_FIRST);
        return new Fused(new Ranking("fused", hits), signals);
    }
}
