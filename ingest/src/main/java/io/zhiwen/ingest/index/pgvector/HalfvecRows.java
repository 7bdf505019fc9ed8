package io.zhiwen.ingest.index.pgvector;

import com.pgvector.PGhalfvec;
import io.zhiwen.ingest.embed.UnitVector;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.SearchableVectors;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The rows that are searched, written with those they are made from.
public final class HalfvecRows implements SearchableVectors {

    private final JdbcTemplate jdbc;

    public HalfvecRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Attempt attempt, List<KeptVector> vectors) {
        jdbc.batchUpdate(
                """
                insert into chunk_halfvec
                    (chunk_id, space_id, knowledge_base_id, document_id, version, vector)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                vectors,
                Math.max(1, vectors.size()),
                (statement, kept) -> {
                    statement.setLong(1, kept.chunk());
                    statement.setInt(2, kept.space());
                    statement.setObject(3, attempt.base().value());
                    statement.setObject(4, attempt.document().value());
                    statement.setInt(5, attempt.version());
                    statement.setObject(6, new PGhalfvec(UnitVector.of(kept.vector())));
                });
    }
}
