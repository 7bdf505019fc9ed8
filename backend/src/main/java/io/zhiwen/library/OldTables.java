package io.zhiwen.library;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.TableRows;
import io.zhiwen.ingest.table.DataTable;
import io.zhiwen.ingest.table.Tables;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Reads the tables of documents that were ingested before tables were data.
@Component
final class OldTables {

    private final OldDocuments documents;
    private final TableRows rows;
    private final TransactionOperations transaction;
    private final Tables tables = new Tables(SearchText::words);

    OldTables(OldDocuments documents, JdbcTemplate jdbc, TransactionOperations transaction) {
        this.documents = documents;
        this.rows = new TableRows(jdbc);
        this.transaction = transaction;
    }

    void run() {
        documents.each(
                "tables_read",
                null,
                (document, version, understood) -> {
                    List<DataTable> found = understood.map(tables::of).orElse(List.of());
                    transaction.executeWithoutResult(_ -> rows.replace(document, version, found));
                });
    }
}
