package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Copies of far blobs on this machine's disk, each verified whenever it is handed out. Those in
/// use stay; of the others the latest stay as long as there is room. Safe for concurrent use, in
/// one process.
final class LocalCopies {

    /// Begins to read a blob.
    interface Source {
        InputStream open() throws IOException;
    }

    private static final class Copy {
        final Path path;
        int users;
        long bytes;

        Copy(Path path) {
            this.path = path;
        }
    }

    private final Path folder;
    private final long room;

    /// In the order of their last use.
    private final Map<Sha256, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    private LocalCopies(Path folder, long room) {
        this.folder = folder;
        this.room = room;
    }

    /// Empties the folder, which nobody else may use.
    ///
    /// @param room bytes of unused copies to keep
    static LocalCopies in(Path folder, long room) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        return new LocalCopies(folder, room);
    }

    /// @throws DamagedBlob when `source` gives other bytes
    LocalBlob get(Sha256 hash, Source source) throws IOException {
        Copy copy = enter(hash);
        try {
            synchronized (copy) {
                if (!Files.exists(copy.path) || !Hashing.of(copy.path).equals(hash)) {
                    copy.bytes = fetch(hash, source, copy.path);
                }
            }
        } catch (IOException | RuntimeException e) {
            leave(copy);
            throw e;
        }
        return new LocalBlob(copy.path, () -> leave(copy));
    }

    void forget(Sha256 hash) throws IOException {
        synchronized (this) {
            Copy copy = copies.get(hash);
            if (copy == null || copy.users > 0) {
                return;
            }
            copies.remove(hash);
            Files.deleteIfExists(copy.path);
        }
    }

    private synchronized Copy enter(Sha256 hash) {
        Copy copy = copies.computeIfAbsent(hash, _ -> new Copy(folder.resolve(hash.hex())));
        copy.users++;
        return copy;
    }

    private synchronized void leave(Copy done) {
        done.users--;
        long unused =
                copies.values().stream().filter(c -> c.users == 0).mapToLong(c -> c.bytes).sum();
        List<Sha256> gone = new ArrayList<>();
        for (var entry : copies.entrySet()) {
            Copy copy = entry.getValue();
            if (unused > room && copy.users == 0 && copy.path.toFile().delete()) {
                unused -= copy.bytes;
                gone.add(entry.getKey());
            }
        }
        gone.forEach(copies::remove);
    }

    private long fetch(Sha256 hash, Source source, Path to) throws IOException {
        Path half = Files.createTempFile(folder, "half-", "");
        try {
            MessageDigest digest = Hashing.digest();
            long bytes;
            try (InputStream in = source.open();
                    OutputStream out = Files.newOutputStream(half)) {
                bytes = Hashing.copy(in, out, digest, Long.MAX_VALUE, folder);
            }
            Sha256 found = Hashing.end(digest);
            if (!found.equals(hash)) {
                throw DamagedBlob.changed(hash, found);
            }
            Files.move(half, to, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
