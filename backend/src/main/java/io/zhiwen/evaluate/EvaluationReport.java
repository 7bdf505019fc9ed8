package io.zhiwen.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of asking a set.
///
/// @param set its name
/// @param passages the documents were cut into
/// @param rankings by name, in the order of the pipeline
/// @param stages of the profile, by name
/// @param refusal empty where every question has an answer
/// @param refusesAt what the profile's own threshold does; null without a curve
/// @param compared refusing by relevance and by a cosine; empty without a curve
/// @param reliability of the relevance of the first ten passages of each question
/// @param evidence share of the named evidence that the passages sent to a model hold; null where
/// the set names none
public record EvaluationReport(
        String set,
        int passages,
        Map<String, RankingReport> rankings,
        Map<String, Latency> stages,
        List<RefusalPoint> refusal,
        @Nullable RefusalPoint refusesAt,
        List<RefusalComparison> compared,
        Reliability reliability,
        @Nullable Double evidence) {

    /// @param latency to make this ranking, question embedding included
    public record RankingReport(Figures figures, Latency latency) {}

    /// Milliseconds.
    public record Latency(double p50, double p95) {

        static Latency of(Times times) {
            return new Latency(times.percentile(0.5), times.percentile(0.95));
        }
    }

    public EvaluationReport {
        rankings = Collections.unmodifiableMap(new LinkedHashMap<>(rankings));
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
        refusal = List.copyOf(refusal);
        compared = List.copyOf(compared);
    }
}
