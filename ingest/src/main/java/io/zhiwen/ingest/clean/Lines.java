package io.zhiwen.ingest.clean;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.regex.Pattern;

/// Mends the lines of running text: white space, breaks that only mean the end of a line, words
/// hyphenated there.
final class Lines {

    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final Pattern AROUND_BREAKS = Pattern.compile(" *\\n *");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");
    private static final Pattern TRAILING = Pattern.compile("[ \\t]+(?=\\n|$)");

    private Lines() {}

    /// One space between words, no space at the ends of lines, at most one empty line.
    static String tidy(String text) {
        String single = SPACES.matcher(text).replaceAll(" ");
        String lines = AROUND_BREAKS.matcher(single).replaceAll("\n");
        return EMPTY_LINES.matcher(lines).replaceAll("\n\n").strip();
    }

    /// Code keeps its indentation.
    static String tidyCode(String text) {
        String lines = TRAILING.matcher(text.replace("\t", "    ")).replaceAll("");
        return lines.replaceAll("\\A\\n+|\\n+\\z", "");
    }

    /// Joins lines that were broken only because the line was full: all but the last about as long
    /// as the longest.
    static String unwrap(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !isWrapped(lines)) {
            return text;
        }
        String joined = lines.getFirst();
        StringBuilder whole = new StringBuilder(joined);
        for (String line : lines.subList(1, lines.size())) {
            append(whole, line);
        }
        return whole.toString();
    }

    private static boolean isWrapped(List<String> lines) {
        int longest = lines.stream().mapToInt(Lines::width).max().orElse(0);
        if (longest < 40) {
            return false;
        }
        long full =
                lines.subList(0, lines.size() - 1).stream()
                        .filter(line -> width(line) >= longest * 0.7)
                        .count();
        return full == lines.size() - 1;
    }

    /// A Han character is as wide as two Latin ones.
    private static int width(String line) {
        return line.length() + (int) line.chars().filter(Lines::isWide).count();
    }

    /// Adds a line to the one before: a hyphenated word is made whole, Chinese takes no space.
    static void append(StringBuilder text, String line) {
        if (text.isEmpty() || line.isEmpty()) {
            text.append(line);
            return;
        }
        char last = text.charAt(text.length() - 1);
        char first = line.charAt(0);
        boolean letterBefore =
                text.length() > 1 && Character.isLetter(text.charAt(text.length() - 2));
        if (last == '-' && letterBefore && Character.isLowerCase(first)) {
            text.setLength(text.length() - 1);
        } else if (!(isWide(last) && isWide(first)) && last != '-' && last != '/') {
            text.append(' ');
        }
        text.append(line);
    }

    /// Han, kana and full-width marks.
    static boolean isWide(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || (c >= 0x3000 && c < 0x3040)
                || (c >= 0xFF00 && c < 0xFFEF)
                || "“”‘’…—·".indexOf(c) >= 0;
    }
}
