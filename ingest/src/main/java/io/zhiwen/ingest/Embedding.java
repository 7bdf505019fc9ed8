package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.Embedded;
import io.zhiwen.ingest.embed.Embedder;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.PackedTokens;
import io.zhiwen.ingest.embed.ServedSpace;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.priority.LowPriority;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.EmbeddedChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Embeds chunks on a few threads that all documents share and that leave the processor to
/// questions: their priority is low, and they wait before each chunk while somebody asks. Safe for
/// concurrent use.
public final class Embedding implements AutoCloseable {

    /// So many chunks are kept in one transaction, and so many more are embedded meanwhile.
    private static final int SLICE = 32;

    /// The encoder that runs must not be closed: that ends the process.
    private static final Duration LAST_CHUNK = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Embedding.class);

    private final Embedders embedders;
    private final QuestionsFirst questions;
    private final BooleanSupplier keepsTokens;
    private final ExecutorService threads;

    /// Wait for a server, and take nothing from anybody.
    private final ExecutorService serverThreads;

    /// With the bundled encoders alone, and no token vectors.
    public Embedding(Encoders encoders, int threads) {
        this(new Embedders(encoders), new QuestionsFirst(), () -> false, threads);
    }

    /// @param keepsTokens whether the bundled encoders' token vectors are to be kept too
    public Embedding(
            Embedders embedders,
            QuestionsFirst questions,
            BooleanSupplier keepsTokens,
            int threads) {
        this.keepsTokens = keepsTokens;
        this.embedders = embedders;
        this.questions = questions;
        this.threads = Executors.newFixedThreadPool(threads, LowPriority.threads("embedding-"));
        this.serverThreads =
                Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().name("embedding-server-", 0).daemon().factory());
    }

    /// Asks whether a server is there before anything else is done.
    ///
    /// @param served null for the bundled encoders, which always are
    /// @throws EmbeddingUnavailable when it is not
    public void require(@Nullable ServedSpace served) {
        if (served != null) {
            embedders.in(served).passages(List.of());
        }
    }

    /// Gives every chunk to `sink`, in order and slice by slice, on the caller's thread.
    ///
    /// @param served the space they are embedded in; null for that of each chunk's language
    /// @throws EmbeddingUnavailable when the server gives no vectors; what `sink` had stays with it
    public void embed(
            List<Chunk> chunks, @Nullable ServedSpace served, Consumer<List<EmbeddedChunk>> sink)
            throws InterruptedException {
        List<Future<List<EmbeddedChunk>>> ahead = start(slice(chunks, 0), served);
        try {
            for (int done = 0; done < chunks.size(); done += SLICE) {
                List<Future<List<EmbeddedChunk>>> slice = ahead;
                ahead = start(slice(chunks, done + SLICE), served);
                sink.accept(finish(slice));
            }
        } finally {
            ahead.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        serverThreads.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LAST_CHUNK.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("a chunk is still being embedded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Chunk> slice(List<Chunk> chunks, int from) {
        return from >= chunks.size()
                ? List.of()
                : chunks.subList(from, Math.min(from + SLICE, chunks.size()));
    }

    private List<Future<List<EmbeddedChunk>>> start(
            List<Chunk> chunks, @Nullable ServedSpace served) {
        if (chunks.isEmpty()) {
            return List.of();
        }
        if (served != null) {
            return List.of(serverThreads.submit(() -> embed(chunks, embedders.in(served))));
        }
        return chunks.stream().map(chunk -> threads.submit(() -> List.of(embed(chunk)))).toList();
    }

    private static List<EmbeddedChunk> finish(List<Future<List<EmbeddedChunk>>> slice)
            throws InterruptedException {
        try {
            List<EmbeddedChunk> embedded = new ArrayList<>(slice.size());
            for (Future<List<EmbeddedChunk>> future : slice) {
                embedded.addAll(future.get());
            }
            return embedded;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EmbeddingUnavailable unavailable) {
                throw unavailable;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("embedding ends");
            }
            throw new IllegalStateException("a chunk could not be embedded", e.getCause());
        } finally {
            slice.forEach(future -> future.cancel(false));
        }
    }

    private EmbeddedChunk embed(Chunk chunk) throws InterruptedException {
        questions.letPass();
        Encoder encoder = embedders.bundled().of(chunk.language());
        Failpoint.MID_EMBEDDING.pass();
        String text = SearchText.fold(chunk.embeddedText());
        if (!keepsTokens.getAsBoolean()) {
            return new EmbeddedChunk(chunk, encoder.space(), encoder.embed(text));
        }
        Embedded read = encoder.embedWithTokens(text);
        return new EmbeddedChunk(
                chunk, encoder.space(), read.vector(), PackedTokens.of(read.tokens()));
    }

    /// As written: a server's model knows both widths and both ways of writing Chinese.
    private static List<EmbeddedChunk> embed(List<Chunk> chunks, Embedder embedder) {
        Failpoint.MID_EMBEDDING.pass();
        List<float[]> vectors =
                embedder.passages(chunks.stream().map(Chunk::embeddedText).toList());
        return IntStream.range(0, chunks.size())
                .mapToObj(i -> new EmbeddedChunk(chunks.get(i), embedder.space(), vectors.get(i)))
                .toList();
    }
}
