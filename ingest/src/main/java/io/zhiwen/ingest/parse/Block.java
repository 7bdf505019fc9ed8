package io.zhiwen.ingest.parse;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One piece of a document in reading order.
///
/// @param kind what it is
/// @param level of a heading 1 to 6, of a list item its depth from 1; else 0
/// @param text what a reader sees; a table's rows are lines, their cells joined by ` | `
/// @param page of a PDF, or slide number, from 1
/// @param sheet of a workbook
/// @param rows a table's cells, the header rows first; empty for every other kind
/// @param headerRows how many of `rows` are header
public record Block(
        Kind kind,
        int level,
        String text,
        @Nullable Integer page,
        @Nullable String sheet,
        List<List<String>> rows,
        int headerRows) {

    /// What a block is.
    public enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        TABLE,
        CODE,
        FOOTNOTE
    }

    public Block {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        rows = rows.stream().map(List::copyOf).toList();
        if (headerRows < 0 || headerRows > rows.size()) {
            throw new IllegalArgumentException(headerRows + " header rows of " + rows.size());
        }
    }

    public static Block heading(int level, String text, @Nullable Integer page) {
        return new Block(Kind.HEADING, level, text, page, null, List.of(), 0);
    }

    public static Block paragraph(String text, @Nullable Integer page) {
        return new Block(Kind.PARAGRAPH, 0, text, page, null, List.of(), 0);
    }

    public static Block listItem(int depth, String text, @Nullable Integer page) {
        return new Block(Kind.LIST_ITEM, depth, text, page, null, List.of(), 0);
    }

    public static Block footnote(String text, @Nullable Integer page) {
        return new Block(Kind.FOOTNOTE, 0, text, page, null, List.of(), 0);
    }

    public static Block code(String text, @Nullable Integer page) {
        return new Block(Kind.CODE, 0, text, page, null, List.of(), 0);
    }

    public static Block table(
            List<List<String>> rows,
            int headerRows,
            @Nullable Integer page,
            @Nullable String sheet) {
        String text = String.join("\n", rows.stream().map(row -> String.join(" | ", row)).toList());
        return new Block(Kind.TABLE, 0, text, page, sheet, rows, headerRows);
    }
}
