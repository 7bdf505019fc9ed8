package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.UnitVector;
import io.zhiwen.ingest.index.FollowingIndex;
import io.zhiwen.ingest.index.KeywordHits;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;

/// Words and vectors of all live chunks in one Lucene index, derived from the change log. Safe for
/// concurrent use; one process at a time. A missing, damaged or outdated index opens empty at
/// position 0, so that whoever follows the log fills it again.
public final class LuceneIndex implements KeywordIndex, VectorIndex, FollowingIndex, AutoCloseable {

    /// What a commit may need.
    private static final long ROOM = 128L << 20;

    private final Path folder;
    private final WordQuery words;
    private final RenderedQuery rendered;
    private final Analysis analysis;
    private final FieldWeights weights;
    private final boolean vectors;
    private volatile IndexFolder open;
    private volatile boolean suspected;

    private LuceneIndex(Path folder, FieldWeights weights, boolean vectors) {
        this.folder = folder;
        this.vectors = vectors;
        this.analysis = new Analysis();
        this.weights = weights;
        this.words = new WordQuery(analysis, weights);
        this.rendered = new RenderedQuery(analysis, weights, words);
        this.open = IndexFolder.openOrWipe(folder, analysis, weights, vectors);
    }

    /// Opens the index in this folder, made when absent.
    public static LuceneIndex open(Path folder) {
        return open(folder, true);
    }

    /// An index that was made the other way is made anew.
    ///
    /// @param vectors whether it holds vectors beside words; it holds none where the database
    /// searches them
    public static LuceneIndex open(Path folder, boolean vectors) {
        return new LuceneIndex(folder, FieldWeights.DEFAULT, vectors);
    }

    static LuceneIndex open(Path folder, FieldWeights weights) {
        return new LuceneIndex(folder, weights, true);
    }

    @Override
    public long position() {
        return open.position();
    }

    @Override
    public long reached() {
        return position();
    }

    /// How many chunks can be found.
    public int chunks() {
        return withSearcher(searcher -> searcher.getIndexReader().numDocs());
    }

    /// What its files take on disk.
    public long bytes() {
        return open.bytes();
    }

    @Override
    public synchronized void apply(
            List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position) {
        try {
            IndexFolder index = open;
            for (IndexedDocument document : documents) {
                Term id = new Term(Fields.DOCUMENT, document.id().toString());
                if (document.entries().isEmpty()) {
                    index.writer().deleteDocuments(id);
                } else {
                    index.writer().updateDocuments(id, Fields.of(document, vectors));
                }
            }
            for (var moved : acls.entrySet()) {
                index.writer()
                        .updateNumericDocValue(
                                new Term(Fields.DOCUMENT, moved.getKey().toString()),
                                Fields.ACL,
                                moved.getValue());
            }
            index.commit(position, !documents.isEmpty() || !acls.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be written in " + folder, e);
        }
    }

    /// Merges into few segments, which are searched several times faster than many; not where the
    /// disk could not hold the index twice.
    @Override
    public synchronized boolean settle() {
        try {
            return open.isSettled() || !hasRoomFor(open.bytes()) || open.settle();
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be merged in " + folder, e);
        }
    }

    /// Looks at every byte when a search has failed; nobody else waits for it.
    @Override
    public boolean isDamaged() {
        if (!suspected) {
            return false;
        }
        suspected = false;
        return !open.isIntact();
    }

    /// On a full disk an index made anew would stay empty: there the last one kept goes on.
    @Override
    public synchronized void recover() {
        open.abandon();
        open =
                hasRoomFor(0)
                        ? IndexFolder.wipe(folder, analysis, weights, vectors)
                        : IndexFolder.openOrWipe(folder, analysis, weights, vectors);
    }

    private boolean hasRoomFor(long bytes) {
        try {
            return Files.getFileStore(folder).getUsableSpace() > bytes + ROOM;
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of the index cannot be read", e);
        }
    }

    @Override
    public synchronized void rebuild() {
        open.abandon();
        open = IndexFolder.wipe(folder, analysis, weights, vectors);
    }

    @Override
    public KeywordHits search(String query, Reach reach, int limit) {
        return search(said -> words.of(query, said), reach, limit);
    }

    @Override
    public KeywordHits search(Rendering question, Reach reach, int limit) {
        return search(said -> rendered.of(question, said), reach, limit);
    }

    @Override
    public Rendering inContext(Rendering question, Reach reach) {
        if (reach.isEmpty() || question.words().isEmpty()) {
            return question;
        }
        return withSearcher(
                searcher -> {
                    WordQuery.Made made = rendered.of(question, new Said(searcher, reach));
                    return made.isEmpty()
                            ? question
                            : rendered.inContext(
                                    question,
                                    searcher,
                                    searcher.search(made.in(reach), RenderedQuery.CONTEXT)
                                            .scoreDocs);
                });
    }

    private KeywordHits search(Asked query, Reach reach, int limit) {
        if (reach.isEmpty() || limit < 1) {
            return KeywordHits.NONE;
        }
        return withSearcher(
                searcher -> {
                    WordQuery.Made made = query.of(new Said(searcher, reach));
                    if (made.isEmpty()) {
                        return KeywordHits.NONE;
                    }
                    List<ScoredChunk> chunks =
                            BestChunks.of(
                                    searcher,
                                    searcher.search(made.in(reach), limit).scoreDocs,
                                    limit,
                                    score -> score);
                    return new KeywordHits(chunks, made.ceiling());
                });
    }

    @Override
    public boolean holds(EmbeddingSpace space, Reach reach) {
        if (!vectors) {
            throw new IllegalStateException("this index holds words only");
        }
        Query any = Fields.inSpace(space, reach);
        return !reach.isEmpty()
                && withSearcher(searcher -> searcher.search(any, 1).scoreDocs.length > 0);
    }

    @Override
    public List<ScoredChunk> nearest(EmbeddingSpace space, float[] vector, Reach reach, int limit) {
        if (!vectors) {
            throw new IllegalStateException("this index holds words only");
        }
        if (reach.isEmpty() || limit < 1) {
            return List.of();
        }
        if (vector.length != space.dimension()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " numbers in " + space);
        }
        String field = Fields.vector(space);
        float[] target = UnitVector.of(vector);
        return withSearcher(searcher -> NearestChunks.of(searcher, field, target, reach, limit));
    }

    @Override
    public synchronized void close() {
        open.close();
    }

    @FunctionalInterface
    private interface Asked {
        WordQuery.Made of(Said said) throws IOException;
    }

    @FunctionalInterface
    private interface Search<T> {
        T with(IndexSearcher searcher) throws IOException;
    }

    /// A search whose index was replaced under it waits for the new one.
    private <T> T withSearcher(Search<T> search) {
        IndexFolder tried = open;
        while (true) {
            try {
                return withSearcher(tried, search);
            } catch (AlreadyClosedException e) {
                IndexFolder replaced;
                synchronized (this) {
                    replaced = open;
                }
                if (replaced == tried) {
                    throw e;
                }
                tried = replaced;
            }
        }
    }

    private <T> T withSearcher(IndexFolder index, Search<T> search) {
        try {
            IndexSearcher searcher = index.searchers().acquire();
            try {
                return search.with(searcher);
            } finally {
                index.searchers().release(searcher);
            }
        } catch (AlreadyClosedException e) {
            throw e; // replaced meanwhile, which is no damage
        } catch (IOException e) {
            suspected = true;
            throw new UncheckedIOException("the index cannot be read in " + folder, e);
        } catch (RuntimeException | InternalError e) {
            suspected = true; // a lost page of a mapped file is an InternalError
            throw e;
        }
    }
}
