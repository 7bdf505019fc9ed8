package io.zhiwen.ingest.store;

import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.table.DataColumn;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds the tables that a question names. Safe for concurrent use.
public final class TableStore {

    /// More tables than this with names of a question tell nothing apart.
    private static final int MOST = 40;

    /// Which tables there are to see: `t` of `data_table`.
    static final String FOUND =
            """
            join document d on d.id = t.document_id and d.live_version = t.version and d.deleted_at is null
                and %s and %s
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            """
                    .formatted(Reach.IN_FORCE, Reach.CLAUSE);

    private final JdbcClient db;

    public TableStore(JdbcClient db) {
        this.db = db;
    }

    private record Head(long id, StoredTable table) {}

    private record Named(long table, DataColumn column) {}

    private record Said(long table, StoredTable.Value value) {}

    /// Tables in reach of which a column is one of the keys, those first of which most columns are,
    /// with those cells that are one of the keys.
    public List<StoredTable> named(Collection<String> keys, Reach reach) {
        if (keys.isEmpty() || reach.isEmpty()) {
            return List.of();
        }
        String[] named = keys.toArray(String[]::new);
        List<Head> heads = heads(named, reach);
        Long[] ids = heads.stream().map(Head::id).toArray(Long[]::new);
        Map<Long, List<Named>> columns =
                columns(ids).stream().collect(Collectors.groupingBy(Named::table));
        Map<Long, List<Said>> values =
                values(ids, named).stream().collect(Collectors.groupingBy(Said::table));
        return heads.stream()
                .map(
                        head ->
                                whole(
                                        head.table(),
                                        columns.getOrDefault(head.id(), List.of()),
                                        values.getOrDefault(head.id(), List.of())))
                .toList();
    }

    private List<Head> heads(String[] keys, Reach reach) {
        return db.sql(
                        """
                        select t.*, d.knowledge_base_id, d.name as document_name, d.updated_at
                        from (
                            select table_id, count(*) as columns from data_column
                            where keys && cast(:keys as text[]) or (thing <> '' and thing = any(:keys))
                            group by table_id
                        ) n
                        join data_table t on t.id = n.table_id
                        %s
                        order by n.columns desc, d.updated_at desc, t.id limit :most
                        """
                                .formatted(FOUND))
                .param("keys", keys)
                .param("most", MOST)
                .params(reach.parameters())
                .query((row, _) -> new Head(row.getLong("id"), table(row)))
                .list();
    }

    private List<Named> columns(Long[] tables) {
        return db.sql(
                        """
                        select * from data_column where table_id = any(:tables)
                        order by table_id, position
                        """)
                .param("tables", tables)
                .query((row, _) -> new Named(row.getLong("table_id"), column(row)))
                .list();
    }

    private List<Said> values(Long[] tables, String[] keys) {
        return db.sql(
                        """
                        select r.table_id, k.position, k.key, min(r.shown[k.position]) as shown
                        from data_row r, unnest(r.keys) with ordinality k(key, position)
                        where r.table_id = any(:tables) and not r.total
                          and k.key <> '' and k.key = any(:keys)
                        group by r.table_id, k.position, k.key
                        """)
                .param("tables", tables)
                .param("keys", keys)
                .query(
                        (row, _) ->
                                new Said(
                                        row.getLong("table_id"),
                                        new StoredTable.Value(
                                                row.getInt("position"),
                                                row.getString("key"),
                                                row.getString("shown"))))
                .list();
    }

    private static StoredTable whole(StoredTable head, List<Named> columns, List<Said> said) {
        Map<String, List<StoredTable.Value>> values = new HashMap<>();
        said.stream()
                .map(Said::value)
                .collect(Collectors.groupingBy(StoredTable.Value::key))
                .forEach((key, same) -> values.put(key, List.copyOf(same)));
        return new StoredTable(
                head.id(),
                head.base(),
                head.document(),
                head.version(),
                head.documentName(),
                head.changed(),
                head.titles(),
                head.titleKeys(),
                head.sheet(),
                head.flat(),
                head.rows(),
                head.span(),
                columns.stream().map(Named::column).toList(),
                values);
    }

    private static StoredTable table(ResultSet row) throws SQLException {
        Timestamp changed = row.getTimestamp("updated_at");
        return new StoredTable(
                row.getLong("id"),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                new DocumentId(row.getObject("document_id", UUID.class)),
                row.getInt("version"),
                row.getString("document_name"),
                changed.toInstant(),
                texts(row, "titles"),
                texts(row, "title_keys"),
                row.getString("sheet"),
                row.getBoolean("flat"),
                row.getInt("rows"),
                new Span(row.getInt("span_start"), row.getInt("span_end")),
                List.of(),
                Map.of());
    }

    private static DataColumn column(ResultSet row) throws SQLException {
        return new DataColumn(
                row.getString("name"),
                texts(row, "keys"),
                row.getString("thing"),
                DataColumn.Kind.valueOf(row.getString("kind")),
                row.getString("unit"),
                row.getBoolean("is_unique"));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
