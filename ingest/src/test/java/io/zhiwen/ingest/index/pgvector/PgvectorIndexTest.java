package io.zhiwen.ingest.index.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.VectorIndexContract;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class PgvectorIndexTest extends VectorIndexContract {

    static final GraphSettings GRAPHS =
            new GraphSettings(5_000, 256L << 20, 1, Duration.ofMinutes(1));

    private final DataSource database = TestPostgres.freshWithPgvector();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcClient db = JdbcClient.create(jdbc);
    private final Publishing publishing =
            new Publishing(jdbc, new JdbcTransactionManager(database), new HalfvecRows(jdbc));
    private final ReaderDatabase readers = ReaderDatabase.open(database);
    private final PgvectorIndex index = new PgvectorIndex(jdbc, readers, 100);

    @Override
    protected JdbcClient db() {
        return db;
    }

    @Override
    protected ReaderDatabase readers() {
        return readers;
    }

    @Override
    protected Publishing publishing() {
        return publishing;
    }

    @Override
    protected VectorIndex index() {
        return index;
    }

    @Override
    protected void settle() throws SQLException {
        VectorKeeper.once(database, GRAPHS);
    }

    @Test
    void aLargeSpaceHasOneGraphAndASmallOneNone() {
        assertThat(
                        db.sql(
                                        "select indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam where amname = 'hnsw' and indisvalid")
                                .query(String.class)
                                .list())
                .containsExactly("chunk_halfvec_graph_1");
    }
}
