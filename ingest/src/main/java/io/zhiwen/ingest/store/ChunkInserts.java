package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.SearchableVectors.KeptVector;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes chunks and their vectors, in the caller's transaction.
final class ChunkInserts {

    private final JdbcTemplate jdbc;
    private final JdbcClient db;

    ChunkInserts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.db = JdbcClient.create(jdbc);
    }

    /// @param spaces of the vectors, in the chunks' order
    /// @return the vectors as they may be searched
    List<KeptVector> insert(Attempt attempt, List<EmbeddedChunk> chunks, List<Integer> spaces) {
        List<Long> ids = newIds(chunks.size());
        List<Row> rows =
                IntStream.range(0, chunks.size())
                        .mapToObj(i -> new Row(ids.get(i), chunks.get(i), spaces.get(i)))
                        .toList();
        insertChunks(attempt, rows);
        insertVectors(rows);
        TokenRows.insert(jdbc, rows.stream().flatMap(Row::tokens).toList());
        return rows.stream().map(Row::kept).toList();
    }

    private List<Long> newIds(int count) {
        return db.sql("select nextval('chunk_id') from generate_series(1, :count)")
                .param("count", count)
                .query(Long.class)
                .list();
    }

    private void insertChunks(Attempt attempt, List<Row> rows) {
        jdbc.batchUpdate(
                """
                insert into chunk (id, knowledge_base_id, document_id, version, ordinal, text,
                    heading_path, page, sheet, span_start, span_end, section_start, section_end,
                    tokens, language)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows,
                rows.size(),
                (statement, row) -> set(statement, attempt, row));
    }

    private static void set(PreparedStatement statement, Attempt attempt, Row row)
            throws SQLException {
        Chunk chunk = row.embedded().chunk();
        Span span = chunk.span();
        Span section = chunk.section();
        String[] path = chunk.headingPath().stream().map(Storable::text).toArray(String[]::new);
        statement.setLong(1, row.id());
        statement.setObject(2, attempt.base().value());
        statement.setObject(3, attempt.document().value());
        statement.setInt(4, attempt.version());
        statement.setInt(5, chunk.ordinal());
        statement.setString(6, Storable.text(chunk.text()));
        statement.setArray(7, statement.getConnection().createArrayOf("text", path));
        statement.setObject(8, chunk.page(), java.sql.Types.INTEGER);
        statement.setString(9, chunk.sheet() == null ? null : Storable.text(chunk.sheet()));
        statement.setInt(10, span.start());
        statement.setInt(11, span.end());
        statement.setInt(12, section.start());
        statement.setInt(13, section.end());
        statement.setInt(14, chunk.tokens());
        statement.setString(15, chunk.language().name());
    }

    private void insertVectors(List<Row> rows) {
        jdbc.batchUpdate(
                "insert into chunk_vector (chunk_id, space_id, vector) values (?, ?, ?)",
                rows,
                rows.size(),
                (statement, row) -> {
                    statement.setLong(1, row.id());
                    statement.setInt(2, row.space());
                    statement.setBytes(3, Vectors.toBytes(row.embedded().vector()));
                });
    }

    private record Row(long id, EmbeddedChunk embedded, int space) {

        KeptVector kept() {
            return new KeptVector(id, space, embedded.vector());
        }

        Stream<TokenRows.Row> tokens() {
            return Stream.ofNullable(embedded.tokens())
                    .map(tokens -> new TokenRows.Row(id, space, tokens));
        }
    }
}
