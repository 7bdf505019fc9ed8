package io.zhiwen.ask.stream;

import io.zhiwen.ask.rerank.Passage;
import java.util.List;

/// Whether the best sentence found is an answer at all.
final class Evidence {

    /// Below this the engine refuses.
    static final double ENOUGH = 0.1;

    private Evidence() {}

    /// 0 to 1.
    static double of(Candidate best, List<Passage> passages) {
        double relevance = passages.stream().mapToDouble(Passage::relevance).max().orElse(0);
        return Math.clamp(Math.min(relevance, best.evidence()[0] * 1.2), 0, 1);
    }
}
