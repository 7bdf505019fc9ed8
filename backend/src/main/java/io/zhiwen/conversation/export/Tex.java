package io.zhiwen.conversation.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A formula as a tree.
sealed interface Tex {

    /// How letters stand.
    enum Style {
        ITALIC,
        UPRIGHT,
        BOLD
    }

    record Row(List<Tex> parts) implements Tex {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /// A letter, a number, an operator or words.
    record Sign(String text, Style style) implements Tex {}

    /// A sign such as ∑ or lim, whose bounds stand above and below it where there is room.
    record Large(String text) implements Tex {}

    /// @param bar false for a binomial
    record Fraction(Tex over, Tex under, boolean bar) implements Tex {}

    record Root(Tex of, @Nullable Tex degree) implements Tex {}

    record Scripts(Tex base, @Nullable Tex below, @Nullable Tex above) implements Tex {}

    /// @param mark a combining character, e.g. a hat
    record Accent(Tex base, String mark) implements Tex {}

    /// @param open may be empty
    /// @param close may be empty
    record Fence(String open, Tex inside, String close) implements Tex {}

    record Table(List<List<Tex>> rows) implements Tex {
        public Table {
            rows = List.copyOf(rows);
        }
    }
}
