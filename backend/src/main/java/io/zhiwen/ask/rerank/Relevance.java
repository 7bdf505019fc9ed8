package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.Calibration.Weights;

/// How likely a passage helps to answer, 0 to 1: a logistic over what the legs and the reranker
/// said of it, comparable between questions. The weights are the profile's calibration; that of the
/// belief is set by hand: it knows only which passage of a question is best, not whether any is
/// good.
public record Relevance(Calibration.Reading weights) {

    /// What the belief adds to the logit.
    public static final double BELIEF = 1;

    public double of(Signals signals, double lateInteraction) {
        return likely(weights.read(), signals, lateInteraction);
    }

    public double withoutReranker(Signals signals) {
        return likely(weights.unread(), signals, 0);
    }

    private static double likely(Weights weights, Signals signals, double late) {
        double x =
                weights.constant()
                        + weights.keywordShare() * signals.keywordShare()
                        + weights.cosine() * signals.cosine()
                        + weights.lateInteraction() * late
                        + BELIEF * signals.belief();
        return 1 / (1 + Math.exp(-x));
    }
}
