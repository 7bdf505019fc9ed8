package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What readers are shown and chunks are cut from. Every span of a chunk or a citation counts in
/// `text()`: the blocks' texts in order, joined by a blank line.
///
/// @param title of the document, if it has one
/// @param blocks none of them blank
/// @param findings about what was hard to read or looks doubtful
public record CleanDocument(@Nullable String title, List<Block> blocks, List<Finding> findings) {

    private static final String BETWEEN = "\n\n";

    public CleanDocument {
        blocks = List.copyOf(blocks);
        findings = List.copyOf(findings);
        for (Block block : blocks) {
            if (block.text().isBlank()) {
                throw new IllegalArgumentException("a clean document has no blank block");
            }
        }
    }

    /// A document about which there is nothing to say.
    public CleanDocument(@Nullable String title, List<Block> blocks) {
        this(title, blocks, List.of());
    }

    public String text() {
        return String.join(BETWEEN, blocks.stream().map(Block::text).toList());
    }

    /// Where each block stands in `text()`.
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>(blocks.size());
        int start = 0;
        for (Block block : blocks) {
            int end = start + block.text().length();
            spans.add(new Span(start, end));
            start = end + BETWEEN.length();
        }
        return spans;
    }
}
