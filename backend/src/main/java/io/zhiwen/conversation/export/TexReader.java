package io.zhiwen.conversation.export;

import io.zhiwen.conversation.export.Tex.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a formula. What it does not know stays as it was written, so nothing is lost. For one
/// formula, once.
final class TexReader {

    private static final int DEEPEST = 60;
    private static final Set<String> WORDS =
            Set.of("text", "textrm", "textit", "textbf", "mbox", "mathrm", "operatorname");
    private static final Set<String> FRACTIONS = Set.of("frac", "dfrac", "tfrac", "cfrac");
    private static final Set<String> CONTROL = Set.of("\\", "&", "}", "right", "end");

    private final String tex;
    private int at;
    private int depth;
    private int towers;

    private TexReader(String tex) {
        this.tex = tex;
    }

    static Tex read(String tex) {
        var reader = new TexReader(tex);
        List<Tex> parts = new ArrayList<>();
        while (reader.at < tex.length()) {
            parts.add(reader.row());
            if (reader.at < tex.length()) {
                // what ends nothing that was begun
                parts.add(new Tex.Sign(reader.next(), Style.UPRIGHT));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Tex.Row(parts);
    }

    /// Up to what ends it, which is left to be read.
    private Tex row() {
        List<Tex> parts = new ArrayList<>();
        while (at < tex.length() && !ends()) {
            char c = tex.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '^' || c == '_' || c == '\'') {
                Tex base = parts.isEmpty() ? new Tex.Row(List.of()) : parts.removeLast();
                boolean tower = base instanceof Tex.Scripts && ++towers > DEEPEST;
                parts.add(tower ? base : scripts(base));
                if (tower) {
                    parts.add(new Tex.Sign(next(), Style.UPRIGHT));
                }
            } else {
                parts.add(one());
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Tex.Row(parts);
    }

    private boolean ends() {
        char c = tex.charAt(at);
        return c == '}' || c == '&' || (c == '\\' && CONTROL.contains(peek()));
    }

    private Tex one() {
        if (++depth > DEEPEST) {
            var rest = new Tex.Sign(tex.substring(at), Style.UPRIGHT);
            at = tex.length();
            return rest;
        }
        try {
            char c = tex.charAt(at);
            if (c == '{') {
                at++;
                Tex inside = row();
                skip('}');
                return inside;
            }
            return c == '\\' ? command(next().substring(1)) : sign();
        } finally {
            depth--;
        }
    }

    private Tex sign() {
        int from = at;
        if (Character.isDigit(tex.charAt(at))) {
            while (at < tex.length()
                    && (Character.isDigit(tex.charAt(at))
                            || (tex.charAt(at) == '.' && digitAt(at + 1)))) {
                at++;
            }
            return new Tex.Sign(tex.substring(from, at), Style.UPRIGHT);
        }
        int letter = tex.codePointAt(at);
        at += Character.charCount(letter);
        boolean italic = letter < 0x250 && Character.isLetter(letter);
        String text = letter == '-' ? "−" : letter == '*' ? "∗" : tex.substring(from, at);
        return new Tex.Sign(text, italic ? Style.ITALIC : Style.UPRIGHT);
    }

    private boolean digitAt(int index) {
        return index < tex.length() && Character.isDigit(tex.charAt(index));
    }

    private Tex command(String name) {
        Tex sign = TexSigns.of(name);
        String accent = TexSigns.accent(name);
        if (sign != null) {
            return sign;
        } else if (accent != null) {
            return new Tex.Accent(argument(), accent);
        } else if (FRACTIONS.contains(name)) {
            return new Tex.Fraction(argument(), argument(), true);
        } else if (WORDS.contains(name)) {
            return new Tex.Sign(literal(), name.equals("textbf") ? Style.BOLD : Style.UPRIGHT);
        }
        return switch (name) {
            case "binom", "dbinom", "tbinom" ->
                    new Tex.Fence("(", new Tex.Fraction(argument(), argument(), false), ")");
            case "sqrt" -> root();
            case "mathbf", "boldsymbol", "bm" -> new Tex.Sign(literal(), Style.BOLD);
            case "mathbb" -> new Tex.Sign(TexSigns.doubled(literal()), Style.UPRIGHT);
            case "mathcal", "mathscr", "mathit", "mathsf", "underline", "boxed" -> argument();
            case "left" -> fence();
            case "middle" -> new Tex.Sign(delimiter(), Style.UPRIGHT);
            case "begin" -> table(literal());
            case "{", "}", "%", "$", "#", "&", "_" -> new Tex.Sign(name, Style.UPRIGHT);
            case "|" -> new Tex.Sign("‖", Style.UPRIGHT);
            case "tag" -> new Tex.Sign("  (" + literal() + ")", Style.UPRIGHT);
            case "label" -> {
                var _ = literal();
                yield new Tex.Row(List.of());
            }
            default -> new Tex.Sign("\\" + name, Style.UPRIGHT);
        };
    }

    private Tex root() {
        Tex degree = null;
        blanks();
        if (at < tex.length() && tex.charAt(at) == '[' && tex.indexOf(']', at) > 0) {
            int end = tex.indexOf(']', at);
            degree = new TexReader(tex.substring(at + 1, end)).row();
            at = end + 1;
        }
        return new Tex.Root(argument(), degree);
    }

    private Tex scripts(Tex base) {
        Tex below = null;
        Tex above = null;
        StringBuilder primes = new StringBuilder();
        while (at < tex.length()) {
            char c = tex.charAt(at);
            if (c == '\'') {
                primes.append('′');
                at++;
            } else if (c == '_' && below == null) {
                at++;
                below = argument();
            } else if (c == '^' && above == null) {
                at++;
                above = argument();
            } else {
                break;
            }
        }
        return scripted(base, below, above, primes);
    }

    private static Tex scripted(
            Tex base, @Nullable Tex below, @Nullable Tex above, CharSequence primes) {
        if (primes.isEmpty()) {
            return new Tex.Scripts(base, below, above);
        }
        var marks = new Tex.Sign(primes.toString(), Style.UPRIGHT);
        var raised = above == null ? marks : new Tex.Row(List.of(marks, above));
        return new Tex.Scripts(base, below, raised);
    }

    private Tex fence() {
        String open = delimiter();
        Tex inside = row();
        String close = "";
        if (at < tex.length() && tex.charAt(at) == '\\' && peek().equals("right")) {
            next();
            close = delimiter();
        }
        return new Tex.Fence(open, inside, close);
    }

    private String delimiter() {
        blanks();
        if (at >= tex.length()) {
            return "";
        }
        String one = tex.charAt(at) == '\\' ? next() : String.valueOf(tex.charAt(at++));
        return switch (one) {
            case "." -> "";
            case "\\{" -> "{";
            case "\\}" -> "}";
            case "\\|" -> "‖";
            default ->
                    one.startsWith("\\") && TexSigns.of(one.substring(1)) instanceof Tex.Sign sign
                            ? sign.text()
                            : one;
        };
    }

    private Tex table(String kind) {
        if (kind.startsWith("array") || kind.startsWith("alignedat")) {
            var _ = literal();
        }
        List<List<Tex>> rows = new ArrayList<>();
        List<Tex> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            cells.add(row());
            if (at < tex.length() && tex.charAt(at) == '&') {
                at++;
                continue;
            }
            more = at < tex.length() && tex.charAt(at) == '\\' && peek().equals("\\");
            if (more) {
                next();
            }
            rows.add(List.copyOf(cells));
            cells.clear();
        }
        if (at < tex.length() && tex.charAt(at) == '\\' && peek().equals("end")) {
            next();
            var _ = literal();
        }
        var last = rows.getLast();
        if (rows.size() > 1 && last.equals(List.of(new Tex.Row(List.of())))) {
            rows.removeLast();
        }
        var table = new Tex.Table(rows);
        return switch (kind.replace("*", "")) {
            case "pmatrix" -> new Tex.Fence("(", table, ")");
            case "bmatrix" -> new Tex.Fence("[", table, "]");
            case "Bmatrix" -> new Tex.Fence("{", table, "}");
            case "vmatrix" -> new Tex.Fence("|", table, "|");
            case "Vmatrix" -> new Tex.Fence("‖", table, "‖");
            case "cases" -> new Tex.Fence("{", table, "");
            default -> table;
        };
    }

    private Tex argument() {
        blanks();
        return at >= tex.length() || ends() ? new Tex.Row(List.of()) : one();
    }

    /// What stands in braces, as it is written.
    private String literal() {
        blanks();
        if (at >= tex.length() || tex.charAt(at) != '{') {
            return at < tex.length() ? next() : "";
        }
        int from = ++at;
        int open = 1;
        while (at < tex.length() && open > 0) {
            char c = tex.charAt(at++);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return tex.substring(from, open == 0 ? at - 1 : at);
    }

    /// The command that is next, without its backslash.
    private String peek() {
        int from = at;
        String command = next().substring(1);
        at = from;
        return command;
    }

    /// A command with its backslash, or a character.
    private String next() {
        int from = at;
        at += Character.charCount(tex.codePointAt(at));
        if (tex.charAt(from) == '\\' && at < tex.length()) {
            at += Character.charCount(tex.codePointAt(at));
            while (Character.isLetter(tex.charAt(from + 1))
                    && at < tex.length()
                    && isAsciiLetter(tex.charAt(at))) {
                at++;
            }
        }
        return tex.substring(from, at);
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void blanks() {
        while (at < tex.length() && Character.isWhitespace(tex.charAt(at))) {
            at++;
        }
    }

    private void skip(char c) {
        if (at < tex.length() && tex.charAt(at) == c) {
            at++;
        }
    }
}
