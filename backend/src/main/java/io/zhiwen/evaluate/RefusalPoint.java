package io.zhiwen.evaluate;

/// What a threshold of relevance does: below it nothing is answered.
///
/// @param threshold 0 to 1
/// @param falseAnswers share of the unanswerable questions that are answered
/// @param falseRefusals share of the answerable questions that are refused
public record RefusalPoint(double threshold, double falseAnswers, double falseRefusals) {}
