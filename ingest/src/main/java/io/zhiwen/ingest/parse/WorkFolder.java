package io.zhiwen.ingest.parse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where one worker may write. A lock held by this process tells its folders from those that a
/// crash left behind.
final class WorkFolder implements AutoCloseable {

    private static final String PREFIX = "parse-";
    private static final String LOCK = "lock";
    private static final String PARTS = "parts";

    private final Path folder;
    private final FileChannel lock;

    private WorkFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static WorkFolder in(Path parent) throws IOException {
        Path folder = parent.resolve(PREFIX + UUID.randomUUID());
        Files.createDirectories(folder.resolve("work"));
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        channel.lock();
        return new WorkFolder(folder, channel);
    }

    Path path() {
        return folder.resolve("work");
    }

    /// Where it puts the files inside of the one it reads.
    Path parts() {
        return path().resolve(PARTS);
    }

    /// Removes what a worker left while it goes on.
    void empty() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path())) {
            for (Path path : left) {
                delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        delete(folder);
    }

    /// Removes the folders of processes that are gone.
    static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder.resolve(LOCK))) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                            throws IOException {
                        Files.deleteIfExists(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
