package io.zhiwen.ask;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Ranking;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a question found when it was read one way: as it was asked, or translated.
///
/// @param candidates in fused order, live and in reach
/// @param folded those that are not among the candidates because another says the same, by its id
/// @param reread how many of the first of them the reranker was given
/// @param readBy who gave the scores
/// @param instead why that is not who the profile names; null when it is
/// @param scores of the reranker
/// @param passages best first
record Pass(
        Fused fused,
        List<StoredChunk> candidates,
        Map<Long, List<StoredChunk>> folded,
        int reread,
        RerankerKind readBy,
        @Nullable String instead,
        Map<Long, Double> scores,
        List<Passage> passages) {

    /// What a translated passage's relevance counts against one in the question's own language: it
    /// is known less well, and a reader who has both rather reads the other.
    private static final double FOREIGN = 0.5;

    /// The passages, each with those it stands for.
    List<Passage> standing() {
        return passages.stream()
                .map(one -> one.standingFor(folded.getOrDefault(one.source().id(), List.of())))
                .toList();
    }

    /// Both, each in its own order; which of two comes first is decided by how relevant they are,
    /// the one thing that compares between languages. What both found stands where it stands best.
    Pass joined(Pass translated) {
        List<StoredChunk> all = new ArrayList<>(candidates);
        translated.candidates.stream().filter(one -> !all.contains(one)).forEach(all::add);
        Map<Long, Double> both = new HashMap<>(translated.scores);
        both.putAll(scores);
        Map<Long, List<StoredChunk>> behind = new HashMap<>(translated.folded);
        behind.putAll(folded);
        return new Pass(
                joined(fused, translated.fused),
                all,
                behind,
                reread + translated.reread,
                readBy,
                instead,
                both,
                merged(passages, translated.passages));
    }

    private static Fused joined(Fused own, Fused translated) {
        Map<Long, Fused.Signals> signals = new HashMap<>(translated.signals());
        signals.putAll(own.signals());
        List<Hit> hits = new ArrayList<>();
        signals.forEach((chunk, said) -> hits.add(new Hit(chunk, said.belief())));
        hits.sort(Hit.BEST_FIRST);
        return new Fused(new Ranking(own.ranking().leg(), hits), signals);
    }

    private static List<Passage> merged(List<Passage> own, List<Passage> translated) {
        List<Passage> merged = new ArrayList<>();
        Set<Long> placed = new HashSet<>();
        double highest = Double.POSITIVE_INFINITY;
        int i = 0;
        int j = 0;
        while (i < own.size() || j < translated.size()) {
            boolean first =
                    j == translated.size()
                            || (i < own.size()
                                    && own.get(i).relevance()
                                            >= FOREIGN * translated.get(j).relevance());
            Passage next = first ? own.get(i++) : translated.get(j++);
            if (placed.add(next.source().id())) {
                highest = Math.min(highest, next.score());
                merged.add(new Passage(next.source(), highest, next.relevance()));
            }
        }
        return List.copyOf(merged);
    }
}
