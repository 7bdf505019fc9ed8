package io.zhiwen.suggest;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The headings of a document in their order. Its title, above all of them, is left out: it is no
/// topic of its own.
///
/// @param entries in reading order
record Outline(List<Entry> entries) {

    /// @param path from the outermost heading down to its own
    /// @param start where it stands in the document's text
    record Entry(List<String> path, int start) {}

    static Outline of(CleanDocument document) {
        List<Entry> entries = new ArrayList<>();
        Deque<Block> above = new ArrayDeque<>();
        var spans = document.spans();
        for (int i = 0; i < spans.size(); i++) {
            Block block = document.blocks().get(i);
            if (block.kind() == Block.Kind.HEADING) {
                while (!above.isEmpty() && above.getLast().level() >= block.level()) {
                    above.removeLast();
                }
                above.addLast(block);
                var path = above.stream().map(Block::text).toList();
                entries.add(new Entry(path, spans.get(i).start()));
            }
        }
        long tops = entries.stream().filter(entry -> entry.path().size() == 1).count();
        return new Outline(
                entries.stream().filter(entry -> tops > 1 || entry.path().size() > 1).toList());
    }

    /// The index of the heading a place of the text stands under; -1 before the first.
    int at(int place) {
        int at = -1;
        while (at + 1 < entries.size() && entries.get(at + 1).start() <= place) {
            at++;
        }
        return at;
    }
}
