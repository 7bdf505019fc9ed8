package io.zhiwen.system;

import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What takes its time at a start, begun at once and side by side, while Spring is still reading
/// its classes: database, encoders, index. Closes all of it, the data folder's lock last.
final class HeadStart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    private final DataFolder folder;
    private final boolean embedded;
    private final CompletableFuture<DatabaseLogin> database;
    private final CompletableFuture<Encoders> encoders;
    private final CompletableFuture<VectorPlace> vectors;
    private final CompletableFuture<LuceneIndex> index;
    private @Nullable PostgresServer server;
    private boolean closed;

    private HeadStart(DataFolder folder, DataSettings settings) {
        Executor threads = task -> Thread.ofPlatform().name("head-start").daemon().start(task);
        this.folder = folder;
        this.embedded = settings.db().isEmbedded();
        this.database = begin("database", threads, () -> database(settings));
        this.encoders = begin("encoders", threads, BundledEncoders::open);
        this.vectors =
                begin("vectors", threads, () -> VectorPlace.choose(settings, this::database));
        this.index =
                begin(
                        "index",
                        threads,
                        () -> LuceneIndex.open(folder.index(), vectors() == VectorPlace.LUCENE));
    }

    /// @throws DataFolderInUse when another process holds it
    static HeadStart begin(DataSettings settings) {
        try {
            return new HeadStart(DataFolder.hold(settings.folder()), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder cannot be used", e);
        }
    }

    DataFolder folder() {
        return folder;
    }

    /// Whether the database is this process's own.
    boolean isEmbedded() {
        return embedded;
    }

    DatabaseLogin database() {
        return await(database);
    }

    Encoders encoders() {
        return await(encoders);
    }

    VectorPlace vectors() {
        return await(vectors);
    }

    LuceneIndex index() {
        return await(index);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Deque<AutoCloseable> rest = new ArrayDeque<>();
        rest.push(folder);
        if (finished(database) && server != null) {
            rest.push(server);
        }
        if (finished(index)) {
            rest.push(index.join());
        }
        for (AutoCloseable one : rest) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.error("{} did not close", one.getClass().getSimpleName(), e);
            }
        }
    }

    private DatabaseLogin database(DataSettings settings) throws IOException, InterruptedException {
        if (!embedded) {
            return DatabaseLogin.of(settings.db());
        }
        PostgresServer started = PostgresServer.start(folder, settings.programs());
        server = started;
        return started.login();
    }

    private static <T> CompletableFuture<T> begin(String name, Executor threads, Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long from = System.nanoTime();
                    try {
                        T result = work.call();
                        LOG.info("{} ready in {} ms", name, (System.nanoTime() - from) / 1_000_000);
                        return result;
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /// Waits for the end, whatever it is.
    private static boolean finished(CompletableFuture<?> future) {
        return future.handle((_, failure) -> failure == null).join();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(cause == null ? e : cause);
        }
    }
}
