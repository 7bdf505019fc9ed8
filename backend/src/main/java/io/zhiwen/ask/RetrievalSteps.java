package io.zhiwen.ask;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each step of one search made, whole: for those who want to know why a passage was found or
/// was not.
///
/// @param live the candidates that may be shown, by id; one that is missing here is deleted,
/// replaced or elsewhere
/// @param folded passages that say the same as one of a newer near-duplicate, by the id of that
/// @param loaded ids that were carried on after the fusion, best first
/// @param reread how many of the first of them the reranker was given
/// @param readBy who gave the scores: not what the profile wants where a server failed
/// @param scores of the reranker
/// @param reordered after the reranking, what supersedes others in front of them
/// @param before passages that moved up for that, by id, each with the one it is in front of
/// @param ordered after what says the same as a better one was put last
/// @param returned the first of them
/// @param millis of each step
public record RetrievalSteps(
        RetrievalProfile profile,
        RetrievalProfile.RerankerKind readBy,
        List<Leg> legs,
        Fused fused,
        Map<Long, StoredChunk> live,
        Map<Long, List<StoredChunk>> folded,
        List<Long> loaded,
        int reread,
        Map<Long, Double> scores,
        boolean overBudget,
        List<Passage> reordered,
        Map<Long, StoredChunk> before,
        List<Passage> ordered,
        List<Passage> returned,
        Map<String, Double> millis) {

    public RetrievalSteps {
        legs = List.copyOf(legs);
        live = Map.copyOf(live);
        folded = Map.copyOf(folded);
        loaded = List.copyOf(loaded);
        scores = Map.copyOf(scores);
        reordered = List.copyOf(reordered);
        before = Map.copyOf(before);
        ordered = List.copyOf(ordered);
        returned = List.copyOf(returned);
        millis = new LinkedHashMap<>(millis);
    }
}
