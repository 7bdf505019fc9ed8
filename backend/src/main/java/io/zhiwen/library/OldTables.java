package io.zhiwen.library;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.TableRows;
import io.zhiwen.ingest.table.DataTable;
import io.zhiwen.ingest.table.Tables;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Reads the tables of documents that were ingested before tables were data, or came with an
/// import, from what was understood of them. Killed at any moment it goes on the next time.
@Component
final class OldTables {

    private static final int AT_ONCE = 20;

    private final JdbcClient db;
    private final ChunkStore chunks;
    private final TableRows rows;
    private final TransactionOperations transaction;
    private final Tables tables = new Tables(SearchText::words);

    OldTables(
            JdbcClient db,
            JdbcTemplate jdbc,
            ChunkStore chunks,
            TransactionOperations transaction) {
        this.db = db;
        this.chunks = chunks;
        this.rows = new TableRows(jdbc);
        this.transaction = transaction;
    }

    private record Live(DocumentId document, int version) {}

    void run() {
        for (var some = unread(); !some.isEmpty(); some = unread()) {
            some.forEach(this::read);
        }
    }

    private List<Live> unread() {
        return db.sql(
                        """
                        select d.id, d.live_version from document d
                        where d.deleted_at is null and d.live_version is not null
                          and not exists (select 1 from tables_read r
                              where r.document_id = d.id and r.version = d.live_version)
                        limit :most
                        """)
                .param("most", AT_ONCE)
                .query(
                        (row, _) ->
                                new Live(
                                        new DocumentId(row.getObject("id", UUID.class)),
                                        row.getInt("live_version")))
                .list();
    }

    private void read(Live live) {
        List<DataTable> found =
                chunks.content(live.document, live.version).map(tables::of).orElse(List.of());
        transaction.executeWithoutResult(_ -> rows.replace(live.document, live.version, found));
    }
}
