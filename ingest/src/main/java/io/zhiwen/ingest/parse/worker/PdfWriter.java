package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes blocks of the rows of a column: tables where rows have several cells, else paragraphs,
/// and headings where letters are larger or bolder than the body's.
final class PdfWriter {

    private static final Pattern OPENS =
            Pattern.compile(
                    "^(第[〇零一二三四五六七八九十百千\\d]{1,6}[条章节编]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\\d{1,2}[)）、]|\\d{1,2}(\\.\\d{1,2}){0,3}[.．]?\\s).*");
    private static final Pattern BULLET = Pattern.compile("^[•·●■◆▪□☑√①-⑳].*");
    private static final Pattern CHAPTER = Pattern.compile("第[〇零一二三四五六七八九十百\\d]{1,5}[章节编].*");
    private static final Pattern NUMBERED =
            Pattern.compile(
                    "(?:([一二三四五六七八九十]{1,3})、|([（(][一二三四五六七八九十]{1,3}[)）])|(\\d{1,2}(?:\\.\\d{1,2}){0,3})[、.．]?\\s?)\\p{IsHan}.*");
    private static final String SENTENCE_ENDS = "。！？.!?;；:：”\"";
    private static final int LONGEST_HEADING = 120;

    private final Blocks to;
    private float body;

    /// A line or two there are rows that look like text, not headings.
    private boolean betweenTables;

    private int page;

    /// Of the column, tables included.
    private float width;

    /// The ruled table last written, unless other text followed.
    private @Nullable PdfGrid last;

    private int lastPage;

    /// The table without rules that the last page ended with.
    private @Nullable PdfTable open;

    private int openPage;

    PdfWriter(Blocks to) {
        this.to = to;
    }

    /// The tables that the next page may go on from, with the pages they stand on.
    record Tables(
            @Nullable PdfGrid ruled, int ruledPage, @Nullable PdfTable unruled, int unruledPage) {}

    Tables tables() {
        return new Tables(last, lastPage, open, openPage);
    }

    void goOn(Tables from) {
        last = from.ruled();
        lastPage = from.ruledPage();
        open = from.unruled();
        openPage = from.unruledPage();
    }

    /// What follows belongs to a text of letters of this size.
    void body(float size) {
        body = size;
    }

    /// What follows is on this page.
    void page(int number) {
        page = number;
        to.page(number);
    }

    void column(List<PdfRow> rows) {
        float left = (float) rows.stream().mapToDouble(PdfRow::left).min().orElse(0);
        float right = (float) rows.stream().mapToDouble(PdfRow::right).max().orElse(0);
        width = right - left;
        List<PdfRow> between = new ArrayList<>();
        for (PdfRow row : rows) {
            List<PdfGrid> grids =
                    row.runs().stream().map(PdfRun::grid).filter(Objects::nonNull).toList();
            if (grids.isEmpty()) {
                between.add(row);
                continue;
            }
            List<PdfRun> beside = row.runs().stream().filter(r -> r.grid() == null).toList();
            if (!beside.isEmpty()) {
                between.add(new PdfRow(beside));
            }
            unruled(between);
            between = new ArrayList<>();
            grids.forEach(this::write);
        }
        unruled(between);
    }

    private void write(PdfGrid grid) {
        PdfGrid before = last;
        boolean goesOn = before != null && lastPage + 1 == page && grid.hasColumnsOf(before);
        PdfGrid whole = before != null && goesOn ? grid.goingOnFrom(before) : grid;
        to.table(whole.rows(), whole.head());
        last = whole;
        lastPage = page;
        open = null;
    }

    private void unruled(List<PdfRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        last = null;
        List<PdfRow> text = new ArrayList<>();
        int goneOn = goOn(rows);
        boolean behindTable = goneOn > 0;
        for (int i = goneOn; i < rows.size(); ) {
            int end = tableEnd(rows, i);
            if (end > i) {
                betweenTables = behindTable && text.size() <= 2;
                paragraphs(text);
                betweenTables = false;
                behindTable = true;
                text.clear();
                write(PdfTable.of(rows.subList(i, end)));
                i = end;
            } else {
                text.add(rows.get(i++));
                open = null;
            }
        }
        paragraphs(text);
    }

    private void write(PdfTable table) {
        to.table(table.rows(), table.head());
        open = table;
        openPage = page;
    }

    /// How many of these rows go on from the table that the page before ended with.
    private int goOn(List<PdfRow> rows) {
        PdfTable before = open;
        open = null;
        if (before == null || openPage + 1 != page) {
            return 0;
        }
        int end = before.goOnIn(rows, tableEnd(rows, 0));
        if (end > 0) {
            write(before.goingOn(rows.subList(0, end)));
        }
        return end;
    }

    /// Each row by itself, where a section may begin too.
    void upperEdge(List<PdfRow> rows) {
        width = Float.MAX_VALUE;
        rows.forEach(row -> writeParagraph(List.of(row)));
    }

    void footnotes(List<String> notes) {
        notes.forEach(to::footnote);
    }

    /// Each row by itself: what stands at the edge of a page is often no part of its text.
    void edge(List<PdfRow> rows) {
        rows.forEach(row -> to.paragraph(row.text()));
    }

    /// Behind the table that begins at this row, or the row itself when none does.
    private static int tableEnd(List<PdfRow> rows, int start) {
        int cells = 0;
        int several = 0;
        int end = start;
        for (int i = start;
                i < rows.size() && (i == start || isNear(rows.get(i - 1), rows.get(i)));
                i++) {
            if (rows.get(i).isSingle()) {
                boolean gap = i - end >= 3 || i == start;
                if (gap) {
                    break;
                }
            } else {
                several++;
                cells = Math.max(cells, rows.get(i).runs().size());
                end = i + 1;
            }
        }
        boolean isTable = several >= 3 || (several == 2 && cells >= 3);
        return isTable && several * 2 >= end - start ? end : start;
    }

