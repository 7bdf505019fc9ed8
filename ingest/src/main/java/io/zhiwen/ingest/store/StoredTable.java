package io.zhiwen.ingest.store;

import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table with its place in the store.
///
/// @param titles what it is called
/// @param titleKeys the same as questions name it
/// @param flat whether each row stands for itself
/// @param span of its rows in the document's text
/// @param columns in order; the first is number 1
/// @param values those cells that were asked for, by key: in which columns each stands
/// @param changed when its document was
public record StoredTable(
        long id,
        KnowledgeBaseId base,
        DocumentId document,
        int version,
        String documentName,
        Instant changed,
        List<String> titles,
        List<String> titleKeys,
        @Nullable String sheet,
        boolean flat,
        int rows,
        Span span,
        List<DataColumn> columns,
        Map<String, List<Value>> values) {

    /// A cell that says something a question said.
    ///
    /// @param column from 1
    /// @param shown as one of the cells shows it
    public record Value(int column, String key, String shown) {}

    public StoredTable {
        titles = List.copyOf(titles);
        titleKeys = List.copyOf(titleKeys);
        columns = List.copyOf(columns);
        values = Map.copyOf(values);
    }

    /// @param number from 1
    public DataColumn column(int number) {
        return columns.get(number - 1);
    }
}
