package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open index folder: its writer, its searchers, and the position kept in its last commit.
final class IndexFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IndexFolder.class);

    static final String POSITION = "position";
    static final String FORMAT = "format";
    static final String VECTORS = "vectors";

    private static final double RAM_BUFFER_MB = 64;

    /// A search costs about as much in a small segment as in a large one.
    private static final int FEW_SEGMENTS = 3;

    private static final Duration MERGES_GET = Duration.ofSeconds(5);

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final boolean vectors;
    private volatile long position;
    private long settled = -1;

    private IndexFolder(Directory directory, IndexWriter writer, boolean vectors)
            throws IOException {
        this.directory = directory;
        this.vectors = vectors;
        this.writer = writer;
        this.searchers =
                new SearcherManager(
                        writer,
                        new SearcherFactory() {
                            @Override
                            public IndexSearcher newSearcher(
                                    IndexReader reader, @Nullable IndexReader previous) {
                                IndexSearcher searcher = new IndexSearcher(reader);
                                searcher.setSimilarity(writer.getConfig().getSimilarity());
                                return searcher;
                            }
                        });
        this.position = positionOf(writer.getLiveCommitData());
    }

    /// As it is when it is sound and of this format, else empty.
    static IndexFolder openOrWipe(
            Path folder, Analysis analysis, FieldWeights weights, boolean vectors) {
        try {
            Files.createDirectories(folder);
            refuseWhereInUse(folder);
            if (FolderCheck.isSound(folder, vectors)) {
                return open(folder, analysis, weights, vectors);
            }
        } catch (LockObtainFailedException e) {
            throw new UncheckedIOException("another process uses the index in " + folder, e);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("the index in {} is made anew: it cannot be opened: {}", folder, e.toString());
        }
        return wipe(folder, analysis, weights, vectors);
    }

    static IndexFolder wipe(Path folder, Analysis analysis, FieldWeights weights, boolean vectors) {
        try {
            IOUtils.rm(folder);
            Files.createDirectories(folder);
            return open(folder, analysis, weights, vectors);
        } catch (IOException e) {
            throw new UncheckedIOException("no index can be made in " + folder, e);
        }
    }

    IndexWriter writer() {
        return writer;
    }

    SearcherManager searchers() {
        return searchers;
    }

    long position() {
        return position;
    }

    long bytes() {
        try {
            return FolderCheck.size(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        }
    }

    /// Shows what was written. A position alone is not worth a commit: it is kept with the next
    /// documents, and asking again from an older one only finds nothing again.
    void commit(long position, boolean changed) throws IOException {
        if (changed) {
            Map<String, String> data =
                    Map.of(
                            POSITION, Long.toString(position),
                            FORMAT, Integer.toString(Fields.FORMAT),
                            VECTORS, Boolean.toString(vectors));
            writer.setLiveCommitData(data.entrySet());
            Failpoint.BEFORE_INDEX_COMMIT.pass();
            writer.commit();
            Failpoint.AFTER_INDEX_COMMIT.pass();
            searchers.maybeRefreshBlocking();
        }
        this.position = position;
    }

    /// Called again and again while nothing is written: begins to merge into few segments, in the
    /// background and once for each position, then keeps and shows what has been merged.
    ///
    /// @return whether nothing is left to do
    boolean settle() throws IOException {
        if (settled != position) {
            settled = position;
            mergeToFew();
        } else if (writer.getMergingSegments().isEmpty() && writer.hasUncommittedChanges()) {
            writer.commit();
            searchers.maybeRefreshBlocking();
        }
        return isSettled();
    }

    /// Whether nothing is left to merge, to keep or to show.
    boolean isSettled() {
        return settled == position
                && writer.getMergingSegments().isEmpty()
                && !writer.hasUncommittedChanges();
    }

    /// All of it where no segment holds half, which is so when much is new; else the small ones,
    /// lest a large one be written again for each few documents.
    private void mergeToFew() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            List<LeafReaderContext> segments = searcher.getIndexReader().leaves();
            if (segments.size() > FEW_SEGMENTS) {
                int all = searcher.getIndexReader().numDocs();
                boolean oneIsLarge =
                        segments.stream().anyMatch(segment -> segment.reader().numDocs() > all / 2);
                writer.forceMerge(oneIsLarge ? FEW_SEGMENTS : 1, false);
            }
        } finally {
            searchers.release(searcher);
        }
    }

    /// Whether each file that is searched now is as it was written.
    boolean isIntact() {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                    ((CodecReader) leaf.reader()).checkIntegrity();
                }
                return true;
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException | InternalError e) {
            log.warn("the index is damaged: {}", e.toString());
            return false;
        }
    }

    /// A merge that builds a graph of vectors ends only with the graph, which may take minutes:
    /// what is committed is whole without it, so it is left to the end of the process.
    @Override
    public void close() {
        try {
            if (!BoundedClose.within(MERGES_GET, searchers, writer, directory)) {
                log.info("a merge of the index goes on and is lost; nothing else is");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the index does not close", e);
        }
    }

    /// Closes it without keeping what is not committed; for an index that is thrown away.
    void abandon() {
        IOUtils.closeWhileHandlingException(searchers);
        try {
            writer.rollback();
        } catch (IOException e) {
            log.warn("a damaged index does not close cleanly: {}", e.toString());
        }
        IOUtils.closeWhileHandlingException(directory);
    }

    private static IndexFolder open(
            Path folder, Analysis analysis, FieldWeights weights, boolean vectors)
            throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            return new IndexFolder(
                    directory, new IndexWriter(directory, config(analysis, weights)), vectors);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    private static void refuseWhereInUse(Path folder) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
        }
    }

    private static IndexWriterConfig config(Analysis analysis, FieldWeights weights) {
        return new IndexWriterConfig(analysis)
                .setSimilarity(new BM25Similarity(weights.k1(), weights.b()))
                .setRAMBufferSizeMB(RAM_BUFFER_MB)
                .setCommitOnClose(false)
                .setCodec(new VectorCodec());
    }

    private static long positionOf(Iterable<Map.Entry<String, String>> data) {
        if (data != null) {
            for (Map.Entry<String, String> entry : data) {
                if (entry.getKey().equals(POSITION)) {
                    return Long.parseLong(entry.getValue());
                }
            }
        }
        return 0;
    }

    private static final class VectorCodec extends Lucene104Codec {

        private final KnnVectorsFormat vectors = new WideVectors();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return vectors;
        }
    }
}