    static boolean isNear(PdfRow above, PdfRow row) {
        return row.y() - above.y() < 4 * Math.max(above.size(), row.size());
    }

    private void paragraphs(List<PdfRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        float leading = leading(rows);
        float left = (float) rows.stream().mapToDouble(PdfRow::left).min().orElse(0);
        float right = (float) rows.stream().mapToDouble(PdfRow::right).max().orElse(0);
        List<PdfRow> paragraph = new ArrayList<>();
        for (PdfRow row : rows) {
            if (!paragraph.isEmpty() && opens(paragraph, row, leading, left, right)) {
                writeParagraph(paragraph);
                paragraph.clear();
            }
            paragraph.add(row);
        }
        writeParagraph(paragraph);
    }

    private static float leading(List<PdfRow> rows) {
        List<Float> gaps = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            gaps.add(rows.get(i).y() - rows.get(i - 1).y());
        }
        gaps.sort(null);
        return gaps.isEmpty() ? 12 : gaps.get(gaps.size() / 2);
    }

    private static boolean opens(
            List<PdfRow> paragraph, PdfRow row, float leading, float left, float right) {
        PdfRow above = paragraph.getLast();
        float size = row.size();
        float gap = row.y() - above.y();
        if (gap > Math.max(1.4f * leading, 1.2f * size) && gap > 1.25f * leading) {
            return true;
        }
        if (Math.abs(above.size() - size) > 0.12f * size || above.isBold() != row.isBold()) {
            return true;
        }
        boolean indented =
                row.left() > left + 0.9f * size
                        && above.left() < left + 0.6f * size
                        && !hangs(paragraph.getFirst(), row);
        if (indented || BULLET.matcher(row.text()).matches()) {
            return true;
        }
        String text = above.text();
        char last = text.charAt(text.length() - 1);
        boolean ended = SENTENCE_ENDS.indexOf(last) >= 0;
        boolean isShort = above.right() < right - Math.max(3 * size, 0.15f * (right - left));
        boolean numbered = OPENS.matcher(row.text()).matches();
        return (isShort && (ended || PdfRun.isWide(last))) || (numbered && (ended || isShort));
    }

    /// Whether the row stands below the text of an item, behind its mark.
    private static boolean hangs(PdfRow first, PdfRow row) {
        boolean item =
                BULLET.matcher(first.text()).matches() || OPENS.matcher(first.text()).matches();
        float behind = row.left() - first.left();
        return item && behind > 0.4f * row.size() && behind < 4 * row.size();
    }

    private void writeParagraph(List<PdfRow> rows) {
        StringBuilder text = new StringBuilder();
        for (PdfRow row : rows) {
            append(text, row.text());
        }
        int level = headingLevel(rows, text);
        level = level == 0 ? numberedLevel(rows, text) : level;
        if (level > 0) {
            to.heading(level, text.toString());
        } else {
            to.paragraph(text.toString());
        }
    }

    private int headingLevel(List<PdfRow> rows, StringBuilder text) {
        boolean words = text.codePoints().filter(Character::isLetter).limit(2).count() == 2;
        boolean sentence = text.length() > 20 && "。；".indexOf(text.charAt(text.length() - 1)) >= 0;
        if (rows.size() > 3 || text.length() > LONGEST_HEADING || !words || body <= 0 || sentence) {
            return 0;
        }
        float ratio = rows.getFirst().size() / body;
        if (ratio >= 1.12f) {
            return ratio >= 1.8f ? 1 : ratio >= 1.4f ? 2 : 3;
        }
        boolean ends = "。.；;，,".indexOf(text.charAt(text.length() - 1)) >= 0;
        return rows.stream().allMatch(PdfRow::isBold) && ratio > 0.9f && !ends && rows.size() < 3
                ? 4
                : 0;
    }

    /// Of a short line that begins as Chinese headings do, and does not end as a sentence does.
    private int numberedLevel(List<PdfRow> rows, StringBuilder text) {
        PdfRow row = rows.getFirst();
        boolean isShort = rows.size() == 1 && text.length() <= 40;
        if (betweenTables
                || !isShort
                || row.right() - row.left() > 0.8f * width
                || SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0
                || text.indexOf("，") >= 0) {
            return 0;
        }
        Matcher numbered = NUMBERED.matcher(text);
        if (!numbered.matches()) {
            return CHAPTER.matcher(text).matches() ? 3 : 0;
        }
        String number = numbered.group(3);
        if (number == null) {
            return numbered.group(1) != null ? 4 : 5;
        }
        return 4 + (int) number.chars().filter(c -> c == '.').count();
    }

    /// Mends the end of a line: a hyphenated word is made whole, Chinese takes no space.
    static void append(StringBuilder text, String line) {
        if (text.isEmpty() || line.isEmpty()) {
            text.append(line);
            return;
        }
        char last = text.charAt(text.length() - 1);
        char first = line.charAt(0);
        boolean word = text.length() > 1 && Character.isLetter(text.charAt(text.length() - 2));
        if ((last == '-' || last == '\u00AD') && word && Character.isLowerCase(first)) {
            text.setLength(text.length() - 1);
        } else if (!(PdfRun.isWide(last) && PdfRun.isWide(first)) && "-/–".indexOf(last) < 0) {
            text.append(' ');
        }
        text.append(line);
    }
}
