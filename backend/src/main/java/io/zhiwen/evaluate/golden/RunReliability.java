package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.RefusalPoint;
import io.zhiwen.evaluate.Refusals;
import io.zhiwen.evaluate.Reliability;
import java.util.List;
import java.util.Objects;

/// How far a run's relevance can be relied on.
///
/// @param reliability of the first ten passages of its questions
/// @param refusal what each threshold would do; empty when all questions are of one kind
public record RunReliability(Reliability reliability, List<RefusalPoint> refusal) {

    public RunReliability {
        refusal = List.copyOf(refusal);
    }

    public static RunReliability of(List<QuestionResult> results) {
        Refusals refusals = new Refusals();
        results.forEach(one -> refusals.add(one.answerable(), one.measured().relevance()));
        return new RunReliability(
                Reliability.of(
                        results.stream()
                                .map(one -> one.measured().judged())
                                .filter(Objects::nonNull)
                                .flatMap(List::stream)
                                .toList()),
                refusals.curve());
    }
}
