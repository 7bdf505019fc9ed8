package io.zhiwen.ingest.table;

import io.zhiwen.ingest.parse.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row below the head of a table; one cell for each of its columns.
///
/// @param shown as its readers see the cells
/// @param keys of cells that a question can name, else empty
/// @param numbers of the columns of numbers, else null
/// @param dates of the columns of days, else null
/// @param total whether it sums up rows of its table
/// @param span in the clean document's text
public record DataRow(
        List<String> shown,
        List<String> keys,
        List<@Nullable BigDecimal> numbers,
        List<@Nullable LocalDate> dates,
        boolean total,
        Span span,
        @Nullable Integer page) {}
