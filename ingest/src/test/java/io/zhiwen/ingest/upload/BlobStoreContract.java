package io.zhiwen.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store of originals does.
abstract class BlobStoreContract {

    static final Sha256 ABC =
            new Sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    @TempDir Path folder;

    abstract BlobStore store();

    /// Makes the stored bytes others behind the store's back.
    abstract void tamper(Sha256 hash, byte[] bytes) throws IOException;

    static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    String text(Sha256 hash) throws IOException {
        try (LocalBlob local = store().local(hash)) {
            return Files.readString(local.path());
        }
    }

    List<Sha256> all() throws IOException {
        List<Sha256> all = new ArrayList<>();
        store().list(blob -> all.add(blob.sha256()));
        return all;
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> left = Files.list(store().incoming())) {
            return left.toList();
        }
    }

    @Test
    void bytesAreKeptUnderTheirHash() throws IOException {
        assertThat(store().contains(ABC)).isFalse();
        assertThat(store().put(bytes("abc"), 3)).isEqualTo(new BlobStore.Stored(ABC, 3));
        assertThat(store().contains(ABC)).isTrue();
        assertThat(text(ABC)).isEqualTo("abc");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void aFileWithoutBytesIsKeptToo() throws IOException {
        var stored = store().put(bytes(""), 10);
        assertThat(stored.bytes()).isZero();
        assertThat(text(stored.sha256())).isEmpty();
    }

    @Test
    void theSameBytesAreKeptOnce() throws IOException {
        assertThat(store().put(bytes("abc"), 10)).isEqualTo(store().put(bytes("abc"), 10));
        assertThat(all()).containsExactly(ABC);
    }

    @Test
    void whatIsThereIsListedWithItsSizeAndAge() throws IOException {
        store().put(bytes("abc"), 10);
        store().put(bytes("defg"), 10);
        List<BlobStore.Listed> listed = new ArrayList<>();
        store().list(listed::add);
        assertThat(listed).extracting(BlobStore.Listed::bytes).containsExactlyInAnyOrder(3L, 4L);
        assertThat(listed)
                .allSatisfy(
                        blob ->
                                assertThat(blob.since())
                                        .isBetween(
                                                Instant.now().minusSeconds(60),
                                                Instant.now().plusSeconds(60)));
    }

    @Test
    void whatIsDeletedIsGone() throws IOException {
        store().put(bytes("abc"), 10);
        assertThat(store().delete(ABC)).isTrue();
        assertThat(store().delete(ABC)).isFalse();
        assertThat(store().contains(ABC)).isFalse();
        assertThat(all()).isEmpty();
        assertThatThrownBy(() -> store().local(ABC))
                .isInstanceOfSatisfying(
                        DamagedBlob.class, e -> assertThat(e.hash()).isEqualTo(ABC));
    }

    @Test
    void oneByteTooManyLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> store().put(bytes("abcd"), 3))
                .isInstanceOfSatisfying(
                        UploadTooLarge.class, e -> assertThat(e.limit()).isEqualTo(3));
        assertThat(all()).isEmpty();
        assertThat(spooled()).isEmpty();
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
        assertThatThrownBy(() -> store().put(broken, Long.MAX_VALUE))
                .hasMessage("connection reset");
        assertThat(all()).isEmpty();
        assertThat(spooled()).isEmpty();
    }

    @Test
    void whatACrashLeftIsSweptButARunningUploadIsNot() throws IOException {
        Path left = Files.writeString(store().incoming().resolve("left-by-a-crash"), "half");
        InputStream whileSweeping =
                new InputStream() {
                    boolean swept;

                    @Override
                    public int read() throws IOException {
                        if (swept) {
                            return -1;
                        }
                        swept = true;
                        store().sweep();
                        return 'y';
                    }
                };
        var stored = store().put(whileSweeping, 10);
        assertThat(left).doesNotExist();
        assertThat(text(stored.sha256())).isEqualTo("y");
    }

    @Test
    void oneFlippedBitIsFoundAndMendedByTheNextUploadOfTheBytes() throws IOException {
        store().put(bytes("whole"), 10);
        Sha256 whole = all().getFirst();
        byte[] flipped = "whole".getBytes(UTF_8);
        flipped[2] ^= 1;
        tamper(whole, flipped);
        assertThatThrownBy(() -> store().local(whole))
                .isInstanceOf(DamagedBlob.class)
                .hasMessageContaining(whole.hex());
        store().put(bytes("whole"), 10);
        assertThat(text(whole)).isEqualTo("whole");
    }

    @Test
    void aTruncatedBlobIsFoundAndMendedByTheNextUploadOfTheBytes() throws IOException {
        store().put(bytes("whole"), 10);
        Sha256 whole = all().getFirst();
        tamper(whole, "wh".getBytes(UTF_8));
        assertThatThrownBy(() -> store().local(whole)).isInstanceOf(DamagedBlob.class);
        store().put(bytes("whole"), 10);
        assertThat(text(whole)).isEqualTo("whole");
    }

    @Test
    void manyMayPutTheSameBytesAtOnce() throws Exception {
        String text = "z".repeat(300_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Sha256>> puts = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                puts.add(() -> store().put(bytes(text), 1 << 20).sha256());
            }
            for (var put : threads.invokeAll(puts)) {
                assertThat(text(put.get())).isEqualTo(text);
            }
        }
        assertThat(all()).hasSize(1);
    }
}
