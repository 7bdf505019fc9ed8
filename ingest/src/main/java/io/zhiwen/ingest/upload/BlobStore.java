package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/// Keeps the bytes of originals for ever under their hash. What [#put] gave back survives a power
/// cut; what it did not give back is not in the store. Safe for concurrent use, by several
/// processes and machines too.
///
/// Whatever cannot be done because the store cannot be reached now throws [BlobStoreUnavailable];
/// other `IOException`s are the uploader's connection, or this machine's disk.
public interface BlobStore {

    /// What was put.
    record Stored(Sha256 sha256, long bytes) {}

    /// One of the blobs in the store.
    ///
    /// @param since when it was put the last time
    record Listed(Sha256 sha256, long bytes, Instant since) {}

    /// Reads `bytes` to its end; does not close it. Putting what is there already is the way to
    /// mend it, and makes it young again.
    ///
    /// @throws UploadTooLarge as soon as there are more than `maxBytes`
    /// @throws NoRoom when the disk they are spooled to is full
    Stored put(InputStream bytes, long maxBytes) throws IOException;

    boolean contains(Sha256 hash) throws IOException;

    /// A file on this machine that holds these very bytes: they were hashed just now.
    ///
    /// @throws DamagedBlob when the store has none, or others
    LocalBlob local(Sha256 hash) throws IOException;

    /// Whether it was there. Only for bytes that nothing refers to any more.
    boolean delete(Sha256 hash) throws IOException;

    /// Shows all blobs, in any order. Those put or deleted meanwhile may be among them or not.
    void list(Consumer<Listed> each) throws IOException;

    /// Removes what uploads that were cut off have left on their way in.
    void sweep() throws IOException;

    /// The folder where uploads are spooled; it must have the room for them.
    Path incoming();
}
