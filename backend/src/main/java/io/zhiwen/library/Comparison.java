package io.zhiwen.library;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import java.util.ArrayList;
import java.util.List;

/// What changed from one version of a document to another, block by block.
///
/// @param whole false when they differ in so much that the rest was not looked for
public record Comparison(List<Change> changes, boolean whole) {

    /// Blocks of one version that are compared, after those the two begin and end with.
    private static final int MOST_BLOCKS = 3000;

    public Comparison {
        changes = List.copyOf(changes);
    }

    static Comparison of(CleanDocument older, CleanDocument newer) {
        var before = older.blocks();
        var after = newer.blocks();
        int most = Math.min(before.size(), after.size());
        int start = 0;
        while (start < most && same(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && same(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        var left = before.subList(start, before.size() - end);
        var right = after.subList(start, after.size() - end);
        boolean whole = left.size() <= MOST_BLOCKS && right.size() <= MOST_BLOCKS;
        left = left.subList(0, Math.min(left.size(), MOST_BLOCKS));
        right = right.subList(0, Math.min(right.size(), MOST_BLOCKS));
        var patch = DiffUtils.diff(left, right, Comparison::same);
        return new Comparison(
                patch.getDeltas().stream().flatMap(delta -> changes(delta).stream()).toList(),
                whole);
    }

    private static boolean same(Block one, Block other) {
        return one.text().equals(other.text());
    }

    /// Blocks that stand in for each other are paired in their order.
    private static List<Change> changes(AbstractDelta<Block> delta) {
        var before = delta.getSource().getLines();
        var after = delta.getTarget().getLines();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            var was = i < before.size() ? before.get(i) : null;
            var is = i < after.size() ? after.get(i) : null;
            changes.add(
                    new Change(
                            was == null ? null : was.text(),
                            is == null ? null : is.text(),
                            is != null ? is.page() : was == null ? null : was.page()));
        }
        return changes;
    }
}
