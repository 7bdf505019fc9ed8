package io.zhiwen.library;

import io.zhiwen.ingest.Embedding;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.EmbeddedChunk;
import io.zhiwen.ingest.store.NewVectors;
import io.zhiwen.ingest.store.NewVectors.NewVector;
import io.zhiwen.ingest.store.SpaceChange;
import io.zhiwen.ingest.store.SpaceChanges;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Does what bases on their way to another space need, a stretch at a time: makes the vectors that
/// are lacking, document by document, switches, and takes away what is of no use any more. Knows
/// nothing that the database does not: whoever does the next stretch goes on.
@Component
class SpaceBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceBuilder.class);

    private static final Duration STRETCH = Duration.ofSeconds(10);

    private final SpaceChanges changes;
    private final NewVectors vectors;
    private final Embedding embedding;
    private final IndexFollower follower;

    /// Behind which document each pass goes on; a hint, which a restart may lose.
    private final Map<Pass, DocumentId> reached = new ConcurrentHashMap<>();

    /// Over all documents of a base.
    private record Pass(KnowledgeBaseId base, SpaceChange.State state, @Nullable Integer space) {

        static Pass of(SpaceChange change) {
            return new Pass(change.base(), change.state(), change.space());
        }
    }

    SpaceBuilder(
            SpaceChanges changes, NewVectors vectors, Embedding embedding, IndexFollower follower) {
        this.changes = changes;
        this.vectors = vectors;
        this.embedding = embedding;
        this.follower = follower;
    }

    /// One stretch of each base.
    void run() {
        for (SpaceChange change : changes.open()) {
            long until = System.nanoTime() + STRETCH.toNanos();
            try {
                if (change.state() == SpaceChange.State.BUILDING) {
                    build(change, until);
                } else {
                    clear(change, until);
                }
            } catch (EmbeddingUnavailable e) {
                LOG.warn("base {} waits for its new vectors: {}", change.base(), e.getMessage());
                changes.waitsFor(change.base(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void build(SpaceChange change, long until) throws InterruptedException {
        Pass pass = Pass.of(change);
        if (!reached.containsKey(pass)) {
            vectors.count(change);
        }
        while (System.nanoTime() < until) {
            Optional<DocumentId> document = vectors.lacking(change, reached.get(pass));
            if (document.isEmpty()) {
                reached.remove(pass);
                finish(change);
                return;
            }
            if (!embed(change, document.get())) {
                reached.remove(pass);
                return;
            }
            reached.put(pass, document.get());
        }
    }

    private void finish(SpaceChange change) {
        if (vectors.complete(change)) {
            LOG.info("base {} is searched with the vectors of {}", change.base(), name(change));
            follower.wake();
        }
    }

    private static String name(SpaceChange change) {
        return change.target() == null ? "the bundled encoders" : change.target().space().model();
    }

    /// @return false when the change is under way no more
    private boolean embed(SpaceChange change, DocumentId document) throws InterruptedException {
        List<StoredChunk> lacking = vectors.passages(change, document);
        List<Chunk> chunks = lacking.stream().map(StoredChunk::chunk).toList();
        var kept = new Kept(lacking);
        embedding.embed(chunks, change.target(), kept::add);
        follower.wake();
        return kept.goesOn;
    }

    private void clear(SpaceChange change, long until) {
        Pass pass = Pass.of(change);
        while (System.nanoTime() < until) {
            Optional<DocumentId> document = vectors.clear(change.base(), reached.get(pass));
            if (document.isEmpty()) {
                reached.remove(pass);
                changes.close(change.base());
                follower.wake();
                return;
            }
            reached.put(pass, document.get());
        }
    }

    /// Keeps the vectors of one document as they come.
    private final class Kept {

        private final List<StoredChunk> passages;
        private int done;
        private boolean goesOn = true;

        Kept(List<StoredChunk> passages) {
            this.passages = passages;
        }

        void add(List<EmbeddedChunk> embedded) {
            List<NewVector> made = new ArrayList<>(embedded.size());
            for (EmbeddedChunk one : embedded) {
                made.add(new NewVector(passages.get(done++), one));
            }
            goesOn = goesOn && vectors.add(made, done == passages.size());
        }
    }
}
