package io.zhiwen.ingest.store;

import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.table.DataRow;
import io.zhiwen.ingest.table.DataTable;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/// Keeps the tables of a version, in the caller's transaction. Safe for concurrent use.
public final class TableRows {

    private static final int AT_ONCE = 1000;

    private final JdbcTemplate jdbc;

    public TableRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /// In place of those that were kept of this version.
    public void replace(DocumentId document, int version, List<DataTable> tables) {
        jdbc.update(
                "delete from data_table where document_id = ? and version = ?",
                document.value(),
                version);
        jdbc.update(
                "insert into tables_read (document_id, version) values (?, ?) on conflict do nothing",
                document.value(),
                version);
        for (int ordinal = 0; ordinal < tables.size(); ordinal++) {
            add(document, version, ordinal, tables.get(ordinal));
        }
    }

    private void add(DocumentId document, int version, int ordinal, DataTable table) {
        Long id = jdbc.queryForObject("select nextval('data_table_id')", Long.class);
        if (id == null) {
            throw new IllegalStateException("the database gave no id");
        }
        jdbc.update(
                """
                insert into data_table (id, document_id, version, ordinal, titles, title_keys,
                    sheet, flat, rows, span_start, span_end)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                statement -> {
                    statement.setLong(1, id);
                    statement.setObject(2, document.value());
                    statement.setInt(3, version);
                    statement.setInt(4, ordinal);
                    setTexts(statement, 5, table.titles());
                    setTexts(statement, 6, table.titleKeys());
                    statement.setString(
                            7, table.sheet() == null ? null : Storable.text(table.sheet()));
                    statement.setBoolean(8, table.isFlat());
                    statement.setInt(9, table.size());
                    statement.setInt(10, table.span().start());
                    statement.setInt(11, table.span().end());
                });
        addColumns(id, table.columns());
        for (int from = 0; from < table.size(); from += AT_ONCE) {
            addRows(id, table, from, Math.min(table.size(), from + AT_ONCE));
        }
    }

    private void addColumns(long table, List<DataColumn> columns) {
        List<Integer> numbers = IntStream.range(0, columns.size()).boxed().toList();
        jdbc.batchUpdate(
                """
                insert into data_column (table_id, position, name, keys, thing, kind, unit, is_unique)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                numbers,
                AT_ONCE,
                (statement, number) -> {
                    DataColumn column = columns.get(number);
                    statement.setLong(1, table);
                    statement.setInt(2, number + 1);
                    statement.setString(3, Storable.text(column.name()));
                    setTexts(statement, 4, column.keys());
                    statement.setString(5, Storable.text(column.thing()));
                    statement.setString(6, column.kind().name());
                    statement.setString(7, Storable.text(column.unit()));
                    statement.setBoolean(8, column.unique());
                });
    }

    private void addRows(long table, DataTable rows, int from, int to) {
        jdbc.batchUpdate(
                """
                insert into data_row (table_id, position, shown, keys, numbers, dates, total,
                    span_start, span_end, page)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                IntStream.range(from, to).boxed().toList(),
                AT_ONCE,
                (statement, number) -> {
                    DataRow row = rows.row(number);
                    statement.setLong(1, table);
                    statement.setInt(2, number + 1);
                    setTexts(statement, 3, row.shown());
                    setTexts(statement, 4, row.keys());
                    set(statement, 5, "numeric", row.numbers());
                    set(statement, 6, "date", row.dates());
                    statement.setBoolean(7, row.total());
                    statement.setInt(8, row.span().start());
                    statement.setInt(9, row.span().end());
                    statement.setObject(10, row.page(), Types.INTEGER);
                });
    }

    private static void setTexts(PreparedStatement statement, int index, List<String> texts)
            throws SQLException {
        set(statement, index, "text", texts.stream().map(Storable::text).toList());
    }

    private static void set(PreparedStatement statement, int index, String type, List<?> values)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf(type, values.toArray()));
    }
}
