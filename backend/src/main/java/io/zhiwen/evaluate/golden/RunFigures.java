package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.Figures;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// The figures of a run: means over its answerable questions, each 0 to 1, and how often it refused
/// what it should have answered and the other way round.
///
/// @param falseRefusals share of the answerable questions that were refused
/// @param falseAnswers share of the others that were answered
/// @param p50 milliseconds that half of the searches took at most
/// @param p95 that all but one in twenty took at most
public record RunFigures(
        int answerable,
        int unanswerable,
        double hit1,
        double recall5,
        double recall10,
        double mrr10,
        double ndcg10,
        double falseRefusals,
        double falseAnswers,
        double p50,
        double p95) {

    static RunFigures of(List<QuestionResult> results) {
        List<QuestionResult> answerable =
                results.stream().filter(QuestionResult::answerable).toList();
        List<QuestionResult> others = results.stream().filter(one -> !one.answerable()).toList();
        List<Figures> figures =
                answerable.stream()
                        .map(one -> one.measured().figures())
                        .filter(Objects::nonNull)
                        .toList();
        return new RunFigures(
                answerable.size(),
                others.size(),
                mean(figures, Figures::hit1),
                mean(figures, Figures::recall5),
                mean(figures, Figures::recall10),
                mean(figures, Figures::mrr10),
                mean(figures, Figures::ndcg10),
                mean(answerable, one -> one.refused() ? 1 : 0),
                mean(others, one -> one.refused() ? 0 : 1),
                percentile(results, 0.5),
                percentile(results, 0.95));
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> of) {
        return all.stream().mapToDouble(of).average().orElse(0);
    }

    private static double percentile(List<QuestionResult> results, double share) {
        List<Double> millis =
                results.stream().map(one -> one.measured().millis()).sorted().toList();
        return millis.isEmpty()
                ? 0
                : millis.get(Math.max(0, (int) Math.ceil(share * millis.size()) - 1));
    }
}
