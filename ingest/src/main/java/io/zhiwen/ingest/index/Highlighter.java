package io.zhiwen.ingest.index;

import io.zhiwen.ingest.parse.Span;
import java.util.List;

/// Says where a text has the words of a query. Safe for concurrent use.
@FunctionalInterface
public interface Highlighter {

    /// In order, none touching another; none where no word of the query is said.
    List<Span> spans(String query, String text);
}
