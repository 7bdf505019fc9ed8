package io.zhiwen.ingest.index.pgvector;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whether a scope is small enough to compare every row of it. What is counted is remembered for a
/// while: a number that is a little old costs time, never an answer. Safe for concurrent use.
final class ScopeSizes {

    private static final int REMEMBERED = 1_000;
    private static final long GOOD_FOR = Duration.ofSeconds(30).toNanos();

    /// Below this nothing is faster than comparing every row.
    private static final int ALWAYS_SMALL = 5_000;

    private static final int NEVER_SMALL = 50_000;

    /// A row that the graph visits costs this many times a row that is read in a scan.
    private static final double VISIT = 4;

    private record Scope(int space, Set<KnowledgeBaseId> bases) {}

    private record Counted(long rows, long at) {

        boolean isFresh() {
            return System.nanoTime() - at < GOOD_FOR;
        }
    }

    private final JdbcClient db;
    private final Map<Scope, Counted> scopes = new ConcurrentHashMap<>();
    private volatile @Nullable Counted all;

    ScopeSizes(JdbcClient db) {
        this.db = db;
    }

    /// A graph that must find `candidates` in a scope of n rows out of N visits candidates × N / n
    /// of them; a scan reads n.
    boolean isSmall(int space, Set<KnowledgeBaseId> bases, int candidates) {
        double even = Math.sqrt(VISIT * candidates * rowsOfAll());
        long border = (long) Math.clamp(even, ALWAYS_SMALL, NEVER_SMALL);
        return rowsUpTo(border, new Scope(space, Set.copyOf(bases))) <= border;
    }

    private long rowsUpTo(long border, Scope scope) {
        Counted known = scopes.get(scope);
        if (known != null && known.isFresh()) {
            return known.rows();
        }
        long rows =
                db.sql(
                                """
                                select count(*) from (
                                    select from chunk_halfvec
                                    where space_id = :space and knowledge_base_id = any(:bases)
                                    limit :most) counted
                                """)
                        .param("space", scope.space())
                        .param(
                                "bases",
                                scope.bases().stream()
                                        .map(KnowledgeBaseId::value)
                                        .toArray(UUID[]::new))
                        .param("most", border + 1)
                        .query(Long.class)
                        .single();
        if (scopes.size() >= REMEMBERED) {
            scopes.clear();
        }
        scopes.put(scope, new Counted(rows, System.nanoTime()));
        return rows;
    }

    /// As PostgreSQL estimated it last.
    private long rowsOfAll() {
        Counted known = all;
        if (known == null || !known.isFresh()) {
            long rows =
                    db.sql(
                                    """
                                    select greatest(reltuples, 0)::bigint from pg_class
                                    where oid = 'chunk_halfvec'::regclass
                                    """)
                            .query(Long.class)
                            .single();
            known = new Counted(rows, System.nanoTime());
            all = known;
        }
        return known.rows();
    }
}
