package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.EmbeddedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Embeds chunks on a few threads that all documents share; a question waits for one chunk at most,
/// because the encoders serve their callers in turn. Safe for concurrent use.
public final class Embedding implements AutoCloseable {

    /// So many chunks are kept in one transaction, and so many more are embedded meanwhile.
    private static final int SLICE = 32;

    private final Encoders encoders;
    private final ExecutorService threads;

    public Embedding(Encoders encoders, int threads) {
        this.encoders = encoders;
        this.threads =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("embedding-", 0).daemon().factory());
    }

    /// Gives every chunk to `sink`, in order and slice by slice, on the caller's thread.
    public void embed(List<Chunk> chunks, Consumer<List<EmbeddedChunk>> sink)
            throws InterruptedException {
        List<Future<EmbeddedChunk>> ahead = start(slice(chunks, 0));
        try {
            for (int done = 0; done < chunks.size(); done += SLICE) {
                List<Future<EmbeddedChunk>> slice = ahead;
                ahead = start(slice(chunks, done + SLICE));
                sink.accept(finish(slice));
            }
        } finally {
            ahead.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static List<Chunk> slice(List<Chunk> chunks, int from) {
        return from >= chunks.size()
                ? List.of()
                : chunks.subList(from, Math.min(from + SLICE, chunks.size()));
    }

    private List<Future<EmbeddedChunk>> start(List<Chunk> chunks) {
        return chunks.stream().map(chunk -> threads.submit(() -> embed(chunk))).toList();
    }

    private static List<EmbeddedChunk> finish(List<Future<EmbeddedChunk>> slice)
            throws InterruptedException {
        try {
            List<EmbeddedChunk> embedded = new ArrayList<>(slice.size());
            for (Future<EmbeddedChunk> future : slice) {
                embedded.add(future.get());
            }
            return embedded;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chunk could not be embedded", e.getCause());
        } finally {
            slice.forEach(future -> future.cancel(false));
        }
    }

    private EmbeddedChunk embed(Chunk chunk) {
        Encoder encoder = encoders.of(chunk.language());
        Failpoint.MID_EMBEDDING.pass();
        return new EmbeddedChunk(
                chunk, encoder.space(), encoder.embed(SearchText.fold(chunk.embeddedText())));
    }
}
