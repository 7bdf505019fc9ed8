package io.zhiwen.ingest.index.pgvector;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One graph for each embedding space, made when the space has grown so large that comparing every
/// row is slower, which is after a bulk load when there was one. It is made while the space is
/// searched and written, and PostgreSQL keeps it up from then on.
final class Graphs {

    private static final Logger log = LoggerFactory.getLogger(Graphs.class);

    /// pgvector's own limit for this type.
    private static final int MOST_DIMENSIONS = 4_000;

    private static final int CONNECTIONS = 16;

    /// Of 100,000 vectors, ten nearest, 200 candidates: 98.4 % are found along a graph made with
    /// this, 97.3 % along one made with 100, which takes half the time to make.
    private static final int BEAM_WIDTH = 200;

    /// Out of memory, and what a container with a small /dev/shm says to workers that share some.
    private static final String OUT_OF_RESOURCES = "53";

    private final JdbcClient db;
    private final GraphSettings settings;

    /// @param db on one connection, whose settings are changed here
    Graphs(JdbcClient db, GraphSettings settings) {
        this.db = db;
        this.settings = settings;
    }

    /// Makes what is missing; one caller at a time.
    void complete() {
        List<Space> without =
                db.sql(
                                """
                                select s.id, s.dimension from embedding_space s
                                where s.dimension <= :most
                                  and not exists (
                                      select from pg_class c join pg_index i on i.indexrelid = c.oid
                                      where c.relname = 'chunk_halfvec_graph_' || s.id
                                        and i.indisvalid)
                                  and (select count(*) from (
                                          select from chunk_halfvec h where h.space_id = s.id
                                          limit :worthwhile) rows) >= :worthwhile
                                order by s.id
                                """)
                        .param("most", MOST_DIMENSIONS)
                        .param("worthwhile", settings.fewestRows())
                        .query((row, _) -> new Space(row.getInt("id"), row.getInt("dimension")))
                        .list();
        without.forEach(this::make);
    }

    private record Space(int id, int dimension) {

        String index() {
            return "chunk_halfvec_graph_" + id;
        }

        /// A row of the graph while it is made: the vector, and what the graph knows of it.
        long bytesInMemory() {
            return 2L * dimension + 16L * CONNECTIONS * 2 + 200;
        }
    }

    private void make(Space space) {
        long since = System.nanoTime();
        long rows =
                db.sql("select count(*) from chunk_halfvec where space_id = :space")
                        .param("space", space.id())
                        .query(Long.class)
                        .single();
        log.info("making the graph of {} vectors of space {}", rows, space.id());
        long needed = Math.max(64L << 20, rows * space.bytesInMemory() * 5 / 4);
        long memory = Math.min(needed, settings.buildMemory());
        set("maintenance_work_mem", memory / 1024 + "kB");
        set("max_parallel_maintenance_workers", Integer.toString(settings.buildWorkers()));
        try {
            create(space);
        } catch (DataAccessException e) {
            if (!isOutOfResources(e)) {
                throw e;
            }
            log.warn("the graph is made without parallel workers: {}", e.getMessage());
            set("max_parallel_maintenance_workers", "0");
            create(space);
        }
        db.sql("analyze chunk_halfvec").update();
        log.info("made in {} s", (System.nanoTime() - since) / 1_000_000_000);
    }

    /// What a build that was interrupted has left is no graph and would only be written for
    /// nothing.
    private void create(Space space) {
        db.sql("drop index concurrently if exists " + space.index()).update();
        db.sql(
                        """
                        create index concurrently %s on chunk_halfvec
                        using hnsw ((vector::halfvec(%d)) halfvec_cosine_ops)
                        with (m = %d, ef_construction = %d) where space_id = %d
                        """
                                .formatted(
                                        space.index(),
                                        space.dimension(),
                                        CONNECTIONS,
                                        BEAM_WIDTH,
                                        space.id()))
                .update();
    }

    private void set(String name, String value) {
        db.sql("select set_config(:name, :value, false)")
                .param("name", name)
                .param("value", value)
                .query(String.class)
                .single();
    }

    private static boolean isOutOfResources(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof java.sql.SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith(OUT_OF_RESOURCES);
    }
}
