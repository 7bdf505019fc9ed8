package io.zhiwen.ingest.index.pgvector;

import com.pgvector.PGhalfvec;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.UnitVector;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds vectors with pgvector: every row of a small scope is compared, a large scope is asked of
/// the space's graph. Rows are those of live chunks at the moment of the query, on every node.
/// Safe for concurrent use.
public final class PgvectorIndex implements VectorIndex {

    /// Beyond the limit, so that which of equally near chunks comes first is decided by their ids
    /// and not by the graph.
    private static final int FEWEST_CANDIDATES = 100;

    /// How many rows a scan of the graph may read to fill its candidates. A scope that would need
    /// more is read row by row; this only bounds what a wrong estimate costs.
    private static final int MOST_VISITED = 200_000;

    /// The first parameter of a search's own.
    private static final int FIRST = ReaderDatabase.PARAMETERS + 1;

    private final JdbcTemplate jdbc;
    private final JdbcClient db;
    private final SpaceNumbers spaces;
    private final ScopeSizes sizes;
    private final ReaderDatabase readers;
    private final int efSearch;

    /// @param efSearch how many candidates the graph keeps in a search: more finds more and takes
    /// longer
    public PgvectorIndex(JdbcTemplate jdbc, ReaderDatabase readers, int efSearch) {
        this.db = JdbcClient.create(jdbc);
        this.jdbc = jdbc;
        this.spaces = new SpaceNumbers(db);
        this.sizes = new ScopeSizes(db);
        this.readers = readers;
        this.efSearch = efSearch;
    }

