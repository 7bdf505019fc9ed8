package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A passage to search and to cite.
///
/// @param ordinal place in its document, from 0
/// @param text what is searched and shown; of a table, the header rows are repeated before the rows
/// of `span`
/// @param headingPath from the outermost heading down
/// @param page where it begins, from 1; of a PDF or slides
/// @param sheet of a workbook
/// @param span its place in the clean document's text
/// @param section the stretch around it to read: its section, or the part of it that stays readable
/// @param tokens as its encoder counts them, special tokens left out
public record Chunk(
        int ordinal,
        String text,
        List<String> headingPath,
        @Nullable Integer page,
        @Nullable String sheet,
        Span span,
        Span section,
        int tokens,
        Language language) {

    public Chunk {
        headingPath = List.copyOf(headingPath);
        if (text.isBlank()) {
            throw new IllegalArgumentException("chunk " + ordinal + " is blank");
        }
        if (section.start() > span.start() || section.end() < span.end()) {
            throw new IllegalArgumentException("section " + section + " does not hold " + span);
        }
    }

    /// What the encoder reads: the heading path gives a passage the context its own words lack.
    public String embeddedText() {
        return headingPath.isEmpty() ? text : String.join(" > ", headingPath) + "\n" + text;
    }
}
