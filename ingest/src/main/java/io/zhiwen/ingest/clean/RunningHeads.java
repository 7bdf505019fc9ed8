package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds what stands at the top or bottom of page after page: running heads, footers and page
/// numbers.
final class RunningHeads {

    /// How many blocks from the edge of a page may belong to its head or foot.
    private static final int DEPTH = 3;

    private static final int LONGEST = 200;
    private static final Pattern DIGITS = Pattern.compile("[0-9０-９]+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern PAGE_OF =
            Pattern.compile(
                    "(?i)(page\\s*\\d+(\\s*(of|/)\\s*\\d+)?|第\\s*\\d+\\s*页.{0,8}|\\d+\\s*/\\s*\\d+\\s*页?)");
    private static final Pattern NUMBER = Pattern.compile("[\\-–—·\\s]*\\d{1,4}[\\-–—·\\s]*");

    private RunningHeads() {}

    static List<Block> removedFrom(List<Block> blocks) {
        Map<Integer, List<Integer>> pages = new TreeMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            Integer page = blocks.get(i).page();
            if (page != null) {
                pages.computeIfAbsent(page, _ -> new ArrayList<>()).add(i);
            }
        }
        Set<Integer> remove = new HashSet<>();
        for (boolean top : new boolean[] {true, false}) {
            Map<String, Integer> seen = count(blocks, pages, top);
            for (List<Integer> page : pages.values()) {
                for (int i : edge(page, top)) {
                    int often = seen.getOrDefault(key(blocks.get(i)), 0);
                    if (!isRunning(blocks.get(i), often, pages.size())) {
                        break;
                    }
                    remove.add(i);
                }
            }
        }
        for (List<Integer> page : pages.values()) {
            if (remove.containsAll(page)) {
                page.forEach(remove::remove); // a page of nothing else is no page of heads
            }
        }
        List<Block> kept = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            if (!remove.contains(i)) {
                kept.add(blocks.get(i));
            }
        }
        return kept;
    }

    private static Map<String, Integer> count(
            List<Block> blocks, Map<Integer, List<Integer>> pages, boolean top) {
        Map<String, Integer> seen = new HashMap<>();
        for (List<Integer> page : pages.values()) {
            Set<String> here = new HashSet<>();
            edge(page, top).forEach(i -> here.add(key(blocks.get(i))));
            here.forEach(key -> seen.merge(key, 1, Integer::sum));
        }
        return seen;
    }

    /// Left and right pages often differ, so a quarter of the pages is enough; never fewer than
    /// three.
    private static boolean isRunning(Block block, int often, int pages) {
        String text = block.text().strip();
        if (text.length() > LONGEST) {
            return false;
        }
        if (PAGE_OF.matcher(text).matches()) {
            return true;
        }
        boolean usual = often >= Math.max(3, (pages + 3) / 4);
        return usual && (NUMBER.matcher(text).matches() || hasLetters(text));
    }

    private static boolean hasLetters(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /// The blocks at one edge of a page, from the edge inwards, but never the whole page.
    private static List<Integer> edge(List<Integer> page, boolean top) {
        int size = Math.min(DEPTH, Math.max(page.size() > 1 ? 1 : 0, (page.size() - 1) / 2));
        return top
                ? page.subList(0, size)
                : page.subList(page.size() - size, page.size()).reversed();
    }

    private static String key(Block block) {
        String numbers = DIGITS.matcher(block.text()).replaceAll("#");
        return SPACES.matcher(numbers).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
