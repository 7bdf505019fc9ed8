package io.zhiwen.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTests {

    @TempDir Path folder;
    BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("blobs"));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void bytesAreKeptUnderTheirHash() throws IOException {
        var stored = store.put(bytes("abc"), 3);
        assertThat(stored.sha256().hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(stored.bytes()).isEqualTo(3);
        assertThat(store.path(stored.sha256()))
                .hasContent("abc")
                .isEqualTo(folder.resolve("blobs/ba").resolve(stored.sha256().hex()));
        assertThat(files()).hasSize(1);
    }

    @Test
    void theSameBytesAreKeptOnce() throws IOException {
        assertThat(store.put(bytes("abc"), 10).isNew()).isTrue();
        assertThat(store.put(bytes("abc"), 10).isNew()).isFalse();
        assertThat(files()).hasSize(1);
    }

    @Test
    void oneByteTooManyLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> store.put(bytes("abcd"), 3))
                .isInstanceOfSatisfying(
                        UploadTooLarge.class, e -> assertThat(e.limit()).isEqualTo(3));
        assertThat(files()).isEmpty();
    }

    @Test
    void aBrokenUploadLeavesNothingBehind() throws IOException {
        InputStream broken =
                new InputStream() {
                    int reads;

                    @Override
                    public int read() throws IOException {
                        return read(new byte[1], 0, 1);
                    }

                    @Override
                    public int read(byte[] to, int from, int length) throws IOException {
                        if (reads++ == 3) {
                            throw new IOException("connection reset");
                        }
                        return length;
                    }
                };
        assertThatThrownBy(() -> store.put(broken, Long.MAX_VALUE)).hasMessage("connection reset");
        assertThat(files()).isEmpty();
    }

    @Test
    void whatACrashLeftIsSweptButARunningUploadIsNot() throws IOException {
        Path left = Files.writeString(folder.resolve("blobs/tmp/left-by-a-crash"), "half");
        InputStream whileOpening =
                new InputStream() {
                    boolean reopened;

                    @Override
                    public int read() throws IOException {
                        if (reopened) {
                            return -1;
                        }
                        reopened = true;
                        BlobStore.open(folder.resolve("blobs"));
                        return 'y';
                    }
                };
        var stored = store.put(whileOpening, 10);
        assertThat(left).doesNotExist();
        assertThat(store.path(stored.sha256())).hasContent("y");
    }

    @Test
    void aTruncatedBlobIsMendedByTheNextUploadOfItsBytes() throws IOException {
        var stored = store.put(bytes("whole"), 10);
        Files.writeString(store.path(stored.sha256()), "wh");
        assertThat(store.put(bytes("whole"), 10).isNew()).isTrue();
        assertThat(store.path(stored.sha256())).hasContent("whole");
    }

    @Test
    void manyMayPutTheSameBytesAtOnce() throws Exception {
        String text = "z".repeat(300_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Sha256>> puts = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                puts.add(() -> store.put(bytes(text), 1 << 20).sha256());
            }
            for (var put : threads.invokeAll(puts)) {
                assertThat(store.path(put.get())).hasContent(text);
            }
        }
        assertThat(files()).hasSize(1);
    }
}
