package io.zhiwen.ask.cite;

import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A numbered reference from an answer to the passage it rests on.
///
/// @param number as in `[1]`
/// @param span what to highlight, in the text of that version
/// @param text the passage
public record Citation(
        int number,
        KnowledgeBaseId base,
        DocumentId document,
        int version,
        String documentName,
        @Nullable Integer page,
        @Nullable String sheet,
        List<String> headingPath,
        Span span,
        String text) {}
