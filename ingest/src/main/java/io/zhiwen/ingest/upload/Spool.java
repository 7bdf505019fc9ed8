package io.zhiwen.ingest.upload;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;

/// Where uploads are written and hashed before anything of them is in the store. Each is a file of
/// its own, locked while it is written, so that whoever sweeps, in this process or another, takes
/// only what a crash has left.
final class Spool {

    private final Path folder;

    Spool(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /// An upload that is whole and on disk, until it is closed.
    record Spooled(Path path, FileChannel lock, Sha256 sha256, long bytes)
            implements AutoCloseable {

        @Override
        public void close() throws IOException {
            lock.close();
            Files.deleteIfExists(path);
        }
    }

    Spooled take(InputStream bytes, long maxBytes) throws IOException {
        Open open = open();
        try {
            MessageDigest digest = Hashing.digest();
            long size =
                    Hashing.copy(
                            bytes,
                            Channels.newOutputStream(open.channel()),
                            digest,
                            maxBytes,
                            folder);
            Failpoint.MID_BLOB.pass();
            force(open.channel());
            return new Spooled(open.path(), open.channel(), Hashing.end(digest), size);
        } catch (IOException | RuntimeException e) {
            open.channel().close();
            Files.deleteIfExists(open.path());
            throw e;
        }
    }

    void sweep() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                sweep(file);
            }
        }
    }

    private record Open(Path path, FileChannel channel) {}

    private Open open() throws IOException {
        while (true) {
            Path path = folder.resolve(UUID.randomUUID().toString());
            FileChannel channel = create(path);
            try {
                channel.lock();
                if (Files.exists(path)) {
                    return new Open(path, channel);
                }
            } catch (OverlappingFileLockException e) {
                Files.deleteIfExists(path); // a sweep in this process got it first
            }
            channel.close();
        }
    }

    private FileChannel create(Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new BlobStoreUnavailable(
                    "The folder " + folder + " is gone; is its file system mounted?", e);
        } catch (IOException e) {
            throw NoRoom.or(e, folder);
        }
    }

    private void force(FileChannel channel) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw NoRoom.or(e, folder);
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
}
