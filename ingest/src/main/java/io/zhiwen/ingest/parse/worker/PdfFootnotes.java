package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the footnotes of a page: small type at the foot of a column, below a gap, begun by a
/// number or a mark. A footnote that does not end in its column goes on at the foot of the next.
/// For one document.
final class PdfFootnotes {

    /// Rows of text, and the footnotes that stood below them.
    record Parted(List<PdfRow> text, List<String> notes, List<PdfRow> below) {}

    private static final Pattern MARK =
            Pattern.compile(
                    "(?<number>\\d{1,3})[.．]?\\s?(?=[\\p{L}“‘\"'《「]).*"
                            + "|[\\[［〔](?<inside>\\d{1,3})[\\]］〕].+"
                            + "|(?<sign>[*＊]{1,3}|[†‡]{1,2}|[①-⑳]|注\\s?\\d{0,2}[:：]).+",
                    Pattern.DOTALL);
    private static final Pattern BARE =
            Pattern.compile("\\d{1,3}[.．]?|[\\[［〔]\\d{1,3}[\\]］〕]|[*＊†‡]{1,3}|[①-⑳]");
    private static final String ENDS = "。！？.!?”\"’)）";

    /// Letters of a footnote, as a share of the body's size.
    private static final float SMALL = 0.93f;

    /// The gap above them, as a share of the usual distance of lines.
    private static final float APART = 1.12f;

    /// Below a wider gap, in letter heights, there is what stands at the edge of the page.
    private static final float WIDE = 1.7f;

    private boolean unfinished;

    boolean isUnfinished() {
        return unfinished;
    }

    void goOn(boolean inFootnote) {
        unfinished = inFootnote;
    }

    /// @param body size of the body's letters
    Parted parted(PdfPage page, List<PdfRow> column, float body) {
        int begin = begin(page, column, body);
        List<String> notes = notes(column.subList(begin, column.size()));
        return new Parted(column.subList(0, begin), notes, List.of());
    }

    /// Of what stands at the lower edge of a page, the footnotes among it.
    Parted atEdge(PdfPage page, float body) {
        List<PdfRow> rows = page.bottom();
        boolean text = page.columns().stream().anyMatch(column -> !column.isEmpty());
        if (!text || rows.isEmpty() || !opens(rows.getFirst(), body)) {
            return new Parted(List.of(), List.of(), rows);
        }
        int end = 1;
        while (end < rows.size()
                && isNote(rows.get(end), body)
                && rows.get(end).y() - rows.get(end - 1).y() < WIDE * rows.get(end).size()) {
            end++;
        }
        return new Parted(List.of(), notes(rows.subList(0, end)), rows.subList(end, rows.size()));
    }

    /// Where the footnotes of a column begin; its size when it has none.
    private int begin(PdfPage page, List<PdfRow> column, float body) {
        int first = column.size();
        while (first > 0 && isNote(column.get(first - 1), body)) {
            first--;
        }
        if (first == column.size() || !isFoot(page, column)) {
            return column.size();
        }
        if (unfinished && first > 0 && isApart(column, first)) {
            return first;
        }
        for (int row = first; row < column.size(); row++) {
            if (opens(column.get(row), body)
                    && isBelowText(page, column, row, body)
                    && (row == 0 || isApart(column, row))) {
                return row;
            }
        }
        return column.size();
    }

    private static boolean isNote(PdfRow row, float body) {
        List<PdfRun> runs = row.runs();
        boolean text =
                row.isSingle()
                        || (runs.size() == 2 && BARE.matcher(runs.getFirst().text()).matches());
        return text && row.size() <= SMALL * body && runs.getFirst().grid() == null;
    }

    private static boolean opens(PdfRow row, float body) {
        return isNote(row, body) && MARK.matcher(row.text()).matches();
    }

    private static boolean isApart(List<PdfRow> column, int row) {
        float gap = column.get(row).y() - column.get(row - 1).y();
        List<Float> gaps = new ArrayList<>();
        for (int i = 1; i < row; i++) {
            gaps.add(column.get(i).y() - column.get(i - 1).y());
        }
        gaps.sort(null);
        float usual =
                gaps.isEmpty() ? 1.2f * column.get(row - 1).size() : gaps.get(gaps.size() / 2);
        return gap > APART * usual;
    }

    /// Whether nothing of the page stands below the column.
    private static boolean isFoot(PdfPage page, List<PdfRow> column) {
        PdfRow last = column.getLast();
        return page.columns().stream()
                .filter(other -> other != column)
                .flatMap(List::stream)
                .noneMatch(row -> row.y() > last.y() && isOver(row, last));
    }

    /// Whether there is text of the body's size above, and no heading right above, below which
    /// small numbered lines are a list of works.
    private static boolean isBelowText(PdfPage page, List<PdfRow> column, int at, float body) {
        PdfRow first = column.get(at);
        PdfRow above = at > 0 ? column.get(at - 1) : null;
        if (above != null && (above.isBold() || above.size() > 1.1f * body)) {
            return false;
        }
        return page.columns().stream()
                .flatMap(List::stream)
                .anyMatch(
                        row ->
                                row.y() < first.y()
                                        && row.size() > SMALL * body
                                        && isOver(row, first));
    }

    private static boolean isOver(PdfRow row, PdfRow other) {
        return row.left() < other.right() && row.right() > other.left();
    }

    /// The text of each; the first may go on from the one before.
    private List<String> notes(List<PdfRow> rows) {
        List<String> notes = new ArrayList<>();
        StringBuilder note = new StringBuilder();
        int number = -1;
        for (PdfRow row : rows) {
            Matcher mark = MARK.matcher(row.text());
            int next = mark.matches() ? number(mark) : -1;
            boolean begins = mark.matches() && (number < 0 || next < 0 || next == number + 1);
            if (begins && !note.isEmpty()) {
                notes.add(note.toString());
                note = new StringBuilder();
            }
            number = begins && next >= 0 ? next : number;
            PdfWriter.append(note, row.text());
        }
        if (!note.isEmpty()) {
            notes.add(note.toString());
            unfinished = ENDS.indexOf(note.charAt(note.length() - 1)) < 0;
        }
        return notes;
    }

    private static int number(Matcher mark) {
        String digits = mark.group("number") == null ? mark.group("inside") : mark.group("number");
        return digits == null ? -1 : Integer.parseInt(digits);
    }
}
