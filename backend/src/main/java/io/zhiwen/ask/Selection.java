package io.zhiwen.ask;

import io.zhiwen.ask.rerank.Passage;
import java.util.List;

/// Which of the passages found an answer is made from: none when even the best is not relevant
/// enough.
///
/// @param passages all that were found, best first
public record Selection(List<Judged> passages) {

    /// @param verdict whether it is kept, or why not
    public record Judged(Passage passage, Verdict verdict) {}

    /// What becomes of a passage.
    public enum Verdict {
        KEPT("relevant"),
        TOO_WEAK("below keep-above"),
        NOTHING_ENOUGH("below refuse-below");

        private final String why;

        Verdict(String why) {
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    public Selection {
        passages = List.copyOf(passages);
    }

    public static Selection of(List<Passage> found, AnswerSettings settings) {
        double best = found.stream().mapToDouble(Passage::relevance).max().orElse(0);
        boolean enough = !found.isEmpty() && best >= settings.refuseBelow();
        return new Selection(
                found.stream()
                        .map(passage -> new Judged(passage, verdict(passage, enough, settings)))
                        .toList());
    }

    private static Verdict verdict(Passage passage, boolean enough, AnswerSettings settings) {
        if (!enough) {
            return Verdict.NOTHING_ENOUGH;
        }
        return passage.relevance() >= settings.keepAbove() ? Verdict.KEPT : Verdict.TOO_WEAK;
    }

    /// Empty: the question is refused.
    public List<Passage> kept() {
        return passages.stream()
                .filter(one -> one.verdict() == Verdict.KEPT)
                .map(Judged::passage)
                .toList();
    }
}
