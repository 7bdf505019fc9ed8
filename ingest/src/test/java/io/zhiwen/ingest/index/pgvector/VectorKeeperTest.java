package io.zhiwen.ingest.index.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.index.ClusteredVectors;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.Vectors;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Vectors that came into the database before pgvector did, or past the ingestion.
class VectorKeeperTest {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("late", "a1", 64);
    private static final int DOCUMENTS = 60;
    private static final int CHUNKS = 50;

    private final KnowledgeBaseId base = KnowledgeBaseId.random();
    private final ClusteredVectors vectors = new ClusteredVectors(7, 20, 64);
    private final DataSource database = TestPostgres.freshWithPgvector();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcClient db = JdbcClient.create(jdbc);

    @BeforeEach
    void fillTheStoreAlone() {
        db.sql("insert into knowledge_base (id, name) values (:id, 'base')")
                .param("id", base.value())
                .update();
        db.sql("insert into embedding_space (model, sha256, dimension) values ('late', 'a1', 64)")
                .update();
        for (int i = 0; i < DOCUMENTS; i++) {
            document(i);
        }
    }

    @Test
    void fillsWhatIsMissingOnceAndMakesTheGraph() throws SQLException {
        assertThat(found()).isEmpty();
        VectorKeeper.once(database, settings(1_000));
        assertThat(rows()).isEqualTo(DOCUMENTS * CHUNKS);
        assertThat(found()).hasSize(10);
        assertThat(validGraphs()).isEqualTo(1);

        db.sql("delete from chunk_halfvec where chunk_id <= 10").update();
        VectorKeeper.once(database, settings(1_000));
        assertThat(rows())
                .as("what is known to be there is not looked at again")
                .isEqualTo(DOCUMENTS * CHUNKS - 10);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws SQLException {
        VectorKeeper.once(database, settings(100_000));
        db.sql("delete from chunk_halfvec where chunk_id % 3 = 0").update();
        db.sql("update chunk_halfvec_progress set filled_up_to = '0'").update();
        VectorKeeper.once(database, settings(100_000));
        assertThat(rows()).isEqualTo(DOCUMENTS * CHUNKS);
    }

    @Test
    void makesAGraphAgainThatAnInterruptedBuildLeftInvalid() throws SQLException {
        VectorKeeper.once(database, settings(1_000));
        db.sql(
                        """
                        update pg_index set indisvalid = false
                        where indexrelid = 'chunk_halfvec_graph_1'::regclass
                        """)
                .update();
        assertThat(validGraphs()).isZero();
        VectorKeeper.once(database, settings(1_000));
        assertThat(validGraphs()).isEqualTo(1);
    }

    @Test
    void leavesItToTheNodeThatIsAtIt() throws SQLException {
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + VectorKeeper.LOCK + ")");
            VectorKeeper.once(database, settings(1_000));
            assertThat(rows()).isZero();
        }
        VectorKeeper.once(database, settings(1_000));
        assertThat(rows()).isEqualTo(DOCUMENTS * CHUNKS);
    }

    @Test
    void doesSoByItselfInTheBackgroundAndEndsWhenItIsClosed() throws Exception {
        try (VectorKeeper _ = VectorKeeper.start(database, settings(1_000))) {
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (validGraphs() == 0 && System.nanoTime() < until) {
                Thread.sleep(50);
            }
        }
        assertThat(rows()).isEqualTo(DOCUMENTS * CHUNKS);
        assertThat(validGraphs()).isEqualTo(1);
    }

    private static GraphSettings settings(int fewestRows) {
        return new GraphSettings(fewestRows, 64L << 20, 1, Duration.ofMillis(100));
    }

    private List<ScoredChunk> found() {
        return new PgvectorIndex(jdbc, ReaderDatabase.open(database), 100)
                .nearest(SPACE, vectors.next(), Reach.of(base), 10);
    }

    private long rows() {
        return db.sql("select count(*) from chunk_halfvec").query(Long.class).single();
    }

    private long validGraphs() {
        return db.sql(
                        """
                        select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid
                        where c.relname like 'chunk_halfvec_graph%' and i.indisvalid
                        """)
                .query(Long.class)
                .single();
    }

    private void document(int number) {
        UUID id = new UUID(0, number);
        db.sql(
                        """
                        with d as (
                            insert into document
                                (id, knowledge_base_id, name, live_version, created_by)
                            values (:id, :base, 'file.txt', 1, 'test')),
                        v as (
                            insert into document_version (document_id, version, file_name, sha256,
                                bytes, status, uploaded_by)
                            values (:id, 1, 'file.txt', 'abc', 1, 'ready', 'test'))
                        insert into index_change (document_id, version) values (:id, 1)
                        """)
                .param("id", id)
                .param("base", base.value())
                .update();
        db.sql(
                        """
                        insert into chunk (id, knowledge_base_id, document_id, version, ordinal, text,
                            heading_path, span_start, span_end, section_start, section_end, tokens,
                            language)
                        select :first + i, :base, :id, 1, i, 'text', '{}', i, i + 1, 0, 100, 1, 'EN'
                        from generate_series(1, :count) i
                        """)
                .param("first", number * CHUNKS)
                .param("base", base.value())
                .param("id", id)
                .param("count", CHUNKS)
                .update();
        jdbc.batchUpdate(
                "insert into chunk_vector (chunk_id, space_id, vector) values (?, 1, ?)",
                java.util.stream.IntStream.rangeClosed(1, CHUNKS).boxed().toList(),
                CHUNKS,
                (statement, i) -> {
                    statement.setLong(1, number * CHUNKS + i);
                    statement.setBytes(2, Vectors.toBytes(vectors.next()));
                });
    }
}
