package io.zhiwen.ingest.index.pgvector;

import io.zhiwen.ingest.store.Reach;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whether a scope is small enough to compare every row of it. What is counted is remembered for a
/// while: a number that is a little old costs time, never an answer. Safe for concurrent use.
final class ScopeSizes {

    private static final int REMEMBERED = 1_000;
    private static final long GOOD_FOR = Duration.ofSeconds(30).toNanos();

    private static final int NEVER_SMALL = 50_000;

    /// A row that the graph visits costs this many times a row that is read in a scan.
    private static final double VISIT = 4;

    /// What is remembered of a reach with thousands of documents in it: a reach taken for another
    /// costs time, never an answer.
    private record Scope(int space, int reach, int documents) {

        static Scope of(int space, Reach reach) {
            return new Scope(space, reach.hashCode(), reach.only().size());
        }
    }

    /// @param upTo where counting stopped: there may be more rows when it found more than this
    private record Counted(long rows, long upTo, long at) {

        boolean tells(long border) {
            return rows <= upTo || border <= upTo;
        }

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
    boolean isSmall(int space, Reach reach, int candidates) {
        double even = Math.sqrt(VISIT * candidates * rowsOfAll());
        long border = (long) Math.clamp(even, GraphSettings.WORTHWHILE, NEVER_SMALL);
        return rowsUpTo(border, space, reach) <= border;
    }

    private long rowsUpTo(long border, int space, Reach reach) {
        Scope scope = Scope.of(space, reach);
        Counted known = scopes.get(scope);
        if (known != null && known.isFresh() && known.tells(border)) {
            return known.rows();
        }
        long rows = reach.isPlain() ? inBases(border, space, reach) : ofDocuments(reach);
        if (scopes.size() >= REMEMBERED) {
            scopes.clear();
        }
        scopes.put(scope, new Counted(rows, border, System.nanoTime()));
        return rows;
    }

    private long inBases(long border, int space, Reach reach) {
        return db.sql(
                        """
                        select count(*) from (
                            select from chunk_halfvec
                            where space_id = :space and knowledge_base_id = any(:bases)
                            limit :most) counted
                        """)
                .param("space", space)
                .param("bases", Reach.ids(reach.whole()))
                .param("most", border + 1)
                .query(Long.class)
                .single();
    }

    /// Counted by document: reading the rows of a large base to find those of a few would take
    /// longer than the search.
    private long ofDocuments(Reach reach) {
        return db.sql(
                        """
                        select coalesce(sum(v.chunks), 0) from document d
                        join document_version v
                            on v.document_id = d.id and v.version = d.live_version
                        where d.deleted_at is null and %s
                        """
                                .formatted(Reach.CLAUSE))
                .params(reach.parameters())
                .query(Long.class)
                .single();
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
            known = new Counted(rows, Long.MAX_VALUE, System.nanoTime());
            all = known;
        }
        return known.rows();
    }
}
