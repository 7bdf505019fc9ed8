package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkEdits;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.table.DataTable;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Builds a version where no reader sees it and makes it live in one transaction. Every step asks
/// whether the attempt still counts and throws `AttemptLost` when it does not; the row it asks is
/// locked until the step is committed, so a worker that was declared dead changes nothing. Safe for
/// concurrent use.
public final class Publishing {

    private final JdbcTemplate jdbc;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final EmbeddingSpaces spaces;
    private final TableRows tableRows;
    private final SearchableVectors searchable;

    public Publishing(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this(jdbc, transactions, SearchableVectors.NONE);
    }

    /// @param searchable where vectors are searched, when that is in the database
    public Publishing(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            SearchableVectors searchable) {
        this.jdbc = jdbc;
        this.db = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.spaces = new EmbeddingSpaces(db);
        this.tableRows = new TableRows(jdbc);
        this.searchable = searchable;
    }

    /// What people changed of the document's passages.
    public ChunkEdits edits(DocumentId document) {
        return ChunkEditRows.of(db, document);
    }

    /// Keeps what was understood and announces how many chunks will follow. Whatever an earlier
    /// attempt left behind is forgotten.
    public void begin(
            Attempt attempt,
            ParsedDocument parsed,
            CleanDocument clean,
            List<DataTable> tables,
            int chunks) {
        String content = ContentJson.write(clean);
        transaction.executeWithoutResult(
                _ -> {
                    stage(attempt, parsed, clean, chunks);
                    db.sql("delete from chunk where document_id = :document and version = :version")
                            .param("document", attempt.document().value())
                            .param("version", attempt.version())
                            .update();
                    db.sql(
                                    """
                                    insert into document_content (document_id, version, content)
                                    values (:document, :version, :content)
                                    on conflict (document_id, version) do update set content = excluded.content
                                    """)
                            .param("document", attempt.document().value())
                            .param("version", attempt.version())
                            .param("content", content)
                            .update();
                    new ScannedPages(db).replace(attempt, parsed.scans());
                    tableRows.replace(attempt.document(), attempt.version(), tables);
                });
    }

    /// Adds chunks, each of them once.
    public void add(Attempt attempt, List<EmbeddedChunk> chunks) {
        List<Integer> spaceIds = chunks.stream().map(chunk -> spaces.idOf(chunk.space())).toList();
        transaction.executeWithoutResult(
                _ -> {
                    progress(attempt, chunks.size());
                    List<Long> ids = newIds(chunks.size());
                    List<Row> rows =
                            java.util.stream.IntStream.range(0, chunks.size())
                                    .mapToObj(
                                            i ->
                                                    new Row(
                                                            ids.get(i),
                                                            chunks.get(i),
                                                            spaceIds.get(i)))
                                    .toList();
                    insertChunks(attempt, rows);
                    insertVectors(rows);
                    searchable.add(attempt, rows.stream().map(Row::kept).toList());
                    Failpoint.BEFORE_CHUNK_COMMIT.pass();
                });
        Failpoint.AFTER_CHUNK_COMMIT.pass();
    }

    /// From the commit of this transaction on, readers find this version and no other.
    ///
    /// @throws OtherSpace when its base is searched in another space meanwhile
    public void publish(Attempt attempt) {
        transaction.executeWithoutResult(
                _ -> {
                    requireVectorsOfItsBase(attempt);
                    makeLive(attempt);
                    finish(attempt);
                    // one change for each document is enough: whoever follows reads what is live
                    // now
                    db.sql("delete from index_change where document_id = :document")
                            .param("document", attempt.document().value())
                            .update();
                    db.sql(
                                    """
                                    insert into index_change (document_id, version)
                                    values (:document, :version)
                                    """)
                            .param("document", attempt.document().value())
                            .param("version", attempt.version())
                            .update();
                });
    }

    /// Whoever changes the space waits for this transaction, and the next one sees it changed.
    private void requireVectorsOfItsBase(Attempt attempt) {
        db.sql("select 1 from knowledge_base where id = :base for share")
                .param("base", attempt.base().value())
                .query(Integer.class)
                .optional();
        boolean lacks =
                db.sql(
                                """
                                select exists (
                                    select from chunk c join knowledge_base b on b.id = :base
                                    where c.document_id = :document and c.version = :version
                                      and not exists (
                                          select from chunk_vector v
                                          join embedding_space s on s.id = v.space_id
                                          where v.chunk_id = c.id
                                            and (s.id = b.space_id
                                                 or b.space_id is null and s.probe is null)))
                                """)
                        .param("base", attempt.base().value())
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .query(Boolean.class)
                        .single();
        if (lacks) {
            throw new OtherSpace(attempt);
        }
    }

    private void stage(Attempt attempt, ParsedDocument parsed, CleanDocument clean, int chunks) {
        int updated =
                db.sql(
                                """
                                update document_version
                                set status = 'embedding', progress_done = 0, progress_total = :chunks,
                                    media_type = :mediaType, type_mismatch = :mismatch, title = :title,
                                    pages = :pages
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status in ('parsing', 'embedding')
                                """)
                        .param("chunks", chunks)
                        .param("mediaType", parsed.mediaType())
                        .param("mismatch", parsed.typeMismatch())
                        .param("title", clean.title() == null ? null : storable(clean.title()))
                        .param("pages", parsed.pages())
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
    }

    private void progress(Attempt attempt, int chunks) {
        int updated =
                db.sql(
                                """
                                update document_version set progress_done = progress_done + :chunks
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status = 'embedding'
                                """)
                        .param("chunks", chunks)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
    }

    /// Locks the document first and its version second, as everyone does.
    private void makeLive(Attempt attempt) {
        int updated =
                db.sql(
                                """
                                update document d
                                set live_version = v.version, updated_at = now(),
                                    name = case when d.renamed then d.name else v.file_name end
                                from document_version v
                                where d.id = :document and d.deleted_at is null
                                  and (d.live_version is null or d.live_version < :version)
                                  and v.document_id = d.id and v.version = :version
                                """)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .update();
        stillCounts(attempt, updated);
    }

    private void finish(Attempt attempt) {
        int updated =
                db.sql(
                                """
                                update document_version
                                set status = 'ready', chunks = progress_total, finished_at = now(),
                                    reason_code = null, reason_detail = null
                                where document_id = :document and version = :version
                                  and attempt = :attempt and status = 'embedding'
                                  and progress_done = progress_total
                                """)
                        .param("document", attempt.document().value())
                        .param("version", attempt.version())
                        .param("attempt", attempt.number())
                        .update();
        stillCounts(attempt, updated);
    }

    private static void stillCounts(Attempt attempt, int updated) {
        if (updated != 1) {
            throw new AttemptLost(attempt);
        }
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
        String[] path =
                chunk.headingPath().stream().map(Publishing::storable).toArray(String[]::new);
        statement.setLong(1, row.id());
        statement.setObject(2, attempt.base().value());
        statement.setObject(3, attempt.document().value());
        statement.setInt(4, attempt.version());
        statement.setInt(5, chunk.ordinal());
        statement.setString(6, storable(chunk.text()));
        statement.setArray(7, statement.getConnection().createArrayOf("text", path));
        statement.setObject(8, chunk.page(), java.sql.Types.INTEGER);
        statement.setString(9, chunk.sheet() == null ? null : storable(chunk.sheet()));
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

    /// PostgreSQL's text holds no NUL; what stands for it is as long, so that spans stay right.
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private record Row(long id, EmbeddedChunk embedded, int space) {

        SearchableVectors.KeptVector kept() {
            return new SearchableVectors.KeptVector(id, space, embedded.vector());
        }
    }
}
