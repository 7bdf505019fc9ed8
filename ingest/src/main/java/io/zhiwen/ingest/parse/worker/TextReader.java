package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Plain text: paragraphs are what empty lines or indents part, or single lines where there are no
/// such; Chinese chapter numbers make headings.
final class TextReader implements DocumentReader {

    private static final String NUMBER = "[〇零一二三四五六七八九十百千\\d]{1,6}";
    private static final Pattern PART = Pattern.compile("\\s*第" + NUMBER + "[编篇部卷](\\s.*)?");
    private static final Pattern CHAPTER =
            Pattern.compile(
                    "\\s*(第"
                            + NUMBER
                            + "章(\\s.*|[^，。；]{0,30})?|(?i:chapter)\\s+[\\dIVXLC]+\\b.{0,60})");
    private static final Pattern SECTION =
            Pattern.compile("\\s*第" + NUMBER + "节(\\s.*|[^，。；]{0,30})?");
    private static final Pattern MARKDOWN_HEADING = Pattern.compile("#{1,6} \\S.{0,100}");

    private static final int LONGEST_HEADING = 60;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        write(decode(Bytes.of(file)), to);
    }

    static String decode(byte[] bytes) {
        String text = Charsets.decode(bytes, null);
        if (text == null) {
            throw new Refused(Reason.UNSUPPORTED, "not text in any known charset");
        }
        if (text.isBlank()
                || text.codePoints()
                        .allMatch(
                                c ->
                                        Character.isWhitespace(c)
                                                || Character.isSpaceChar(c)
                                                || c == 0xFEFF)) {
            throw new Refused(Reason.EMPTY, "nothing but white space");
        }
        return text;
    }

    static void write(String text, Blocks to) {
        List<String> lines = text.lines().toList();
        StringBuilder paragraph = new StringBuilder();
        boolean wrapped = isHardWrapped(lines);
        for (String line : lines) {
            int heading = headingLevel(line);
            boolean startsNew = !wrapped || isIndented(line);
            if (line.isBlank() || heading > 0 || startsNew) {
                to.paragraph(paragraph.toString());
                paragraph.setLength(0);
            }
            if (heading > 0) {
                to.heading(heading, line.strip().replaceFirst("^#+ ", ""));
            } else if (!line.isBlank()) {
                paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line.stripTrailing());
            }
        }
        to.paragraph(paragraph.toString());
    }

    private static int headingLevel(String line) {
        if (line.length() > LONGEST_HEADING * 2) {
            return 0;
        }
        if (MARKDOWN_HEADING.matcher(line).matches()) {
            return line.indexOf(' ');
        }
        if (line.strip().length() > LONGEST_HEADING) {
            return 0;
        }
        if (PART.matcher(line).matches()) {
            return 1;
        }
        return CHAPTER.matcher(line).matches() ? 2 : SECTION.matcher(line).matches() ? 3 : 0;
    }

    /// An indent opens a paragraph; deep indents are lists, tables and verse.
    private static boolean isIndented(String line) {
        return line.startsWith("  ") || line.startsWith("\t") || line.startsWith("\u3000");
    }

    /// Whether lines end because they are full: then most are nearly as long as the longest usual
    /// one, and a line break means nothing.
    private static boolean isHardWrapped(List<String> lines) {
        int[] widths =
                lines.stream()
                        .filter(line -> !line.isBlank())
                        .mapToInt(TextReader::width)
                        .sorted()
                        .toArray();
        if (widths.length < 3) {
            return true;
        }
        int usual = widths[(int) (widths.length * 0.9)];
        int longest = widths[widths.length - 1];
        long full = java.util.Arrays.stream(widths).filter(w -> w >= usual * 0.75).count();
        return usual >= 40 && usual <= 130 && longest <= usual * 1.6 && full * 2 >= widths.length;
    }

    private static int width(String line) {
        return line.length() + (int) line.chars().filter(c -> c >= 0x2E80).count();
    }
}
