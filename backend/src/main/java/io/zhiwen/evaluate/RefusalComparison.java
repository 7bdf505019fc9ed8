package io.zhiwen.evaluate;

import java.util.List;
import java.util.stream.DoubleStream;

/// Refusing by relevance beside refusing by a fixed cosine, each with the threshold that is best on
/// the same questions.
///
/// @param allowed share of the answerable questions that may be refused
public record RefusalComparison(double allowed, RefusalPoint relevance, RefusalPoint cosine) {

    private static final double[] ALLOWED = {0.02, 0.05, 0.1, 0.2, 0.3};

    static List<RefusalComparison> of(Refusals relevance, Refusals cosine) {
        return relevance.curve().isEmpty()
                ? List.of()
                : DoubleStream.of(ALLOWED)
                        .mapToObj(
                                allowed ->
                                        new RefusalComparison(
                                                allowed,
                                                relevance.refusingAtMost(allowed),
                                                cosine.refusingAtMost(allowed)))
                        .toList();
    }
}
