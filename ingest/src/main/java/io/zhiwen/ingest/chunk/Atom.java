package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Block;
import org.jspecify.annotations.Nullable;

/// A stretch that no chunk cuts: a short block, a sentence, a row.
///
/// @param block the block it is (part of)
/// @param start in the document's text
/// @param tokens as the encoder for `language` counts them
/// @param header the header rows it needs above it, when it is a row behind them; else empty
/// @param headerTokens of `header`
/// @param opens whether it opens its block
/// @param article whether it opens an article of a law
/// @param told how a row is shown instead of below its header; null for all that is shown as it is
record Atom(
        Block block,
        int start,
        int end,
        int tokens,
        Language language,
        String header,
        int headerTokens,
        boolean opens,
        boolean article,
        @Nullable String told) {

    /// Whether it is (part of) a row of a table.
    boolean isRow() {
        return block.kind() == Block.Kind.TABLE;
    }

    boolean isHeading() {
        return block.kind() == Block.Kind.HEADING;
    }
}
