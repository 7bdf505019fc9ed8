package io.zhiwen.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreTests extends BlobStoreContract {

    @TempDir static Path serverFolder;
    private static S3Server server;

    private final String bucket = "b-" + UUID.randomUUID();
    private S3BlobStore store;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        server.bucket(bucket);
        store = S3BlobStore.open(server.settings(bucket), folder.resolve("local"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Override
    void tamper(Sha256 hash, byte[] bytes) throws IOException {
        Path object = server.bucket(bucket).resolve("zhiwen").resolve(hash.hex());
        assertThat(object).exists();
        Files.write(object, bytes);
    }

    @Test
    void aCopyThatWasDamagedHereIsFetchedAnew() throws IOException {
        store.put(bytes("abc"), 3);
        assertThat(text(ABC)).isEqualTo("abc");
        Path copy = folder.resolve("local/copies").resolve(ABC.hex());
        Files.writeString(copy, "abd");
        assertThat(text(ABC)).isEqualTo("abc");
    }

    @Test
    void aServerThatDiesWhileAnUploadComesInLeavesNoBlob() throws Exception {
        InputStream cut =
                new InputStream() {
                    int left = 3_000_000;

                    @Override
                    public int read() throws IOException {
                        if (left-- == 0) {
                            killServer();
                        }
                        return left >= 0 ? 'x' : -1;
                    }
                };
        try {
            assertThatThrownBy(() -> store.put(cut, Long.MAX_VALUE))
                    .isInstanceOf(BlobStoreUnavailable.class)
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> store.local(ABC)).isInstanceOf(BlobStoreUnavailable.class);
            assertThatThrownBy(() -> store.contains(ABC)).isInstanceOf(BlobStoreUnavailable.class);
        } finally {
            server.start();
        }
        assertThat(all()).isEmpty();
        store.put(bytes("abc"), 3);
        assertThat(all()).containsExactly(ABC);
    }

    @Test
    void aWrongKeySaysWhatToCheckAndNotWhatItIs() {
        var good = server.settings(bucket);
        var wrong =
                new S3Settings(
                        good.endpoint(), bucket, good.region(), "nobody", "guessed", "", true);
        assertThatThrownBy(() -> S3BlobStore.open(wrong, folder.resolve("other")))
                .isInstanceOf(BlobStoreUnavailable.class)
                .hasMessageContaining("zhiwen.blobs.s3.access-key")
                .message()
                .doesNotContain("nobody", "guessed");
        assertThat(wrong.toString()).doesNotContain("nobody", "guessed");
    }

    @Test
    void aBucketThatIsNotThereIsToBeMade() {
        assertThatThrownBy(
                        () ->
                                S3BlobStore.open(
                                        server.settings("no-such-bucket"), folder.resolve("other")))
                .isInstanceOf(BlobStoreUnavailable.class)
                .hasMessageContaining("no-such-bucket")
                .hasMessageContaining("create it");
    }

    @Test
    void aBucketThatVanishesIsAnOutageAndNoLoss() throws IOException {
        store.put(bytes("abc"), 3);
        Files.move(server.bucket(bucket), serverFolder.resolve("aside"));
        assertThatThrownBy(() -> store.local(ABC)).isInstanceOf(BlobStoreUnavailable.class);
        assertThatThrownBy(() -> store.contains(ABC)).isInstanceOf(BlobStoreUnavailable.class);
        Files.move(serverFolder.resolve("aside"), serverFolder.resolve("buckets").resolve(bucket));
        assertThat(text(ABC)).isEqualTo("abc");
    }

    private static void killServer() throws IOException {
        try {
            server.kill();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
