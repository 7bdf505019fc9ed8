package io.zhiwen.ask.retrieve;

import java.util.List;

/// Hits, best first, each chunk once.
///
/// @param leg what made it: `keyword`, `vector:<model>`, the same after `translated:`, `fused`,
/// `reranked`
public record Ranking(String leg, List<Hit> hits) {

    public Ranking {
        hits = List.copyOf(hits);
    }
}
