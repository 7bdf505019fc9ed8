package io.zhiwen.ask.stream;

import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ingest.chunk.Articles;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the chosen units as Markdown: sentences as one paragraph a document and
/// article, list items as a
/// list, table rows as a table under their header. What comes from documents is shown literally.
final class ExtractiveText {

    private static final int LONGEST = 700;
    private static final String CONTROLS = "\\`*[]<|";
    private static final String CONTROLS_AT_START = "-+#>=~";
    private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*|\\p{Cntrl}+");
    private static final Pattern CELLS = Pattern.compile("(?:^| )\\|(?: |$)");
    private static final Pattern LIST_MARK = Pattern.compile("^[-*•·●○▪◦‣–]\\s*");
    private static final Pattern BLOCK_START = Pattern.compile("^(\\d{1,9})([.)])(?=\\s|$)");
    private static final String CLAUSE_ENDS = "，；、,;：:。";

    private ExtractiveText() {}

    static String refusal(Tongue tongue, boolean nearest) {
        return switch (tongue) {
            case TRADITIONAL ->
                    nearest ? "在所選的文件中沒有找到這個問題的答案。以下列出最接近的段落，供您查核。" : "在所選的文件中沒有找到這個問題的答案。";
            case SIMPLIFIED ->
                    nearest ? "在所选的文档中没有找到这个问题的答案。下面列出最接近的段落，供你核对。" : "在所选的文档中没有找到这个问题的答案。";
            case ENGLISH ->
                    nearest
                            ? "The selected documents do not hold an answer to this question. The"
                                    + " nearest passages are listed so that you can check."
                            : "The selected documents do not hold an answer to this question.";
        };
    }

    static String of(List<Candidate> shown) {
        boolean headed = shown.stream().map(Candidate::heading).distinct().count() > 1;
        List<String> blocks = new ArrayList<>();
        String heading = "";
        int at = 0;
        while (at < shown.size()) {
            int behind = at + 1;
            while (behind < shown.size() && isOneBlock(shown.get(at), shown.get(behind))) {
                behind++;
            }
            List<Candidate> block = shown.subList(at, behind);
            if (headed && !shown.get(at).heading().equals(heading)) {
                heading = shown.get(at).heading();
                blocks.add("#### " + (heading.isEmpty() ? "…" : escape(trim(heading))));
            }
            blocks.add(
                    switch (shown.get(at).unit().kind()) {
                        case TABLE_ROW -> table(block);
                        case LIST_ITEM -> list(block);
                        default -> paragraph(block);
                    });
            at = behind;
        }
        return String.join("\n\n", blocks);
    }

    private static boolean isOneBlock(Candidate a, Candidate b) {
        return a.unit().kind() == b.unit().kind()
                && a.context().equals(b.context())
                && a.heading().equals(b.heading())
                && !Articles.opensAt(b.unit().text(), 0);
    }

    private static String paragraph(List<Candidate> sentences) {
        StringBuilder paragraph = new StringBuilder();
        for (Candidate sentence : sentences) {
            boolean spaced = Language.of(sentence.unit().text()) == Language.EN;
            paragraph.append(spaced && !paragraph.isEmpty() ? " " : "").append(literal(sentence));
        }
        return paragraph.toString();
    }

    private static String list(List<Candidate> items) {
        String above = items.getFirst().context();
        if (items.size() == 1 && above.isEmpty()) {
            return literal(items.getFirst());
        }
        List<String> lines = new ArrayList<>();
        if (!above.isEmpty()) {
            lines.add(escape(trim(above)) + "\n");
        }
        items.forEach(item -> lines.add("- " + literal(item)));
        return String.join("\n", lines);
    }

    /// As wide as its widest row: a head that spans columns is one cell.
    private static String table(List<Candidate> rows) {
        String[] header = CELLS.split(rows.getFirst().context(), -1);
        List<String[]> cells =
                rows.stream().map(row -> CELLS.split(row.unit().text(), -1)).toList();
        int columns =
                Math.max(header.length, cells.stream().mapToInt(c -> c.length).max().orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(row(header, columns, ""));
        lines.add("|" + " --- |".repeat(columns));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(row(cells.get(i), columns, cite(rows.get(i))));
        }
        return String.join("\n", lines);
    }

    private static String row(String[] cells, int columns, String citation) {
        List<String> shown = new ArrayList<>();
        for (String cell : Arrays.copyOf(cells, columns)) {
            shown.add(cell == null ? "" : escape(trim(cell)));
        }
        return "| " + String.join(" | ", shown) + citation + " |";
    }

    private static String literal(Candidate candidate) {
        String text = trim(LIST_MARK.matcher(candidate.unit().text()).replaceFirst(""));
        return emphasised(text, candidate) + cite(candidate);
    }

    /// With the answer phrase in bold, where Markdown can: its marks hold only beside letters and
    /// digits, or at white space and signs.
    private static String emphasised(String text, Candidate candidate) {
        Span span = candidate.phrase();
        String phrase = span == null ? "" : span.of(candidate.unit().text()).strip();
        while (!phrase.isEmpty() && !isWord(phrase, phrase.length() - 1)) {
            phrase = phrase.substring(0, phrase.length() - 1);
        }
        while (!phrase.isEmpty() && !isWord(phrase, 0)) {
            phrase = phrase.substring(1);
        }
        int start = phrase.isEmpty() ? -1 : text.indexOf(phrase);
        if (start < 0) {
            return escape(text);
        }
        int end = start + phrase.length();
        return escape(text.substring(0, start))
                + "**"
                + escape(phrase)
                + "**"
                + escape(text.substring(end));
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

    /// So that Markdown shows the text as it is, with no mark that Markdown would not need.
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control =
                    CONTROLS.indexOf(c) >= 0
                            || (i == 0 && CONTROLS_AT_START.indexOf(c) >= 0)
                            || (c == '~' && i > 0 && text.charAt(i - 1) == '~')
                            || (c == '_' && !(isWord(text, i - 1) && isWord(text, i + 1)))
                            || (c == '&' && (isWord(text, i + 1) || text.startsWith("#", i + 1)));
            if (control) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return BLOCK_START.matcher(escaped).replaceFirst("$1\\\\$2");
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
