package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;

/// How likely a passage helps to answer, 0 to 1: a logistic over what the legs and the reranker
/// said of it, comparable between questions.
///
/// Fitted by maximum likelihood on the first ten passages of every question of the evaluation sets
/// together, each set weighing the same; see backend/docs/retrieval.md.
final class Relevance {

    private Relevance() {}

    static double of(Signals signals, double lateInteraction) {
        return logistic(
                -12
                        + 1.5 * signals.keywordShare()
                        + 1.5 * signals.cosine()
                        + 12 * lateInteraction
                        + 1.5 * signals.belief());
    }

    static double withoutReranker(Signals signals) {
        return logistic(
                -6 + 3 * signals.keywordShare() + 5 * signals.cosine() + 2 * signals.belief());
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
