package io.zhiwen.ask;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.rerank.Folding;
import io.zhiwen.ask.rerank.Succession;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Loads what the fusion put first from the store, which has the last word on what may be shown,
/// folds what says the same, and knows what supersedes what.
record Loading(HybridRetrieval.LiveChunks store, Folding folding, Succession succession) {

    /// Loaded beyond what is asked for: some may be gone, some may be twins.
    private static final int SPARE = 10;

    /// The first candidates that `taken` takes, at least `wanted` where there are so many.
    Folding.Folded first(
            String question, Fused fused, int wanted, Reach reach, Predicate<StoredChunk> taken) {
        List<Hit> hits = fused.ranking().hits();
        for (int most = wanted + SPARE; ; most *= 2) {
            List<StoredChunk> live = live(hits.subList(0, Math.min(most, hits.size())), reach);
            var folded = folding.fold(question, live.stream().filter(taken).toList());
            if (folded.folded().isEmpty()
                    || folded.kept().size() >= wanted
                    || most >= hits.size()) {
                return folded;
            }
        }
    }

    /// Every candidate that may be shown.
    Map<Long, StoredChunk> all(Fused fused, Reach reach) {
        return live(fused.ranking().hits(), reach).stream()
                .collect(Collectors.toMap(StoredChunk::id, Function.identity()));
    }

    private List<StoredChunk> live(List<Hit> hits, Reach reach) {
        return store.live(hits.stream().map(Hit::chunk).toList(), reach);
    }
}
