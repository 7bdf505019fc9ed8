package io.zhiwen.source.folder;

import io.zhiwen.source.place.Patterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/// A folder and those in it, whose changes the file system tells of. Used by one thread.
public final class WatchedTree implements AutoCloseable {

    /// More than this would use up what the system grants a process.
    private static final int MOST_FOLDERS = 2000;

    /// A change is told when nothing more has come for so long, or has kept coming for that long.
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path root;
    private final WatchService watcher;
    private long firstAt;
    private long lastAt;
    private boolean changed;
    private int folders;

    private WatchedTree(Path root, WatchService watcher) {
        this.root = root;
        this.watcher = watcher;
    }

    /// @throws IOException when it cannot be watched, or has too many folders
    public static WatchedTree of(Path root) throws IOException {
        var tree = new WatchedTree(root, root.getFileSystem().newWatchService());
        try {
            tree.register(root);
            return tree;
        } catch (IOException e) {
            tree.close();
            throw e;
        }
    }

    /// Whether something changed since the last time it said so, and has come to rest.
    public boolean hasSettledAfterChange() {
        long now = System.nanoTime();
        for (WatchKey key = watcher.poll(); key != null; key = watcher.poll()) {
            key.pollEvents();
            key.reset();
            lastAt = now;
            if (!changed) {
                changed = true;
                firstAt = now;
            }
        }
        if (!changed || (now - lastAt < QUIET.toNanos() && now - firstAt < PATIENCE.toNanos())) {
            return false;
        }
        changed = false;
        again();
        return true;
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Folders that are new are watched too; registering one twice changes nothing.
    private void again() {
        try {
            folders = 0;
            register(root);
        } catch (IOException _) {
            changed = false; // the run that comes of it will say what is wrong with the folder
        }
    }

    private void register(Path from) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        if (!folder.equals(root)
                                && Patterns.isHidden(String.valueOf(folder.getFileName()))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        if (++folders > MOST_FOLDERS) {
                            throw new IOException("more than " + MOST_FOLDERS + " folders");
                        }
                        folder.register(
                                watcher,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
