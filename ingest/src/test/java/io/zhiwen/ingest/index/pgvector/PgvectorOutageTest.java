package io.zhiwen.ingest.index.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class PgvectorOutageTest {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("one", "a1", 3);
    private static final int CALLERS = 4;

    /// Without the pool of other tests, which would wait for the database to come back.
    private final PGSimpleDataSource database =
            at(TestPostgres.urlOf(TestPostgres.freshWithPgvector()));
    private final JdbcClient db = JdbcClient.create(database);
    private final KnowledgeBaseId base = KnowledgeBaseId.random();
    private final PgvectorIndex index =
            new PgvectorIndex(new JdbcTemplate(database), ReaderDatabase.open(database), 100);

    /// A failure says so, and the answer is without this leg; an empty list would say that there is
    /// nothing to find.
    @Test
    void anOutageUnderLoadIsAFailureNeverAnEmptyAnswerAndPasses() throws Exception {
        oneChunk();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running =
                    IntStream.range(0, CALLERS)
                            .<Future<?>>mapToObj(
                                    _ -> callers.submit(() -> ask(stop, answers, failures)))
                            .toList();
            awaitMore(answers);
            connections(false);
            awaitMore(failures);
            connections(true);
            awaitMore(answers);
            stop.set(true);
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        assertThat(failures).hasPositiveValue();
    }

    private void ask(AtomicBoolean stop, AtomicInteger answers, AtomicInteger failures) {
        while (!stop.get()) {
            try {
                assertThat(index.nearest(SPACE, new float[] {1, 0, 0}, Reach.of(base), 5))
                        .extracting(ScoredChunk::chunk)
                        .containsExactly(1L);
                answers.incrementAndGet();
            } catch (DataAccessException e) {
                failures.incrementAndGet();
            }
        }
    }

    private static void awaitMore(AtomicInteger counter) throws InterruptedException {
        int enough = counter.get() + 2 * CALLERS;
        long until = System.nanoTime() + 30_000_000_000L;
        while (counter.get() < enough) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(5);
        }
    }

    /// As at a restart: who is connected is thrown out, nobody comes in.
    private void connections(boolean allowed) {
        PGSimpleDataSource other = at(database.getURL());
        other.setUser(database.getUser());
        other.setPassword(database.getPassword());
        String name = String.valueOf(other.getDatabaseName());
        other.setDatabaseName("postgres");
        JdbcClient admin = JdbcClient.create(other);
        admin.sql("alter database " + name + " allow_connections " + allowed).update();
        admin.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                .param("name", name)
                .query(Boolean.class)
                .list();
    }

    private static PGSimpleDataSource at(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private void oneChunk() {
        db.sql("insert into knowledge_base (id, name) values (:id, 'base')")
                .param("id", base.value())
                .update();
        db.sql(
                        """
                        with d as (
                            insert into document
                                (id, knowledge_base_id, name, live_version, created_by)
                            values (:base, :base, 'file.txt', 1, 'test'))
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, uploaded_by)
                        values (:base, 1, 'file.txt', 'abc', 1, 'ready', 'test')
                        """)
                .param("base", base.value())
                .update();
        db.sql(
                        """
                        insert into chunk (id, knowledge_base_id, document_id, version, ordinal, text,
                            heading_path, span_start, span_end, section_start, section_end, tokens,
                            language)
                        values (1, :base, :base, 1, 0, 'text', '{}', 0, 1, 0, 1, 1, 'EN')
                        """)
                .param("base", base.value())
                .update();
        db.sql("insert into embedding_space (model, sha256, dimension) values ('one', 'a1', 3)")
                .update();
        db.sql("insert into chunk_vector values (1, 1, '\\x00')").update();
        db.sql("insert into chunk_halfvec values (1, 1, :base, :base, 1, '[1,0,0]')")
                .param("base", base.value())
                .update();
    }
}
