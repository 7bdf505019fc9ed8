package io.zhiwen.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FolderBlobStoreTests extends BlobStoreContract {

    private FolderBlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = FolderBlobStore.open(folder.resolve("blobs"));
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Override
    void tamper(Sha256 hash, byte[] bytes) throws IOException {
        Files.write(store.path(hash), bytes);
    }

    @Test
    void aBlobIsAFileNamedByItsHash() throws IOException {
        store.put(bytes("abc"), 3);
        assertThat(folder.resolve("blobs/ba").resolve(ABC.hex())).hasContent("abc");
    }

    @Test
    void twoNodesShareOneFolder() throws IOException {
        var other = FolderBlobStore.open(folder.resolve("blobs"));
        store.put(bytes("abc"), 3);
        assertThat(other.contains(ABC)).isTrue();
        other.put(bytes("abc"), 3);
        assertThat(all()).containsExactly(ABC);
    }

    @Test
    void aMountThatIsGoneIsAnOutageAndNoLoss() throws IOException {
        store.put(bytes("abc"), 3);
        Files.move(folder.resolve("blobs"), folder.resolve("elsewhere"));
        Files.createDirectories(folder.resolve("blobs"));
        assertThatThrownBy(() -> store.put(bytes("def"), 3))
                .isInstanceOf(BlobStoreUnavailable.class);
        assertThatThrownBy(() -> store.local(ABC)).isInstanceOf(BlobStoreUnavailable.class);
        assertThatThrownBy(() -> store.contains(ABC)).isInstanceOf(BlobStoreUnavailable.class);
        assertThatThrownBy(this::all).isInstanceOf(BlobStoreUnavailable.class);
        Files.delete(folder.resolve("blobs"));
        Files.move(folder.resolve("elsewhere"), folder.resolve("blobs"));
        assertThat(text(ABC)).isEqualTo("abc");
    }

    @Test
    void puttingWhatIsThereMakesItYoungAgain() throws IOException {
        store.put(bytes("abc"), 3);
        Path file = store.path(ABC);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        store.put(bytes("abc"), 3);
        List<BlobStore.Listed> listed = new ArrayList<>();
        store.list(listed::add);
        assertThat(listed.getFirst().since()).isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void aFullDiskIsToldAsOneAndKeepsNoHalfFile() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        assumeTrue(
                call("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString()),
                "only root may mount");
        try {
            var full = FolderBlobStore.open(small);
            full.put(bytes("abc"), 3);
            assertThatThrownBy(() -> full.put(bytes("x".repeat(4_000_000)), Long.MAX_VALUE))
                    .isInstanceOf(NoRoom.class);
            assertThat(full.incoming()).isEmptyDirectory();
            assertThat(full.put(bytes("small"), 10).bytes()).isEqualTo(5);
            List<Sha256> all = new ArrayList<>();
            full.list(blob -> all.add(blob.sha256()));
            assertThat(all).hasSize(2);
        } finally {
            assertThat(call("umount", small.toString())).isTrue();
        }
    }

    private static boolean call(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
