package io.zhiwen.ingest.index.lucene;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
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

    private static final String POSITION = "position";
    private static final String FORMAT = "format";
    private static final String VECTORS = "vectors";

    /// Up to this size every byte is checked at opening (about a second); beyond it, that each
    /// file is complete. Merges check every byte they read in any case.
    private static final long CHECKED_WHOLE = 1L << 30;

    private static final double RAM_BUFFER_MB = 64;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final boolean vectors;
    private volatile long position;

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
            if (isSound(folder, vectors)) {
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
            return size(directory);
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

    @Override
    public void close() {
        try {
            IOUtils.close(searchers, writer, directory);
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

    private static boolean isSound(Path folder, boolean vectors) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> data = reader.getIndexCommit().getUserData();
            if (!Integer.toString(Fields.FORMAT).equals(data.get(FORMAT))) {
                log.info("the index in {} is of an older format and made anew", folder);
                return false;
            }
            if (!Boolean.toString(vectors).equals(data.getOrDefault(VECTORS, "true"))) {
                log.info(
                        "the index in {} is made anew {} vectors",
                        folder,
                        vectors ? "with" : "without");
                return false;
            }
            if (size(directory) <= CHECKED_WHOLE) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    ((CodecReader) leaf.reader()).checkIntegrity();
                }
            }
            return true;
        } catch (IndexNotFoundException e) {
            return false;
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException e) {
            log.warn("the index in {} is damaged and made anew: {}", folder, e.toString());
            return false;
        }
    }

    private static long size(Directory directory) throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            try {
                bytes += directory.fileLength(file);
            } catch (NoSuchFileException | FileNotFoundException _) {
                // a merge has done with it meanwhile
            }
        }
        return bytes;
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
