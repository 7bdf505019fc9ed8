package io.zhiwen.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Everything an installation keeps, in one folder that may be moved while nothing runs. Whoever
/// holds it is the only process that works on it; the system takes the lock back when the process
/// dies, however it dies.
final class DataFolder implements AutoCloseable {

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Makes the folder when it is not there.
    ///
    /// @throws DataFolderInUse when another process, or another part of this one, holds it
    static DataFolder hold(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path root = folder.toRealPath();
        FileChannel channel =
                FileChannel.open(
                        root.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new DataFolderInUse(root);
            }
        } catch (OverlappingFileLockException | DataFolderInUse e) {
            channel.close();
            throw e instanceof DataFolderInUse inUse ? inUse : new DataFolderInUse(root);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        (ProcessHandle.current().pid() + "\n")
                                .getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(root, channel);
    }

    Path root() {
        return root;
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path index() {
        return root.resolve("index").resolve("lucene");
    }

    Path tmp() {
        return root.resolve("tmp");
    }

    /// What was read of long files, for a start after a crash.
    Path ranges() {
        return root.resolve("ranges");
    }

    /// A secret kept in a folder, e.g. the password of the database.
    static Optional<String> secret(Path root, String name) throws IOException {
        Path file = root.resolve("secrets").resolve(name);
        return Files.isRegularFile(file)
                ? Optional.of(Files.readString(file).strip())
                : Optional.empty();
    }

    /// Keeps a secret where only the owner of the process can read it.
    void keepSecret(String name, String value) throws IOException {
        Path folder = root.resolve("secrets");
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
        Path half = folder.resolve(name + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half);
        restrict(half, "rw-------");
        try (FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((value + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
