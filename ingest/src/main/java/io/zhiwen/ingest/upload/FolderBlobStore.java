package io.zhiwen.ingest.upload;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Blobs in a folder, as `ab/abcd…`: on this machine, or one that several nodes share over the
/// network. A blob is written beside the others, forced to disk, and then renamed to its hash.
public final class FolderBlobStore implements BlobStore {

    private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern BLOB = Pattern.compile("[0-9a-f]{64}");

    private final Path root;
    private final Spool spool;

    private FolderBlobStore(Path root) {
        this.root = root;
        this.spool = new Spool(root.resolve("tmp"));
    }

    /// Creates the folder where needed and removes what uploads cut off by a crash left in it.
    public static FolderBlobStore open(Path root) throws IOException {
        FolderBlobStore store = new FolderBlobStore(root.toAbsolutePath().normalize());
        Files.createDirectories(store.spool.folder());
        store.spool.sweep();
        return store;
    }

    @Override
    public Stored put(InputStream bytes, long maxBytes) throws IOException {
        try (Spool.Spooled upload = spool.take(bytes, maxBytes)) {
            if (holds(upload)) {
                Files.setLastModifiedTime(path(upload.sha256()), FileTime.from(Instant.now()));
            } else {
                keep(upload);
            }
            return new Stored(upload.sha256(), upload.bytes());
        } catch (NoSuchFileException e) {
            throw unmounted(e);
        }
    }

    @Override
    public boolean contains(Sha256 hash) throws IOException {
        if (Files.isRegularFile(path(hash))) {
            return true;
        }
        requireMounted();
        return false;
    }

    @Override
    public LocalBlob local(Sha256 hash) throws IOException {
        Sha256 found;
        try {
            found = Hashing.of(path(hash));
        } catch (NoSuchFileException e) {
            requireMounted();
            throw DamagedBlob.missing(hash);
        }
        if (!found.equals(hash)) {
            throw DamagedBlob.changed(hash, found);
        }
        return new LocalBlob(path(hash), () -> {});
    }

    @Override
    public boolean delete(Sha256 hash) throws IOException {
        return Files.deleteIfExists(path(hash));
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        requireMounted();
        try (DirectoryStream<Path> shards =
                Files.newDirectoryStream(root, path -> matches(SHARD, path))) {
            for (Path shard : shards) {
                listShard(shard, each);
            }
        }
    }

    @Override
    public void sweep() throws IOException {
        requireMounted();
        spool.sweep();
    }

    @Override
    public Path incoming() {
        return spool.folder();
    }

    Path path(Sha256 hash) {
        return root.resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    private static void listShard(Path shard, Consumer<Listed> each) throws IOException {
        try (DirectoryStream<Path> blobs =
                Files.newDirectoryStream(shard, path -> matches(BLOB, path))) {
            for (Path blob : blobs) {
                listed(blob).ifPresent(each);
            }
        }
    }

    /// Empty when it was deleted meanwhile.
    private static Optional<Listed> listed(Path blob) throws IOException {
        try {
            var file = Files.readAttributes(blob, BasicFileAttributes.class);
            return Optional.of(
                    new Listed(
                            new Sha256(String.valueOf(blob.getFileName())),
                            file.size(),
                            file.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean matches(Pattern pattern, Path path) {
        return pattern.matcher(String.valueOf(path.getFileName())).matches();
    }

    /// Whether the very bytes are here already; whatever else has their name is replaced.
    private boolean holds(Spool.Spooled upload) throws IOException {
        Path target = path(upload.sha256());
        return Files.isRegularFile(target)
                && Files.size(target) == upload.bytes()
                && Hashing.of(target).equals(upload.sha256());
    }

    private void keep(Spool.Spooled upload) throws IOException {
        Path target = path(upload.sha256());
        Path folder = root.resolve(upload.sha256().hex().substring(0, 2));
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                force(root);
            }
            Files.move(upload.path(), target, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            Failpoint.AFTER_RENAME.pass();
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the blob folder must be one file system: " + root, e);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw NoRoom.or(e, root);
        }
    }

    /// Makes the names in a folder durable; Windows cannot and need not.
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// An empty mount point is no empty store: the folder we made in it is not there.
    private void requireMounted() throws BlobStoreUnavailable {
        if (!Files.isDirectory(spool.folder())) {
            throw unmounted(null);
        }
    }

    private BlobStoreUnavailable unmounted(@Nullable Throwable cause) {
        return new BlobStoreUnavailable(
                "The blob folder " + root + " is gone; is its file system mounted?", cause);
    }
}
