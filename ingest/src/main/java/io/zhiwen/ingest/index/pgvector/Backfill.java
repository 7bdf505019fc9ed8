package io.zhiwen.ingest.index.pgvector;

import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.SearchableVectors.KeptVector;
import io.zhiwen.ingest.store.Vectors;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes the rows that are missing: of vectors that were kept before the database had the
/// extension, or that came in by another way than ingestion. Follows the change log; where it is
/// interrupted it goes on.
final class Backfill {

    private static final int CHANGES = 200;
    private static final int ROWS = 1_000;

    private final JdbcClient db;
    private final HalfvecRows rows;
    private final TransactionTemplate transaction;

    Backfill(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.db = JdbcClient.create(jdbc);
        this.rows = new HalfvecRows(jdbc);
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Fills what the next changes of the log lack.
    ///
    /// @return false at the end of the log
    boolean next() {
        List<Change> changes = changes();
        if (changes.isEmpty()) {
            return false;
        }
        UUID[] documents = changes.stream().map(Change::document).distinct().toArray(UUID[]::new);
        while (Boolean.TRUE.equals(transaction.execute(_ -> fill(documents)))) {
            // each batch is kept for itself
        }
        db.sql("update chunk_halfvec_progress set filled_up_to = :tx::text::xid8")
                .param("tx", changes.getLast().tx())
                .update();
        return true;
    }

    private record Change(long tx, UUID document) {}

    private record Place(UUID base, UUID document, int version) {}

    private record Missing(Place place, KeptVector vector) {}

    private List<Change> changes() {
        return db.sql(
                        """
                        select c.tx::text::bigint as tx, c.document_id
                        from index_change c, chunk_halfvec_progress p
                        where c.tx > p.filled_up_to
                          and c.tx < pg_snapshot_xmin(pg_current_snapshot())
                        order by c.tx
                        fetch first :limit rows with ties
                        """)
                .param("limit", CHANGES)
                .query(
                        (row, _) ->
                                new Change(
                                        row.getLong("tx"),
                                        row.getObject("document_id", UUID.class)))
                .list();
    }

    private boolean fill(UUID[] documents) {
        List<Missing> missing =
                db.sql(
                                """
                                select c.knowledge_base_id, c.document_id, c.version,
                                    v.chunk_id, v.space_id, v.vector
                                from chunk c join chunk_vector v on v.chunk_id = c.id
                                where c.document_id = any(:documents)
                                  and not exists (
                                      select from chunk_halfvec h
                                      where h.chunk_id = v.chunk_id and h.space_id = v.space_id)
                                limit :limit
                                for key share of v
                                """)
                        .param("documents", documents)
                        .param("limit", ROWS)
                        .query(
                                (row, _) ->
                                        new Missing(
                                                new Place(
                                                        row.getObject(
                                                                "knowledge_base_id", UUID.class),
                                                        row.getObject("document_id", UUID.class),
                                                        row.getInt("version")),
                                                new KeptVector(
                                                        row.getLong("chunk_id"),
                                                        row.getInt("space_id"),
                                                        Vectors.toFloats(row.getBytes("vector")))))
                        .list();
        Map<Place, List<KeptVector>> places = new LinkedHashMap<>();
        for (Missing one : missing) {
            places.computeIfAbsent(one.place(), _ -> new ArrayList<>()).add(one.vector());
        }
        places.forEach((place, vectors) -> rows.add(attempt(place), vectors));
        return missing.size() == ROWS;
    }

    /// Whose number is asked by nobody here: the chunks are there already.
    private static Attempt attempt(Place place) {
        return new Attempt(
                new DocumentId(place.document()),
                new KnowledgeBaseId(place.base()),
                place.version(),
                0);
    }
}
