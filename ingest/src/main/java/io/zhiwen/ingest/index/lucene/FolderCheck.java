package io.zhiwen.ingest.index.lucene;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an index folder can be opened as it is, and what it takes on disk.
final class FolderCheck {

    private static final Logger log = LoggerFactory.getLogger(FolderCheck.class);

    /// Up to this size every byte is checked at opening (about a second); beyond it, that each
    /// file is complete. Merges check every byte they read in any case.
    private static final long CHECKED_WHOLE = 1L << 30;

    private FolderCheck() {}

    /// Of this format, made with or without vectors as wanted, and undamaged.
    static boolean isSound(Path folder, boolean vectors) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> data = reader.getIndexCommit().getUserData();
            if (!Integer.toString(Fields.FORMAT).equals(data.get(IndexFolder.FORMAT))) {
                log.info("the index in {} is of an older format and made anew", folder);
                return false;
            }
            if (!Boolean.toString(vectors).equals(data.getOrDefault(IndexFolder.VECTORS, "true"))) {
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

    static long size(Directory directory) throws IOException {
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
}
