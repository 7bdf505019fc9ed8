package io.zhiwen.ask.fuse;

import io.zhiwen.ask.retrieve.Ranking;
import java.util.Map;

/// One ranking of all that the legs found, with what each leg said of each chunk.
///
/// @param ranking scores are shares of belief: they sum to 1
public record Fused(Ranking ranking, Map<Long, Signals> signals) {

    /// What the legs said of a chunk.
    ///
    /// @param keywordShare of the question's weight that its words cover, 0 to 1
    /// @param cosine with the question, in the space that speaks its language; of a chunk this leg
    /// did not find, the least it did find
    /// @param foundByMeaning whether `cosine` is its own
    /// @param belief its share in the fused ranking
    public record Signals(
            double keywordShare, double cosine, boolean foundByMeaning, double belief) {}

    public Fused {
        signals = Map.copyOf(signals);
    }
}
