package io.zhiwen.library;

import java.util.List;

/// One page of a table of documents.
///
/// @param total of all pages
public record ListedPage(List<DocumentRow> rows, long total) {

    public ListedPage {
        rows = List.copyOf(rows);
    }
}
