package io.zhiwen.evaluate.scale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.index.pgvector.GraphSettings;
import io.zhiwen.ingest.index.pgvector.PgvectorIndex;
import io.zhiwen.ingest.index.pgvector.VectorKeeper;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.store.Changes;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.FileSystemUtils;

/// `./run bench scale`: one table of how long a corpus takes to be made findable, what it costs,
/// how fast and how completely it is searched; with vectors in pgvector and in Lucene.
public final class ScaleBenchmark {

    private static final long SEED = 20_261_122;
    private static final int RECALL_QUESTIONS = 100;
    private static final int QUESTIONS = 300;
    private static final int NEAREST = 10;
    private static final List<Integer> CALLERS = List.of(1, 8);

    private final String url;
    private final Encoders encoders;

    private ScaleBenchmark(String url, Encoders encoders) {
        this.url = url;
        this.encoders = encoders;
    }

    /// @param args `--chunks 10000,100000` and `--in pgvector,lucene`
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger("org.flywaydb")).setLevel(Level.WARN);
        ((Logger) LoggerFactory.getLogger("com.zaxxer")).setLevel(Level.WARN);
        String url = System.getenv("ZHIWEN_BENCH_DB_URL");
        if (url == null) {
            throw new IllegalArgumentException(
                    "ZHIWEN_BENCH_DB_URL names no server (of a superuser, to make databases in)");
        }
        List<String> sizes = option(args, "--chunks", "10000,100000");
        List<String> places = option(args, "--in", "pgvector,lucene");
        System.out.println(
                """
                | chunks | vectors in | ready after | merged after | disk: vectors + words | heap | scope | recall@10 | callers | p50 ms | p95 ms | p99 ms |
                |---|---|---|---|---|---|---|---|---|---|---|---|\
                """);
        try (Encoders encoders = BundledEncoders.open()) {
            for (String size : sizes) {
                new ScaleBenchmark(url, encoders).run(Integer.parseInt(size), places);
            }
        }
        System.exit(0);
    }

    private static List<String> option(String[] args, String name, String otherwise) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals(name)) {
                return List.of(args[i + 1].split(",", -1));
            }
        }
        return List.of(otherwise.split(",", -1));
    }

    private void run(int chunks, List<String> places)
            throws SQLException, IOException, InterruptedException {
        String name = "scale_" + System.nanoTime();
        JdbcClient server = JdbcClient.create(source());
        server.sql("create database " + name).update();
        try (HikariDataSource database = pool(name)) {
            JdbcClient.create(database).sql("create extension vector").update();
            migrate(database, "common", "flyway_schema_history");
            migrate(database, "pgvector", "pgvector_schema_history");
            Corpus corpus = new Corpus(encoders, SEED);
            List<Corpus.Asked> measured = corpus.questions(RECALL_QUESTIONS, SEED + 1);
            Exact all = new Exact(measured);
            Exact part = new Exact(measured);
            long since = System.nanoTime();
            try (Connection connection = database.getConnection()) {
                new BulkLoad(connection).load(corpus, chunks, SEED + 2, all, part);
            }
            System.err.printf(
                    Locale.ROOT, "%d chunks made and loaded in %.0f s%n", chunks, seconds(since));
            for (String place : places) {
                Path folder = Files.createTempDirectory("zhiwen-scale");
                try {
                    boolean pgvector = place.equals("pgvector");
                    measure(chunks, database, folder, pgvector, corpus, measured, all, part);
                } finally {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        } finally {
            server.sql("drop database " + name + " with (force)").update();
        }
    }

    private void measure(
            int chunks,
            HikariDataSource database,
            Path folder,
            boolean pgvector,
            Corpus corpus,
            List<Corpus.Asked> measured,
            Exact all,
            Exact part)
            throws SQLException, IOException, InterruptedException {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        JdbcClient db = JdbcClient.create(jdbc);
        ReaderDatabase readers = ReaderDatabase.open(database);
        try (LuceneIndex lucene = LuceneIndex.open(folder, !pgvector)) {
            long since = System.nanoTime();
            follow(new ChangeLog(db, new JdbcTransactionManager(database), !pgvector), lucene);
            double words = seconds(since);
            since = System.nanoTime();
            if (pgvector) {
                VectorKeeper.once(database, GraphSettings.of(graphMemory(chunks), 1));
            }
            String ready =
                    pgvector
                            ? "%.0f s + %.0f s".formatted(seconds(since), words)
                            : "%.0f s".formatted(words);
            since = System.nanoTime();
            while (!lucene.settle()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            String merged = "%.0f s more".formatted(seconds(since));
            String disk =
                    pgvector
                            ? "%s + %s".formatted(mb(tableSize(db)), mb(size(folder)))
                            : mb(size(folder));
            VectorIndex vectors =
                    pgvector
                            ? new PgvectorIndex(jdbc, readers, RetrievalProfile.DEFAULT.efSearch())
                            : lucene;
            HybridRetrieval retrieval =
                    new HybridRetrieval(
                            lucene,
                            vectors,
                            encoders,
                            new ChunkStore(db, readers)::live,
                            RetrievalProfile.DEFAULT.withoutRerank());
            List<Corpus.Asked> questions = corpus.questions(QUESTIONS, SEED + 3);
            for (Searched scope : Searched.values()) {
                Exact exact = scope == Searched.THOUSANDTH ? part : all;
                double recall = recall(vectors, corpus, measured, scope, exact);
                for (int callers : CALLERS) {
                    Timings took = Timings.of(retrieval, questions, scope, callers);
                    System.out.printf(
                            Locale.ROOT,
                            "| %d | %s | %s | %s | %s | %s | %s | %.3f | %d | %.1f | %.1f | %.1f |%n",
                            chunks,
                            pgvector ? "pgvector" : "Lucene",
                            ready,
                            merged,
                            disk,
                            mb(heap()),
                            scope,
                            recall,
                            callers,
                            took.p50(),
                            took.p95(),
                            took.p99());
                }
            }
            retrieval.destroy();
        }
    }

    private static void follow(ChangeLog log, LuceneIndex index) {
        Changes next = log.after(0, 100);
        while (next.position() != index.position()) {
            index.apply(next.documents(), next.acls(), next.position());
            next = log.after(index.position(), 100);
        }
    }

    private static double recall(
            VectorIndex vectors,
            Corpus corpus,
            List<Corpus.Asked> questions,
            Searched scope,
            Exact exact) {
        int found = 0;
        int wanted = 0;
        for (int i = 0; i < questions.size(); i++) {
            Corpus.Asked question = questions.get(i);
            Set<Long> right = exact.of(i);
            wanted += right.size();
            found +=
                    (int)
                            vectors
                                    .nearest(
                                            corpus.encoder(question.language()).space(),
                                            question.vector(),
                                            Reach.of(scope.bases(question.language())),
                                            NEAREST)
                                    .stream()
                                    .map(ScoredChunk::chunk)
                                    .filter(right::contains)
                                    .count();
        }
        return (double) found / wanted;
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setReWriteBatchedInserts(true);
        return source;
    }

    private HikariDataSource pool(String name) {
        PGSimpleDataSource source = source();
        source.setDatabaseName(name);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(16);
        config.setMaxLifetime(Duration.ofHours(4).toMillis());
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource database, String folder, String history) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/" + folder)
                .table(history)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static long tableSize(JdbcClient db) {
        return db.sql("select pg_total_relation_size('chunk_halfvec')").query(Long.class).single();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /// What is in use behind a collection.
    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String mb(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /// A million need more than the usual to be made a graph of in memory.
    private static long graphMemory(int chunks) {
        return chunks > 500_000 ? 2L << 30 : 1L << 30;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
