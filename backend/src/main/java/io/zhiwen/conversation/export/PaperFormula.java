package io.zhiwen.conversation.export;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/// Draws a formula with boxes of HTML, for paper.
final class PaperFormula {

    private static final String NO_BREAK = "\u00a0";
    private static final Set<String> OPENING = Set.of("(", "[", "{", "|", ",");

    /// On a line of its own bounds of sums stand above and below.
    private final boolean alone;

    private PaperFormula(boolean alone) {
        this.alone = alone;
    }

    /// Into an element, in the place of what is in it.
    static void draw(Element into, Tex formula, boolean alone) {
        into.empty();
        new PaperFormula(alone).draw(into, formula);
    }

    private void draw(Element into, Tex tex) {
        switch (tex) {
            case Tex.Row(List<Tex> parts) -> row(into, parts);
            case Tex.Sign(String text, Tex.Style style) -> sign(into, text, style);
            case Tex.Large(String text) -> sign(into, text, Tex.Style.UPRIGHT);
            case Tex.Fraction(Tex over, Tex under, boolean bar) -> {
                var fraction = wide(box(into, bar ? "frac" : "frac binom"), FormulaWidth.of(tex));
                draw(box(fraction, "over"), over);
                draw(box(fraction, "under"), under);
            }
            case Tex.Root root -> {
                if (root.degree() != null) {
                    draw(into.appendElement("sup"), root.degree());
                }
                into.appendText("√");
                draw(box(into, "root"), root.of());
            }
            case Tex.Scripts scripts -> scripts(into, scripts);
            case Tex.Accent(Tex base, String mark) -> accent(into, base, mark);
            case Tex.Fence(String open, Tex inside, String close) -> {
                int rows = rows(inside);
                fence(into, open, rows);
                draw(into, inside);
                fence(into, close, rows);
            }
            case Tex.Table(List<List<Tex>> rows) -> table(into, rows);
        }
    }

    private void row(Element into, List<Tex> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (isUnary(parts, i)) {
                into.appendText("−");
            } else {
                draw(into, parts.get(i));
            }
        }
    }

    /// A minus before which nothing stands that it could take from.
    private static boolean isUnary(List<Tex> parts, int at) {
        if (!(parts.get(at) instanceof Tex.Sign(String text, _)) || !text.equals("−")) {
            return false;
        }
        return at == 0
                || (parts.get(at - 1) instanceof Tex.Sign(String before, _)
                        && (isRelation(before) || OPENING.contains(before)));
    }

    private void sign(Element into, String text, Tex.Style style) {
        switch (style) {
            case ITALIC -> into.appendElement("i").text(text);
            case BOLD -> into.appendElement("b").text(text);
            case UPRIGHT -> into.appendText(isRelation(text) ? aired(into, text) : text);
        }
    }

    /// A formula may be broken behind a relation, what is in a box of it may not.
    private static String aired(Element into, String relation) {
        boolean boxed = into.closest("td, .f-frac, .f-stack, .f-accent, .f-root") != null;
        return NO_BREAK + relation + (boxed ? NO_BREAK : " ");
    }

    /// What has air around it.
    private static boolean isRelation(String text) {
        return text.length() == 1 && "=<>+−±×÷≤≥≠≈≡∼→⇒⇔↔∈⊂⊆∪∩∧∨∝".contains(text);
    }

    private void scripts(Element into, Tex.Scripts scripts) {
        if (alone && scripts.base() instanceof Tex.Large) {
            var stack = wide(box(into, "stack"), FormulaWidth.ofStack(scripts));
            if (scripts.above() != null) {
                draw(box(stack, "bound"), scripts.above());
            }
            draw(box(stack, "large"), scripts.base());
            if (scripts.below() != null) {
                draw(box(stack, "bound"), scripts.below());
            }
            return;
        }
        draw(into, scripts.base());
        if (scripts.below() != null) {
            draw(into.appendElement("sub"), scripts.below());
        }
        if (scripts.above() != null) {
            draw(into.appendElement("sup"), scripts.above());
        }
    }

    private void accent(Element into, Tex base, String mark) {
        if (mark.equals("\u0305")) {
            draw(box(into, "line"), base);
        } else {
            var stack = wide(box(into, "accent"), FormulaWidth.of(base));
            box(stack, "mark").text(shown(mark));
            draw(box(stack, "marked"), base);
        }
    }

    /// As a character of its own.
    private static String shown(String mark) {
        return switch (mark) {
            case "\u0302" -> "^";
            case "\u0303" -> "~";
            case "\u20d7" -> "→";
            case "\u0307" -> "·";
            default -> "··";
        };
    }

    private static int rows(Tex inside) {
        return switch (inside) {
            case Tex.Table(List<List<Tex>> rows) -> rows.size();
            case Tex.Fraction _ -> 2;
            case Tex.Row(List<Tex> parts) ->
                    parts.stream().mapToInt(PaperFormula::rows).max().orElse(1);
            case Tex.Scripts scripts -> rows(scripts.base());
            default -> 1;
        };
    }

    private static void fence(Element into, String sign, int rows) {
        if (!sign.isEmpty()) {
            box(into, "fence").attr("style", "font-size: " + rows + "em").text(sign);
        }
    }

    private void table(Element into, List<List<Tex>> rows) {
        var table = into.appendElement("table");
        for (List<Tex> row : rows) {
            var line = table.appendElement("tr");
            row.forEach(cell -> cell(line.appendElement("td"), cell));
        }
    }

    private void cell(Element into, Tex cell) {
        draw(wide(box(into, "cell"), FormulaWidth.of(cell)), cell);
    }

    /// @param em how wide
    private static Element wide(Element box, double em) {
        return box.attr("style", String.format(Locale.ROOT, "width: %.2fem", em));
    }

    private static Element box(Element into, String kind) {
        return into.appendElement("span").addClass("f-" + kind.replace(" ", " f-"));
    }
}
