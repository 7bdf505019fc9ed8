package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// What derived indexes follow. A position is a transaction: a transaction is given out only when
/// every older one has ended, so whoever commits late is not skipped. Safe for concurrent use.
public final class ChangeLog {

    /// A batch ends behind the document that reaches this many chunks.
    private static final int CHUNKS_AT_ONCE = 4_000;

    private final JdbcClient db;
    private final TransactionTemplate snapshot;
    private final boolean vectors;

    public ChangeLog(JdbcClient db, PlatformTransactionManager transactions) {
        this(db, transactions, true);
    }

    /// @param vectors whether followers want them too
    public ChangeLog(JdbcClient db, PlatformTransactionManager transactions, boolean vectors) {
        this.db = db;
        this.vectors = vectors;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    /// What changed behind `position` (0: from the beginning), in about `limit` changes: never a
    /// part of a transaction.
    public Changes after(long position, int limit) {
        return snapshot.execute(_ -> read(position, limit));
    }

    /// False when the database is another than the one that gave `position`, e.g. an older backup:
    /// whoever holds it starts again from 0.
    public boolean knows(long position) {
        return position == 0
                || db.sql(
                                """
                                select :position < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                                """)
                        .param("position", position)
                        .query(Boolean.class)
                        .single();
    }

    /// What is in the log behind `position`, changes of running transactions included.
    ///
    /// @param seconds since the oldest of them was written; 0 when there are none
    public record Lag(long changes, double seconds) {}

    public Lag behind(long position) {
        return db.sql(
                        """
                        select count(*) as changes,
                            coalesce(extract(epoch from clock_timestamp() - min(at)), 0) as seconds
                        from index_change where tx > :position::text::xid8
                        """)
                .param("position", position)
                .query(
                        (row, _) ->
                                new Lag(
                                        row.getLong("changes"),
                                        Math.max(0, row.getDouble("seconds"))))
                .single();
    }

    /// How many chunks an index that has followed to the end holds.
    public long liveChunks() {
        return db.sql("select count(*) from chunk c " + ChunkRows.FOUND).query(Long.class).single();
    }

    private Changes read(long position, int limit) {
        List<Change> changes =
                db.sql(
                                """
                                select tx::text::bigint as tx, document_id, acl_only
                                from index_change
                                where tx > :position::text::xid8
                                  and tx < pg_snapshot_xmin(pg_current_snapshot())
                                order by tx
                                fetch first :limit rows with ties
                                """)
                        .param("position", position)
                        .param("limit", limit)
                        .query(
                                (row, _) ->
                                        new Change(
                                                row.getLong("tx"),
                                                row.getObject("document_id", UUID.class),
                                                row.getBoolean("acl_only")))
                        .list();
        Map<DocumentId, Long> acls = acls(changes);
        List<IndexedDocument> documents = new ArrayList<>();
        Map<DocumentId, Long> moved = new LinkedHashMap<>();
        Set<DocumentId> whole = new HashSet<>();
        long reached = position;
        int chunks = 0;
        for (Change change : changes) {
            if (change.tx() != reached && chunks >= CHUNKS_AT_ONCE) {
                break;
            }
            reached = change.tx();
            DocumentId id = new DocumentId(change.document());
            long acl = acls.getOrDefault(id, Reach.NO_ACL);
            if (change.aclOnly()) {
                moved.put(id, acl);
            } else if (whole.add(id)) {
                var document = new IndexedDocument(id, acl, vectors ? embedded(id) : words(id));
                chunks += document.entries().size();
                documents.add(document);
            }
        }
        moved.keySet().removeAll(whole);
        return new Changes(documents, moved, reached, reached == position && holds());
    }

    private boolean holds() {
        return db.sql(
                        """
                        select exists (
                            select from index_change
                            where tx >= pg_snapshot_xmin(pg_current_snapshot()))
                        """)
                .query(Boolean.class)
                .single();
    }

    private Map<DocumentId, Long> acls(List<Change> changes) {
        Map<DocumentId, Long> acls = new HashMap<>();
        db.sql("select id, acl_id from document where id = any(:ids) and acl_id is not null")
                .param("ids", changes.stream().map(Change::document).toArray(UUID[]::new))
                .query(
                        row -> {
                            acls.put(
                                    new DocumentId(row.getObject("id", UUID.class)),
                                    row.getLong("acl_id"));
                        });
        return acls;
    }

    private List<IndexedDocument.Entry> words(DocumentId id) {
        return db.sql(
                        """
                        select %s, %s from chunk c %s and d.id = :document order by c.ordinal
                        """
                                .formatted(ChunkRows.COLUMNS, ChunkRows.MADE, ChunkRows.FOUND))
                .param("document", id.value())
                .query(
                        (row, _) ->
                                new IndexedDocument.Entry(
                                        ChunkRows.chunk(row), Map.of(), row.getString("made")))
                .list();
    }

    private List<IndexedDocument.Entry> embedded(DocumentId id) {
        return db.sql(
                        """
                                select %s, %s, s.model, s.sha256, s.dimension, cv.vector
                                from chunk c %s and d.id = :document
                                join chunk_vector cv on cv.chunk_id = c.id
                                join embedding_space s on s.id = cv.space_id
                                order by c.ordinal, s.id
                                """
                                .formatted(ChunkRows.COLUMNS, ChunkRows.MADE, ChunkRows.FOUND))
                .param("document", id.value())
                .query(
                        (row, _) ->
                                new IndexedDocument.Entry(
                                        ChunkRows.chunk(row),
                                        Map.of(
                                                new EmbeddingSpace(
                                                        row.getString("model"),
                                                        row.getString("sha256"),
                                                        row.getInt("dimension")),
                                                Vectors.toFloats(row.getBytes("vector"))),
                                        row.getString("made")))
                .list();
    }

    private record Change(long tx, UUID document, boolean aclOnly) {}
}
