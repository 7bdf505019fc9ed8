package io.zhiwen.library;

import io.zhiwen.ingest.Embedding;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.store.EmbeddedChunk;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.store.TokenStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads passages token by token that were embedded before token vectors were kept, or came with an
/// import; a stretch at a time, with what the processor has left.
@Component
final class OldPassages {

    private static final int AT_ONCE = 32;
    private static final Duration STRETCH = Duration.ofSeconds(30);

    private final TokenStore tokens;
    private final Embedding embedding;

    /// No passage up to this one lacks them. A hint, which a restart may lose.
    private long reached;

    OldPassages(TokenStore tokens, Embedding embedding) {
        this.tokens = tokens;
        this.embedding = embedding;
    }

    synchronized void run() {
        long until = System.nanoTime() + STRETCH.toNanos();
        try {
            while (tokens.hasRoom() && System.nanoTime() < until) {
                long newest = tokens.newest();
                List<StoredChunk> some = tokens.lacking(reached, AT_ONCE);
                if (some.isEmpty()) {
                    reached = newest;
                    return;
                }
                read(some);
                reached = some.getLast().id();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(List<StoredChunk> passages) throws InterruptedException {
        List<Chunk> chunks = passages.stream().map(StoredChunk::chunk).toList();
        Iterator<StoredChunk> next = passages.iterator();
        embedding.embed(
                chunks,
                null,
                embedded -> {
                    for (EmbeddedChunk one : embedded) {
                        StoredChunk passage = next.next();
                        if (one.tokens() != null) {
                            tokens.add(passage.id(), one.space(), one.tokens());
                        }
                    }
                });
    }
}
