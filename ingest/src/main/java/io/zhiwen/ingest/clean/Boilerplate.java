package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a document says again on page after page: heads, feet, disclaimers, the text of a template.
final class Boilerplate {

    private static final Pattern NUMBERS_AND_SPACES = Pattern.compile("[0-9０-９]+|\\s+");

    /// Fewer pages have no habits.
    private static final int FEWEST_PAGES = 3;

    private Boilerplate() {}

    /// The share of the text that stands on at least three pages and a third of them, in percent;
    /// numbers may differ.
    static int percent(List<Block> blocks) {
        Map<String, Set<Integer>> pagesOf = new HashMap<>();
        Set<Integer> pages = new HashSet<>();
        for (Block block : blocks) {
            Integer page = block.page();
            if (page != null) {
                pages.add(page);
                if (counts(block)) {
                    pagesOf.computeIfAbsent(key(block), _ -> new HashSet<>()).add(page);
                }
            }
        }
        int enough = Math.max(FEWEST_PAGES, (pages.size() + 2) / 3);
        long all = 0;
        long again = 0;
        for (Block block : blocks) {
            int length = block.text().length();
            all += length;
            boolean usual =
                    counts(block) && pagesOf.getOrDefault(key(block), Set.of()).size() >= enough;
            again += usual ? length : 0;
        }
        return all == 0 ? 0 : (int) (again * 100 / all);
    }

    private static boolean counts(Block block) {
        return block.kind() != Kind.TABLE
                && block.text().codePoints().anyMatch(Character::isLetter);
    }

    private static String key(Block block) {
        return NUMBERS_AND_SPACES.matcher(block.text()).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
