package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;

/// How likely a passage helps to answer, 0 to 1: a logistic over what the legs and the reranker
/// said of it, comparable between questions.
///
/// Fitted by maximum likelihood on the first ten passages of 233 questions of the evaluation sets,
/// each set weighing the same: questions asked of their own set (83), and of a set about something
/// else (150), where no passage helps. Of the first kind 95 in 100 have a passage above 0.35, of
/// the
/// second three in four have none above 0.1; see backend/docs/retrieval.md.
final class Relevance {

    private Relevance() {}

    static double of(Signals signals, double lateInteraction) {
        return logistic(
                -9.2
                        + 5.1 * signals.keywordShare()
                        + 3.8 * signals.cosine()
                        + 4.3 * lateInteraction
                        + 2.6 * signals.belief());
    }

    static double withoutReranker(Signals signals) {
        return logistic(
                -6 + 3 * signals.keywordShare() + 5 * signals.cosine() + 2 * signals.belief());
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
