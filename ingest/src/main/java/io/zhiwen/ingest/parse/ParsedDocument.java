package io.zhiwen.ingest.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was understood of a source file.
///
/// @param mediaType what the content is, whatever the name says, e.g. `application/pdf`
/// @param typeMismatch whether the name's extension promises another type
/// @param title from the document itself, if it has one
/// @param pages of a PDF, or slides
/// @param blocks in reading order; at least one with text
/// @param findings about what was hard to read
public record ParsedDocument(
        String mediaType,
        boolean typeMismatch,
        @Nullable String title,
        @Nullable Integer pages,
        List<Block> blocks,
        List<Finding> findings) {

    public ParsedDocument {
        blocks = List.copyOf(blocks);
        findings = List.copyOf(findings);
    }

    /// A document about which there is nothing to say.
    public ParsedDocument(
            String mediaType,
            boolean typeMismatch,
            @Nullable String title,
            @Nullable Integer pages,
            List<Block> blocks) {
        this(mediaType, typeMismatch, title, pages, blocks, List.of());
    }
}
