package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.PackedTokens;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// Writes token vectors beside the vectors of their passages.
final class TokenRows {

    /// Only where the vector is, and as long as it is.
    private static final String INSERT =
            """
            insert into chunk_tokens (chunk_id, space_id, tokens)
            select v.chunk_id, v.space_id, ? from chunk_vector v
            where v.chunk_id = ? and v.space_id = ?
            for key share
            on conflict do nothing
            """;

    private TokenRows() {}

    record Row(long chunk, int space, PackedTokens tokens) {}

    static void insert(JdbcTemplate jdbc, List<Row> rows) {
        jdbc.batchUpdate(
                INSERT,
                rows,
                Math.max(1, rows.size()),
                (statement, row) -> {
                    statement.setBytes(1, row.tokens().bytes());
                    statement.setLong(2, row.chunk());
                    statement.setInt(3, row.space());
                });
    }
}
