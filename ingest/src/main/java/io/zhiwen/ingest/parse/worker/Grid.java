package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/// Lays the cells of an HTML table on a grid: one that spans rows says the same in each, one that
/// spans columns stands in the first; in a head, in all of them.
final class Grid {

    private static final int MOST_COLUMNS = 500;

    private Grid() {}

    static List<List<String>> of(List<Element> rows) {
        List<List<String>> grid = new ArrayList<>();
        Map<Integer, String> from = new HashMap<>();
        Map<Integer, Integer> left = new HashMap<>();
        for (Element row : rows) {
            List<String> line = new ArrayList<>();
            for (Element cell : row.children()) {
                fillSpanned(line, from, left);
                boolean head = cell.normalName().equals("th");
                int columns = span(cell, "colspan", MOST_COLUMNS);
                int deep = span(cell, "rowspan", rows.size());
                String text = cell.text();
                for (int i = 0; i < columns && line.size() < MOST_COLUMNS; i++) {
                    String shown = i == 0 || head ? text : "";
                    if (deep > 1) {
                        from.put(line.size(), shown);
                        left.put(line.size(), deep - 1);
                    }
                    line.add(shown);
                }
            }
            fillSpanned(line, from, left);
            grid.add(line);
        }
        return grid;
    }

    private static void fillSpanned(
            List<String> line, Map<Integer, String> from, Map<Integer, Integer> left) {
        Integer rows = left.get(line.size());
        while (rows != null && rows > 0) {
            left.put(line.size(), rows - 1);
            line.add(from.getOrDefault(line.size(), ""));
            rows = left.get(line.size());
        }
    }

    private static int span(Element cell, String attribute, int most) {
        String value = cell.attr(attribute).strip();
        boolean number =
                !value.isEmpty()
                        && value.length() < 6
                        && value.chars().allMatch(Character::isDigit);
        return number ? Math.clamp(Integer.parseInt(value), 1, Math.max(1, most)) : 1;
    }
}
