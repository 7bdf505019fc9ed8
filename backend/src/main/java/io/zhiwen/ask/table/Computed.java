package io.zhiwen.ask.table;

import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.Map;

/// What a table says to a question.
///
/// @param text Markdown with `[n]` where it cites
/// @param citations the rows it rests on
/// @param document they stand in
/// @param rows it was computed from
/// @param trace how, for admins
public record Computed(
        String text,
        List<Citation> citations,
        String document,
        long rows,
        Map<String, Object> trace) {

    /// Rows cited beside a value made from more.
    static final int SHOWN = 5;

    public Computed {
        citations = List.copyOf(citations);
        trace = Map.copyOf(trace);
    }
}
