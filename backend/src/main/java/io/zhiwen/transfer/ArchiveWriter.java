package io.zhiwen.transfer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes an export under another name beside its own, which it gets when it is whole and on disk.
/// Only its owner may read it.
final class ArchiveWriter implements AutoCloseable {

    private static final String HALF = ".zhiwen-";
    private static final String SUFFIX = ".part";

    private final Path target;
    private final Path half;
    private final FileChannel channel;
    private final ZipOutputStream zip;

    private ArchiveWriter(Path target, Path half, FileChannel channel) {
        this.target = target;
        this.half = half;
        this.channel = channel;
        this.zip = new ZipOutputStream(Channels.newOutputStream(channel));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /// @throws TransferRefused when there is such a file already
    static ArchiveWriter to(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || Files.exists(target)) {
            throw new TransferRefused(target + " is there already; name another file.");
        }
        Files.createDirectories(folder);
        removeLeftBehind(folder);
        Path half = folder.resolve(HALF + UUID.randomUUID() + SUFFIX);
        FileChannel channel =
                FileChannel.open(
                        half,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly(half));
        channel.lock();
        return new ArchiveWriter(target, half, channel);
    }

    /// What was written to one entry.
    record Written(long bytes, String sha256) {}

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    Written add(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        MessageDigest digest = Digests.sha256();
        var counted = new Counting(new DigestOutputStream(zip, digest));
        content.writeTo(counted);
        zip.closeEntry();
        return new Written(counted.bytes, HexFormat.of().formatHex(digest.digest()));
    }

    Written add(String name, InputStream bytes) throws IOException {
        return add(name, bytes::transferTo);
    }

    /// Makes it the export; what is not finished is removed by [#close].
    void finish() throws IOException {
        zip.finish();
        channel.force(true);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(half);
    }

    /// Of exports that were killed.
    private static void removeLeftBehind(Path folder) throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, HALF + "*" + SUFFIX)) {
            for (Path file : halves) {
                removeUnlessLocked(file);
            }
        }
    }

    private static void removeUnlessLocked(Path file) throws IOException {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (other.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            return; // another export of this process
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static final class Counting extends FilterOutputStream {
        private long bytes;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) throws IOException {
            out.write(b, from, length);
            bytes += length;
        }
    }
}
