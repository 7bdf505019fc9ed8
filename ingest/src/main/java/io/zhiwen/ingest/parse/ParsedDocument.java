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
public record ParsedDocument(
        String mediaType,
        boolean typeMismatch,
        @Nullable String title,
        @Nullable Integer pages,
        List<Block> blocks) {

    public ParsedDocument {
        blocks = List.copyOf(blocks);
    }
}
