package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.ChunkEdit;
import io.zhiwen.ingest.chunk.ChunkEdits;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The changes of a document's passages that count now.
final class ChunkEditRows {

    private ChunkEditRows() {}

    static ChunkEdits of(JdbcClient db, DocumentId document) {
        return new ChunkEdits(
                db.sql(
                                """
                                select * from chunk_edit
                                where document_id = :document and ended_at is null
                                order by made_at, id
                                """)
                        .param("document", document.value())
                        .query((row, _) -> edit(row))
                        .list());
    }

    private static ChunkEdit edit(ResultSet row) throws SQLException {
        return new ChunkEdit(
                ChunkEdit.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("original"),
                row.getString("text"),
                near(row));
    }

    private static ChunkEdit.@Nullable Near near(ResultSet row) throws SQLException {
        Integer start = row.getObject("near_start", Integer.class);
        Integer end = row.getObject("near_end", Integer.class);
        return start == null || end == null
                ? null
                : new ChunkEdit.Near(
                        List.of((String[]) row.getArray("heading_path").getArray()),
                        row.getObject("page", Integer.class),
                        row.getString("sheet"),
                        new Span(start, end));
    }
}
