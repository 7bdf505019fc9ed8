package io.zhiwen.source.git;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The newest commits of repositories in a folder of this machine, so that only what is new is
/// fetched. They may be deleted at any time; those used longest ago go when they take too much
/// room. Safe for concurrent use within one process.
public final class GitCopies {

    /// Each fetch leaves one; a copy of more is made anew.
    private static final int MOST_PACKS = 40;

    private final Path root;
    private final long most;
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// @param root of this process alone
    /// @param most bytes of all of them, and of one
    public GitCopies(Path root, long most) {
        this.root = root;
        this.most = most;
    }

    long most() {
        return most;
    }

    /// The copy of the repository, for one thread at a time.
    GitCopy of(URI uri) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(root).resolve(key(uri));
        lock(folder).lockInterruptibly();
        try {
            return GitCopy.open(folder, most, this::release);
        } catch (IOException | RuntimeException e) {
            lock(folder).unlock();
            throw e;
        }
    }

    /// An empty one that is gone when it is closed.
    GitCopy passing() throws IOException {
        Path folder = Files.createDirectories(root).resolve("passing-" + UUID.randomUUID());
        return GitCopy.open(folder, most, GitCopies::delete);
    }

    private void release(Path folder) throws IOException {
        try {
            if (packs(folder) > MOST_PACKS) {
                delete(folder);
            }
        } finally {
            lock(folder).unlock();
        }
        makeRoom();
    }

    private ReentrantLock lock(Path folder) {
        return locks.computeIfAbsent(folder, _ -> new ReentrantLock());
    }

    private static long packs(Path folder) throws IOException {
        try (Stream<Path> packs = Files.list(folder.resolve("objects").resolve("pack"))) {
            return packs.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    private void makeRoom() throws IOException {
        record Copy(Path folder, Instant usedAt, long bytes) {}
        List<Copy> copies = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.filter(one -> one.toString().endsWith(".git")).toList()) {
                copies.add(new Copy(folder, GitCopy.usedAt(folder), bytes(folder)));
            }
        }
        copies.sort(Comparator.comparing(Copy::usedAt));
        long all = copies.stream().mapToLong(Copy::bytes).sum();
        for (Copy copy : copies) {
            if (all > most && lock(copy.folder()).tryLock()) {
                try {
                    delete(copy.folder());
                } finally {
                    lock(copy.folder()).unlock();
                }
                all -= copy.bytes();
            }
        }
    }

    private static long bytes(Path folder) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sum[0] += attributes.size();
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        return goneOr(e); // of a fetch that goes on meanwhile
                    }
                });
        return sum[0];
    }

    /// With all that is in it; links are not followed.
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        return goneOr(e);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path done, @Nullable IOException e)
                            throws IOException {
                        if (e != null) {
                            throw e;
                        }
                        Files.deleteIfExists(done);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static FileVisitResult goneOr(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private static String key(URI uri) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(uri.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16) + ".git";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
