package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Counts what Word numbers by itself, so that `第三条` and `2.1` are in the text as a reader sees
/// them.
final class DocxNumbers {

    private record Level(String format, String text, int start) {}

    private static final int LEVELS = 9;

    private final Map<String, Level[]> lists = new HashMap<>();
    private final Map<String, String> abstracts = new HashMap<>();
    private final Map<String, int[]> counts = new HashMap<>();

    private DocxNumbers() {}

    static DocxNumbers of(Archive archive) throws IOException {
        DocxNumbers numbers = new DocxNumbers();
        byte[] bytes = archive.bytes("word/numbering.xml");
        if (bytes == null) {
            return numbers;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Document xml = Jsoup.parse(text, "", Parser.xmlParser());
        Map<String, Level[]> byAbstract = new HashMap<>();
        for (Element list : xml.select("w|abstractNum")) {
            byAbstract.put(list.attr("w:abstractNumId"), levels(list));
        }
        for (Element list : xml.select("w|num")) {
            String id = list.attr("w:numId");
            String of = value(list, "w|abstractNumId", "");
            Level[] levels = byAbstract.get(of);
            if (levels != null) {
                numbers.lists.put(id, levels);
                numbers.abstracts.put(id, of);
            }
        }
        return numbers;
    }

    private static Level[] levels(Element list) {
        Level[] levels = new Level[LEVELS];
        for (Element level : list.select("w|lvl")) {
            int depth = number(level.attr("w:ilvl"), 0);
            if (depth < LEVELS) {
                levels[depth] =
                        new Level(
                                value(level, "w|numFmt", "decimal"),
                                value(level, "w|lvlText", ""),
                                number(value(level, "w|start", "1"), 1));
            }
        }
        return levels;
    }

    private static String value(Element element, String query, String otherwise) {
        Element found = element.selectFirst(query);
        return found == null ? otherwise : found.attr("w:val");
    }

    static int number(String text, int otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /// What stands before the next item of this list, with a space behind; empty for a bullet.
    String next(@Nullable String list, int depth) {
        Level[] levels = list == null ? null : lists.get(list);
        if (levels == null || depth >= LEVELS || depth < 0) {
            return "";
        }
        String key = Objects.requireNonNull(abstracts.get(list));
        int[] count = counts.computeIfAbsent(key, _ -> new int[LEVELS]);
        count[depth]++;
        java.util.Arrays.fill(count, depth + 1, LEVELS, 0);
        Level level = levels[depth];
        if (level == null || level.format().equals("bullet") || level.format().equals("none")) {
            return "";
        }
        String shown = level.text();
        for (int i = 0; i <= depth; i++) {
            Level part = levels[i];
            if (part != null) {
                int value = part.start() + Math.max(1, count[i]) - 1;
                shown = shown.replace("%" + (i + 1), Numerals.in(part.format(), value));
            }
        }
        return shown.isBlank() ? "" : shown.strip() + " ";
    }
}
