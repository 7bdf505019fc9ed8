package io.zhiwen.ingest.index.pgvector;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The numbers that embedding spaces have in the database. Safe for concurrent use.
final class SpaceNumbers {

    private final JdbcClient db;
    private final Map<EmbeddingSpace, Integer> known = new ConcurrentHashMap<>();

    SpaceNumbers(JdbcClient db) {
        this.db = db;
    }

    /// Empty while no vector of the space was ever kept.
    Optional<Integer> of(EmbeddingSpace space) {
        Integer number = known.get(space);
        if (number != null) {
            return Optional.of(number);
        }
        Optional<Integer> found =
                db.sql(
                                """
                                select id from embedding_space
                                where model = :model and sha256 = :sha256 and dimension = :dimension
                                """)
                        .param("model", space.model())
                        .param("sha256", space.sha256())
                        .param("dimension", space.dimension())
                        .query(Integer.class)
                        .optional();
        found.ifPresent(id -> known.put(space, id));
        return found;
    }
}
