package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.Figures;
import io.zhiwen.evaluate.Reliability;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What came of one golden question in a run, as it was then.
public record QuestionResult(
        UUID question, String text, boolean answerable, boolean refused, Measured measured) {

    /// What is kept of it besides.
    ///
    /// @param figures of an answerable question; null of another
    /// @param rank of the first passage that meets it, from 1; null when none was found
    /// @param relevance of the best passage
    /// @param trail of the first passage that meets it; null when no leg found one
    /// @param first name and text of the passage that came first; null when there was none
    /// @param judged the first ten passages, best first; null of runs from before they were kept
    public record Measured(
            @Nullable Figures figures,
            @Nullable Integer rank,
            double relevance,
            double millis,
            @Nullable Trail trail,
            @Nullable First first,
            @Nullable List<Reliability.Judged> judged) {}

    /// Where the expected passage was after each step: ranks from 1, null when it was not there.
    public record Trail(
            String document,
            @Nullable Integer words,
            @Nullable Integer meaning,
            @Nullable Integer joined,
            @Nullable Double lateInteraction,
            @Nullable Integer last,
            String fate) {}

    /// What came first.
    public record First(long chunk, String document, String text) {}

    /// Whether this is no good: an answerable question without its passage among the first ten or
    /// refused, another one answered.
    public boolean isBad() {
        Integer rank = measured.rank();
        return answerable ? refused || rank == null || rank > 10 : !refused;
    }
}
