package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Two runs side by side, question by question; those that only one of them asked are left out.
///
/// @param rows worse ones first, then better ones, then those that are the same
public record Comparison(List<Row> rows) {

    private static final double NOTHING = 1e-9;

    /// How a question fares with the second profile.
    public enum Verdict {
        WORSE,
        BETTER,
        SAME
    }

    /// A step of the search.
    public enum Step {
        WORDS,
        MEANING,
        JOINED,
        LAST,
        OUTCOME
    }

    /// @param cause the first step after which the expected passage stands elsewhere; null when it
    /// is where it was after each
    public record Row(
            QuestionResult before, QuestionResult after, Verdict verdict, @Nullable Step cause) {}

    public Comparison {
        rows = List.copyOf(rows);
    }

    public static Comparison of(List<QuestionResult> before, List<QuestionResult> after) {
        Map<Object, QuestionResult> second =
                after.stream()
                        .collect(Collectors.toMap(QuestionResult::question, Function.identity()));
        List<Row> rows = new ArrayList<>();
        for (QuestionResult one : before) {
            QuestionResult other = second.get(one.question());
            if (other != null) {
                rows.add(new Row(one, other, verdict(one, other), cause(one, other)));
            }
        }
        rows.sort(Comparator.comparing(Row::verdict));
        return new Comparison(rows);
    }

    public List<Row> with(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    /// Refusing what should be answered is worse, whatever is found; so is answering what should be
    /// refused. Else what is found counts, by its discounted gain.
    private static Verdict verdict(QuestionResult before, QuestionResult after) {
        if (before.refused() != after.refused()) {
            return after.refused() == after.answerable() ? Verdict.WORSE : Verdict.BETTER;
        }
        double change = gain(after) - gain(before);
        if (Math.abs(change) < NOTHING) {
            return Verdict.SAME;
        }
        return change < 0 ? Verdict.WORSE : Verdict.BETTER;
    }

    private static double gain(QuestionResult result) {
        Figures figures = result.measured().figures();
        return figures == null ? 0 : figures.ndcg10();
    }

    private static @Nullable Step cause(QuestionResult before, QuestionResult after) {
        for (Step step : Step.values()) {
            if (!Objects.equals(after(step, before), after(step, after))) {
                return step;
            }
        }
        return null;
    }

    private static @Nullable Object after(Step step, QuestionResult result) {
        QuestionResult.Trail trail = result.measured().trail();
        if (step == Step.OUTCOME) {
            return result.refused();
        }
        if (trail == null) {
            return null;
        }
        return switch (step) {
            case WORDS -> trail.words();
            case MEANING -> trail.meaning();
            case JOINED -> trail.joined();
            case LAST, OUTCOME -> trail.last();
        };
    }
}
