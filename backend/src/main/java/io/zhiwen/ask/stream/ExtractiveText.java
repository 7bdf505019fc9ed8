package io.zhiwen.ask.stream;

import io.zhiwen.ingest.chunk.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the chosen units as Markdown: sentences as one paragraph a document, list items as a
/// list, table rows as a table under their header. What comes from documents is shown literally.
final class ExtractiveText {

    private static final int LONGEST = 300;
    private static final String CONTROLS = "\\`*_{}[]<>#|~!&$^=";
    private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*|\\p{Cntrl}+");
    private static final Pattern CELLS = Pattern.compile(" \\| ");
    private static final Pattern LIST_MARK = Pattern.compile("^[-*•·●○▪◦‣–]\\s*");
    private static final Pattern BLOCK_START = Pattern.compile("^(\\d{1,9})([.)])");
    private static final String CLAUSE_ENDS = "，；、,;：:。";

    private ExtractiveText() {}

    static String refusal(Language language, boolean nearest) {
        return switch (language) {
            case ZH -> nearest ? "在所选的文档中没有找到这个问题的答案。下面列出最接近的段落，供你核对。" : "在所选的文档中没有找到这个问题的答案。";
            case EN ->
                    nearest
                            ? "The selected documents do not hold an answer to this question. The"
                                    + " nearest passages are listed so that you can check."
                            : "The selected documents do not hold an answer to this question.";
        };
    }

    static String of(List<Candidate> shown) {
        List<String> blocks = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        List<Candidate> rows = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Candidate candidate : shown) {
            Unit unit = candidate.unit();
            if (unit.kind() != Unit.Kind.SENTENCE) {
                end(blocks, paragraph);
            }
            if (unit.kind() != Unit.Kind.LIST_ITEM) {
                endList(blocks, items);
            }
            boolean otherTable =
                    !rows.isEmpty() && !rows.getLast().unit().header().equals(unit.header());
            if (unit.kind() != Unit.Kind.TABLE_ROW || otherTable) {
                endTable(blocks, rows);
            }
            switch (unit.kind()) {
                case TABLE_ROW -> rows.add(candidate);
                case LIST_ITEM ->
                        items.add(
                                "- "
                                        + literal(
                                                LIST_MARK.matcher(unit.text()).replaceFirst(""),
                                                candidate));
                default -> sentence(paragraph, unit.text(), candidate);
            }
        }
        end(blocks, paragraph);
        endList(blocks, items);
        endTable(blocks, rows);
        return String.join("\n\n", blocks);
    }

    private static void sentence(StringBuilder paragraph, String text, Candidate candidate) {
        if (!paragraph.isEmpty() && Language.of(text) == Language.EN) {
            paragraph.append(' ');
        }
        paragraph.append(literal(text, candidate));
    }

    private static void end(List<String> blocks, StringBuilder paragraph) {
        if (!paragraph.isEmpty()) {
            blocks.add(paragraph.toString());
            paragraph.setLength(0);
        }
    }

    private static void endList(List<String> blocks, List<String> items) {
        if (!items.isEmpty()) {
            blocks.add(String.join("\n", items));
            items.clear();
        }
    }

    private static void endTable(List<String> blocks, List<Candidate> rows) {
        if (rows.isEmpty()) {
            return;
        }
        String[] header = CELLS.split(rows.getFirst().unit().header(), -1);
        List<String> lines = new ArrayList<>();
        lines.add(row(header, header.length, ""));
        lines.add("|" + " --- |".repeat(header.length));
        for (Candidate candidate : rows) {
            String[] cells = CELLS.split(candidate.unit().text(), -1);
            lines.add(row(cells, header.length, cite(candidate)));
        }
        blocks.add(String.join("\n", lines));
        rows.clear();
    }

    private static String row(String[] cells, int columns, String citation) {
        List<String> shown = new ArrayList<>();
        for (String cell : Arrays.copyOf(cells, columns)) {
            shown.add(cell == null ? "" : escape(trim(cell)));
        }
        return "| " + String.join(" | ", shown) + citation + " |";
    }

    private static String literal(String text, Candidate candidate) {
        return escape(trim(text)) + cite(candidate);
    }

    private static String cite(Candidate candidate) {
        return "[" + candidate.passage() + "]";
    }

    /// Ends a very long text at a clause.
    static String trim(String text) {
        String line = BREAKS.matcher(text.strip()).replaceAll(" ");
        if (line.length() <= LONGEST) {
            return line;
        }
        int cut = LONGEST;
        for (int i = LONGEST; i > LONGEST / 2; i--) {
            if (CLAUSE_ENDS.indexOf(line.charAt(i - 1)) >= 0) {
                cut = i - 1;
                break;
            }
        }
        if (Character.isHighSurrogate(line.charAt(cut - 1))) {
            cut--;
        }
        return line.substring(0, cut).strip() + "…";
    }

    /// So that Markdown shows the text as it is.
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = i == 0 && (c == '-' || c == '+');
            if (first || CONTROLS.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return BLOCK_START.matcher(escaped).replaceFirst("$1\\\\$2");
    }
}
