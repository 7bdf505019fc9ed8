package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;

/// How likely a passage helps to answer, 0 to 1: a logistic over what the legs and the reranker
/// said of it, comparable between questions.
///
/// Fitted by maximum likelihood over ten sets of the evaluation data together, each weighing the
/// same, on the first ten passages of questions asked of their own set (442) and of a set about
/// something else (180), where no passage helps. The weight of the belief is set by hand: it knows
/// only which passage of a question is best, not whether any is good. With 0.12 as the least that
/// the best passage needs, 4.5 % of the first kind are refused and 92 % of the second; see
/// backend/docs/retrieval.md. A translation has weights of its own: its words are alternatives and
/// its sentence is none, so that the same figures say less.
public final class Relevance {

    /// Of a question as it was asked.
    public static final Relevance ASKED =
            new Relevance(new Weights(-7.93, 4.55, 2.25, 5.3), new Weights(-7.3, 5.6, 5.85, 0));

    /// Of its translation.
    public static final Relevance TRANSLATED =
            new Relevance(new Weights(-10.6, 3.3, 0, 12.9), new Weights(-10.1, 4.8, 10.7, 0));

    private static final double BELIEF = 1;

    private record Weights(
            double constant, double keywordShare, double cosine, double lateInteraction) {

        double of(Signals signals, double late) {
            double x =
                    constant
                            + keywordShare * signals.keywordShare()
                            + cosine * signals.cosine()
                            + lateInteraction * late
                            + BELIEF * signals.belief();
            return 1 / (1 + Math.exp(-x));
        }
    }

    private final Weights read;
    private final Weights unread;

    private Relevance(Weights read, Weights unread) {
        this.read = read;
        this.unread = unread;
    }

    double of(Signals signals, double lateInteraction) {
        return read.of(signals, lateInteraction);
    }

    double withoutReranker(Signals signals) {
        return unread.of(signals, 0);
    }
}
