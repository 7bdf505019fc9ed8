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
        return rows.size() - last <= 2;
    }
}
