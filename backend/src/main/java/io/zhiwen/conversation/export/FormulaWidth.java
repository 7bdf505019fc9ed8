package io.zhiwen.conversation.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How wide a part of a formula is in Noto Sans, in em and rather too wide: the PDF's layout makes
/// a box of several pieces too narrow when it is left to find out by itself.
final class FormulaWidth {

    private static final double SCRIPT = 0.7;

    private FormulaWidth() {}

    static double of(@Nullable Tex tex) {
        return switch (tex) {
            case null -> 0;
            case Tex.Row(List<Tex> parts) -> parts.stream().mapToDouble(FormulaWidth::of).sum();
            case Tex.Sign(String text, _) -> of(text);
            case Tex.Large(String text) -> of(text) + 0.3;
            case Tex.Fraction(Tex over, Tex under, _) -> Math.max(of(over), of(under)) + 0.4;
            case Tex.Root(Tex of, Tex degree) -> 0.8 + of(of) + SCRIPT * of(degree);
            case Tex.Scripts(Tex base, Tex below, Tex above) ->
                    of(base) + SCRIPT * (of(below) + of(above));
            case Tex.Accent(Tex base, _) -> of(base) + 0.4;
            case Tex.Fence(String open, Tex inside, String close) ->
                    of(inside) + 1.2 * (of(open) + of(close));
            case Tex.Table(List<List<Tex>> rows) ->
                    rows.stream()
                            .mapToDouble(
                                    row -> row.stream().mapToDouble(cell -> of(cell) + 1).sum())
                            .max()
                            .orElse(0);
        };
    }

    /// Of a sign with its bounds above and below it.
    static double ofStack(Tex.Scripts scripts) {
        double bounds = SCRIPT * Math.max(of(scripts.below()), of(scripts.above()));
        return Math.max(of(scripts.base()), bounds + 0.3);
    }

    private static double of(String text) {
        return text.codePoints().mapToDouble(FormulaWidth::of).sum();
    }

    private static double of(int c) {
        if (Character.isLetterOrDigit(c)) {
            return c >= 0x2e80 ? 1 : c == 'm' || c == 'w' || Character.isUpperCase(c) ? 0.85 : 0.6;
        }
        if ("()[]{}|,.'′: ".indexOf(c) >= 0) {
            return 0.38;
        }
        return "=+−<>".indexOf(c) >= 0 ? 1.15 : 1.5;
    }
}
