package io.zhiwen.ingest.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells rows that stand for one thing each from rows that sum up others. Rows that are parts of
/// one another cannot be counted or added.
final class RowKind {

    private static final Pattern TOTAL =
            Pattern.compile(
                    "(?i)(?:合\\s*计|总\\s*计|总和|总数|汇总|均值|平均值?|平均数|(?:grand |sub-?)?totals?|sum|average|mean|overall"
                            + "|.{0,20}(?:合计|小计|总计)|(?:sub-?)?total\\b.{0,40}|.{0,40}\\btotals?)\\s*[:：]?");
    private static final Pattern PART =
            Pattern.compile(
                    "(?i)(?:其中|减|加|包括)[:：、].*|其中.*|of which\\b.*|thereof\\b.*|(?:less|add|plus):.*");
    private static final Pattern REST =
            Pattern.compile("(?i)(?:其他|其它|其余|others?|other .*|unallocated.*|rest)(?: \\(.\\))?");
    private static final Pattern EXCERPT =
            Pattern.compile(
                    "(?i)前\\s?[\\d一二三四五六七八九十]+\\s?[名大位家个]|\\btop[ -]?(?:\\d+|ten|five)\\b"
                            + "|\\b(?:\\d+|ten|five) (?:largest|biggest|highest)\\b|节选|摘录|示例|\\bexcerpt|\\bselected\\b");
    private static final int LONG = 80;
    private static final List<Pattern> LEVELS =
            List.of(
                    Pattern.compile("[一二三四五六七八九十]+[、.．].*"),
                    Pattern.compile("[（(][一二三四五六七八九十]+[)）].*"),
                    Pattern.compile("\\d{1,2}[、.．)](?!\\d).*"),
                    Pattern.compile("[（(]\\d{1,2}[)）].*"));

    private RowKind() {}

    static boolean isTotal(List<String> cells) {
        return cells.stream()
                .filter(cell -> !cell.isBlank())
                .limit(2)
                .anyMatch(cell -> TOTAL.matcher(cell.strip()).matches());
    }

    /// Whether each row stands for itself, but for totals at the end.
    static boolean isFlat(List<List<String>> rows) {
        Set<Pattern> levels = new HashSet<>();
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        int last = rows.size();
        while (last > 0 && isTotal(rows.get(last - 1))) {
            last--;
        }
        for (List<String> row : rows.subList(0, last)) {
            String label = row.isEmpty() ? "" : row.getFirst().strip();
            long filled = row.stream().filter(cell -> !cell.isBlank()).count();
            boolean alone = filled <= 1 && width > 2;
            LEVELS.stream().filter(level -> level.matcher(label).matches()).forEach(levels::add);
            if (alone || isTotal(row) || PART.matcher(label).matches() || levels.size() > 1) {
                return false;
            }
        }
        boolean rest =
                last > 0
                        && !rows.get(last - 1).isEmpty()
                        && REST.matcher(rows.get(last - 1).getFirst().strip()).matches();
        return rows.size() - last <= 2 && !rest && !endsWithNote(rows, width);
    }

    /// Whether a long cell stands below short ones: a remark inside the table's frame.
    private static boolean endsWithNote(List<List<String>> rows, int width) {
        List<String> last = rows.getLast();
        for (int column = 0; column < Math.min(width, last.size()); column++) {
            int at = column;
            List<Integer> lengths =
                    rows.stream()
                            .map(row -> at < row.size() ? row.get(at).length() : 0)
                            .sorted()
                            .toList();
            int usual = lengths.get(lengths.size() / 2);
            if (last.get(column).length() > LONG && usual * 4 < LONG) {
                return true;
            }
        }
        return false;
    }

    /// Whether what a table is called says that there is more than it shows.
    static boolean isExcerpt(List<String> titles) {
        return titles.stream().anyMatch(title -> EXCERPT.matcher(title).find());
    }
}
