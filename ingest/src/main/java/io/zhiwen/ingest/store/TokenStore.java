package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.PackedTokens;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The token vectors of passages, as far as there is room for them. Rights are the caller's. Safe
/// for concurrent use.
public final class TokenStore {

    private static final Duration MEASURED_FOR = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final JdbcClient db;
    private final EmbeddingSpaces spaces;
    private final long most;

    private long measured;
    private boolean room;

    /// @param most bytes that are kept, about; 0 for none
    public TokenStore(JdbcTemplate jdbc, long most) {
        this.jdbc = jdbc;
        this.db = JdbcClient.create(jdbc);
        this.spaces = new EmbeddingSpaces(db);
        this.most = most;
        this.measured = System.nanoTime() - MEASURED_FOR.toNanos();
    }

    /// Whether more are to be kept; measured once a minute.
    public synchronized boolean hasRoom() {
        if (most > 0 && System.nanoTime() - measured >= MEASURED_FOR.toNanos()) {
            room = bytes() < most;
            measured = System.nanoTime();
        }
        return room;
    }

    private long bytes() {
        return db.sql("select coalesce(sum(octet_length(tokens)), 0) from chunk_tokens")
                .query(Long.class)
                .single();
    }

    /// Those of the passages that are kept in a space, by chunk id.
    public Map<Long, PackedTokens> of(Collection<Long> chunks, EmbeddingSpace space) {
        Map<Long, PackedTokens> found = new HashMap<>();
        db.sql(
                        """
                        select t.chunk_id, t.tokens from chunk_tokens t
                        join embedding_space s on s.id = t.space_id
                        where t.chunk_id = any(:chunks) and s.model = :model and s.sha256 = :sha256
                        """)
                .param("chunks", chunks.toArray(Long[]::new))
                .param("model", space.model())
                .param("sha256", space.sha256())
                .query(
                        row -> {
                            found.put(
                                    row.getLong("chunk_id"),
                                    new PackedTokens(space.dimension(), row.getBytes("tokens")));
                        });
        return found;
    }

    /// Passages that readers may find and that have a bundled encoder's vector and no tokens, in
    /// the order of their ids, from behind `after` on.
    public List<StoredChunk> lacking(long after, int limit) {
        return db.sql(
                        """
                        select %s from chunk c %s
                        where c.id > :after and exists (
                            select from chunk_vector v
                            join embedding_space s on s.id = v.space_id and s.probe is null
                            where v.chunk_id = c.id and not exists (
                                select from chunk_tokens t
                                where t.chunk_id = v.chunk_id and t.space_id = v.space_id))
                        order by c.id limit :limit
                        """
                                .formatted(ChunkRows.COLUMNS, ChunkRows.LIVE))
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> ChunkRows.chunk(row))
                .list();
    }

    /// The id of the newest passage there is, found or not; 0 where there is none.
    public long newest() {
        return db.sql("select coalesce(max(id), 0) from chunk").query(Long.class).single();
    }

    /// Keeps them, unless the passage is gone meanwhile.
    public void add(long chunk, EmbeddingSpace space, PackedTokens tokens) {
        TokenRows.insert(jdbc, List.of(new TokenRows.Row(chunk, spaces.idOf(space), tokens)));
    }
}
