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
/// backend/docs/retrieval.md.
final class Relevance {

    private Relevance() {}

    static double of(Signals signals, double lateInteraction) {
        return logistic(
                -7.93
                        + 4.55 * signals.keywordShare()
                        + 2.25 * signals.cosine()
                        + 5.3 * lateInteraction
                        + 1.0 * signals.belief());
    }

    static double withoutReranker(Signals signals) {
        return logistic(
                -7.3
                        + 5.6 * signals.keywordShare()
                        + 5.85 * signals.cosine()
                        + 1.0 * signals.belief());
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
