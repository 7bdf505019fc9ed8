package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Numbers for embedding spaces, given out by the database once and for all.
final class EmbeddingSpaces {

    private final JdbcClient db;
    private final Map<EmbeddingSpace, Integer> known = new ConcurrentHashMap<>();

    EmbeddingSpaces(JdbcClient db) {
        this.db = db;
    }

    /// Call it outside of a transaction: what is cached must be committed.
    int idOf(EmbeddingSpace space) {
        return known.computeIfAbsent(space, this::findOrMake);
    }

    private int findOrMake(EmbeddingSpace space) {
        db.sql(
                        """
                        insert into embedding_space (model, sha256, dimension)
                        values (:model, :sha256, :dimension)
                        on conflict do nothing
                        """)
                .param("model", space.model())
                .param("sha256", space.sha256())
                .param("dimension", space.dimension())
                .update();
        return db.sql("select id from embedding_space where model = :model and sha256 = :sha256")
                .param("model", space.model())
                .param("sha256", space.sha256())
                .query(Integer.class)
                .single();
    }
}
