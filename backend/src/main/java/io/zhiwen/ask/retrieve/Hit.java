package io.zhiwen.ask.retrieve;

import java.util.Comparator;

/// A chunk in a ranking. Higher scores are better; scores of two legs do not compare.
public record Hit(long chunk, double score) {

    public static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingDouble(Hit::score).reversed().thenComparingLong(Hit::chunk);
}
