package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// Keeps bytes for ever under their hash: `ab/abcd…`. A blob that [#put] gave back survives a power
/// cut; one that it did not give back leaves nothing behind, at the latest when the store is opened
/// again. Safe for concurrent use, by several processes too.
public final class BlobStore {

    /// @param isNew false when the same bytes were here already
    public record Stored(Sha256 sha256, long bytes, boolean isNew) {}

    private static final int BUFFER = 64 * 1024;

    private final Path root;
    private final Path incoming;

    private BlobStore(Path root) {
        this.root = root;
        this.incoming = root.resolve("tmp");
    }

    /// Creates the folder where needed and removes what uploads cut off by a crash left in it.
    public static BlobStore open(Path root) throws IOException {
        BlobStore store = new BlobStore(root.toAbsolutePath().normalize());
        Files.createDirectories(store.incoming);
        store.sweep();
        return store;
    }

    /// Reads `bytes` to its end; does not close it.
    ///
    /// @throws UploadTooLarge as soon as there are more than `maxBytes`
    public Stored put(InputStream bytes, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        Incoming temp = newIncoming();
        try {
            long size = copy(bytes, temp.channel(), digest, maxBytes);
            temp.channel().force(true);
            Sha256 hash = new Sha256(HexFormat.of().formatHex(digest.digest()));
            return new Stored(hash, size, keep(temp.path(), hash, size));
        } finally {
            temp.channel().close();
            Files.deleteIfExists(temp.path());
        }
    }

    /// Where these bytes are, or would be.
    public Path path(Sha256 hash) {
        return root.resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    public boolean contains(Sha256 hash) {
        return Files.isRegularFile(path(hash));
    }

    /// @throws NoSuchFileException when no such bytes are kept
    public InputStream read(Sha256 hash) throws IOException {
        return Files.newInputStream(path(hash));
    }

    /// Whether it was there. Only for bytes that nothing refers to any more.
    public boolean delete(Sha256 hash) throws IOException {
        return Files.deleteIfExists(path(hash));
    }

    private static long copy(InputStream bytes, FileChannel to, MessageDigest digest, long maxBytes)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw new UploadTooLarge(maxBytes);
            }
            digest.update(buffer, 0, read);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
            while (chunk.hasRemaining()) {
                to.write(chunk);
            }
        }
        return size;
    }

    private boolean keep(Path temp, Sha256 hash, long size) throws IOException {
        Path target = path(hash);
        Path folder = root.resolve(hash.hex().substring(0, 2));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            force(root);
        }
        boolean isNew = !Files.isRegularFile(target) || Files.size(target) != size;
        if (isNew) {
            try {
                Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("the blob folder must be one file system: " + root, e);
            }
        }
        force(folder);
        return isNew;
    }

    /// Makes the names in a folder durable; Windows cannot and need not.
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private record Incoming(Path path, FileChannel channel) {}

    /// A file of our own, locked so that no other process sweeps it away.
    private Incoming newIncoming() throws IOException {
        while (true) {
            Path path = incoming.resolve(UUID.randomUUID().toString());
            FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                channel.lock();
                if (Files.exists(path)) {
                    return new Incoming(path, channel);
                }
            } catch (OverlappingFileLockException e) {
                Files.deleteIfExists(path); // a sweep in this process got it first
            }
            channel.close();
        }
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
            for (Path file : files) {
                sweep(file);
            }
        }
    }

    private static void sweep(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException | NoSuchFileException e) {
            return; // being written by this process, or just finished by another
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