    @Override
    public List<ScoredChunk> nearest(EmbeddingSpace space, float[] vector, Reach reach, int limit) {
        if (reach.isEmpty() || limit < 1) {
            return List.of();
        }
        if (vector.length != space.dimension()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " numbers in " + space);
        }
        PGhalfvec target = new PGhalfvec(UnitVector.of(vector));
        Optional<Integer> number = spaces.of(space);
        if (number.isEmpty()) {
            return List.of();
        }
        Search search = new Search(number.get(), space.dimension(), target, reach, limit);
        int candidates = Math.max(FEWEST_CANDIDATES, 2 * limit);
        if (sizes.isSmall(number.get(), reach, candidates)) {
            return everyRow(search);
        }
        List<ScoredChunk> found = alongTheGraph(search, candidates);
        return found.size() < limit ? everyRow(search) : found;
    }

    @Override
    public boolean holds(EmbeddingSpace space, Reach reach) {
        Optional<Integer> number = reach.isEmpty() ? Optional.empty() : spaces.of(space);
        return number.isPresent()
                && readers.within(
                        reach,
                        reader ->
                                reader.sql(
                                                """
                                select exists (
                                    select from chunk_halfvec h
                                    join document d on d.id = h.document_id
                                    where h.space_id = :space
                                      and h.knowledge_base_id = any(:bases)
                                      and d.live_version = h.version and d.deleted_at is null
                                      and %s and %s)
                                """
                                                        .formatted(Reach.CLAUSE, spoken(reach)))
                                        .param("space", number.get())
                                        .param("bases", Reach.ids(reach.bases()))
                                        .params(reach.parameters())
                                        .query(Boolean.class)
                                        .single());
    }

    /// Whether a row `h` is in a language of the reach; its chunk is only read where one is named.
    private static String spoken(Reach reach) {
        return reach.languages().isEmpty()
                ? "true"
                : reach.languages().stream()
                        .map(language -> "'" + language.name() + "'")
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "exists (select from chunk s where s.id = h.chunk_id"
                                                + " and s.language in (",
                                        "))"));
    }

    private record Search(int space, int dimension, PGhalfvec target, Reach reach, int limit) {

        /// Of a document `d`, beside that its base is in the array.
        String inReach() {
            return reach.isPlain() ? "true" : reach.condition();
        }

        /// Rows of whole bases are found by their base; few documents of a large one by themselves.
        String rows() {
            return reach.isPlain()
                    ? "chunk_halfvec h join document d on d.id = h.document_id"
                    : """
                    document d
                    join chunk c on c.document_id = d.id and c.version = d.live_version
                    join chunk_halfvec h on h.chunk_id = c.id""";
        }
    }

    /// The ordering is written so that no graph serves it.
    private List<ScoredChunk> everyRow(Search search) {
        String sql =
                """
                select h.chunk_id, 1 - (h.vector::halfvec(%d) <=> ?) as cosine
                from %s
                join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
                where h.space_id = %d and h.knowledge_base_id = any(?)
                  and d.live_version = h.version and d.deleted_at is null and %s and %s and %s
                order by cosine desc, h.chunk_id limit ?
                """
                        .formatted(
                                search.dimension(),
                                search.rows(),
                                search.space(),
                                search.inReach(),
                                Reach.IN_FORCE,
                                spoken(search.reach()));
        return run(
                "select set_config('jit', 'off', true)",
                sql,
                (statement, bases) -> {
                    statement.setObject(FIRST, search.target());
                    statement.setArray(FIRST + 1, bases);
                    statement.setInt(FIRST + 2, search.limit());
                },
                search);
    }

    /// Whether a row's document is live is asked for each row that the graph gives, whatever the
    /// planner thinks of joins: it must never read the whole table instead.
    private List<ScoredChunk> alongTheGraph(Search search, int candidates) {
        String sql =
                """
                select chunk_id, 1 - distance as cosine from (
                    select h.chunk_id, h.vector::halfvec(%1$d) <=> ? as distance
                    from chunk_halfvec h
                    where h.space_id = %2$d and h.knowledge_base_id = any(?)
                      and (select d.live_version = h.version and d.deleted_at is null
                               and b.deleted_at is null and %3$s and %4$s
                           from document d join knowledge_base b on b.id = d.knowledge_base_id
                           where d.id = h.document_id)
                      and %5$s
                    order by h.vector::halfvec(%1$d) <=> ? limit ?) nearest
                order by cosine desc, chunk_id limit ?
                """
                        .formatted(
                                search.dimension(),
                                search.space(),
                                search.inReach(),
                                Reach.IN_FORCE,
                                spoken(search.reach()));
        String settings =
                """
                select set_config('hnsw.iterative_scan', 'strict_order', true),
                    set_config('hnsw.ef_search', '%d', true),
                    set_config('hnsw.max_scan_tuples', '%d', true),
                    set_config('plan_cache_mode', 'force_custom_plan', true),
                    set_config('enable_seqscan', 'off', true),
                    set_config('enable_sort', 'off', true),
                    set_config('jit', 'off', true)
                """
                        .formatted(Math.max(efSearch, candidates), MOST_VISITED);
        return run(
                settings,
                sql,
                (statement, bases) -> {
                    statement.setObject(FIRST, search.target());
                    statement.setArray(FIRST + 1, bases);
                    statement.setObject(FIRST + 2, search.target());
                    statement.setInt(FIRST + 3, candidates);
                    statement.setInt(FIRST + 4, search.limit());
                },
                search);
    }

    @FunctionalInterface
    private interface Binding {
        void set(PreparedStatement statement, Array bases) throws SQLException;
    }

    /// Reach, settings and query go to the server in one message and are one transaction there, so
    /// reach and settings last as long as the query.
    private List<ScoredChunk> run(String settings, String sql, Binding binding, Search search) {
        List<ScoredChunk> found =
                jdbc.execute(
                        (java.sql.Connection connection) -> {
                            Array bases =
                                    connection.createArrayOf(
                                            "uuid", Reach.ids(search.reach().bases()));
                            try (PreparedStatement statement =
                                    connection.prepareStatement(
                                            ReaderDatabase.ENTER + ";" + settings + ";" + sql)) {
                                readers.set(statement, search.reach());
                                binding.set(statement, bases);
                                statement.execute();
                                statement.getMoreResults();
                                statement.getMoreResults();
                                return read(statement);
                            } finally {
                                bases.free();
                            }
                        });
        return found == null ? List.of() : found;
    }

    private static List<ScoredChunk> read(PreparedStatement statement) throws SQLException {
        List<ScoredChunk> chunks = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                chunks.add(new ScoredChunk(rows.getLong(1), rows.getDouble(2)));
            }
        }
        return List.copyOf(chunks);
    }
}
