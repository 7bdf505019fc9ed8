package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of documents when their originals, or the store of originals, do not.
class OriginalsTest {

    @TempDir Path folder;
    private LibraryHouse house;
    private Library library;
    private KnowledgeBaseId base;

    @BeforeEach
    void open() throws IOException {
        house = new LibraryHouse(folder.resolve("blobs"));
        library = house.library;
        base = library.create(house.admin, "Handbook").id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aBitThatFlippedBeforeParsingFailsTheVersionAndIndexesNothing() throws Exception {
        house.parser = _ -> LibraryHouse.refuse(Reason.CORRUPT);
        DocumentRow row = upload("right words");
        house.settled(row.id());
        flip(original(row.id()));
        house.parser = LibraryHouse::paragraphs;

        assertThat(library.retry(house.admin, row.id())).isTrue();
        DocumentRow failed = house.settled(row.id());
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.reasonCode()).isEqualTo("ORIGINAL_DAMAGED");
        assertThat(house.index).isEmpty();

        assertThat(upload("right words").id()).isEqualTo(row.id());
        assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
        assertThat(house.index.get(row.id()).entries()).hasSize(1);
    }

    @Test
    void aBitThatFlippedLaterStopsTheDownloadUntilTheFileIsUploadedAgain() throws Exception {
        DocumentRow row = upload("right words");
        house.settled(row.id());
        Original original = original(row.id());
        flip(original);
        assertThatThrownBy(() -> library.bytesOf(original)).isInstanceOf(DamagedBlob.class);
        upload("right words");
        assertThat(library.bytesOf(original).getContentAsString(UTF_8)).isEqualTo("right words");
    }

    @Test
    void anOutageOfTheStoreIsWaitedForHoweverLongItLasts() throws Exception {
        Path away = folder.resolve("away");
        house.parser = _ -> LibraryHouse.refuse(Reason.CORRUPT);
        DocumentRow row = upload("patient words");
        house.settled(row.id());
        house.parser = LibraryHouse::paragraphs;
        Files.move(folder.resolve("blobs"), away);
        library.retry(house.admin, row.id());
        awaitAttempts(row.id(), 13);
        assertThat(house.count("select count(*) from document_version where status = 'failed'"))
                .isZero();
        assertThatThrownBy(() -> upload("new words")).isInstanceOf(BlobStoreUnavailable.class);
        assertThat(house.count("select count(*) from document")).isEqualTo(1);

        Files.move(away, folder.resolve("blobs"));
        assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
    }

    @Test
    void bytesThatNothingRefersToForADayAreSweptAndNoOthers() throws Exception {
        DocumentRow row = upload("wanted words");
        house.settled(row.id());
        var orphan = house.blobs.put(bytes("of an upload that was killed"), 100).sha256();
        Path half = Files.writeString(house.blobs.incoming().resolve("half"), "ha");

        house.orphans.run();
        assertThat(house.blobs.contains(orphan)).isTrue();
        assertThat(half).doesNotExist();

        house.now = Instant.now().plus(Duration.ofHours(25));
        house.orphans.run();
        assertThat(house.blobs.contains(orphan)).isFalse();
        assertThat(house.blobs.contains(original(row.id()).sha256())).isTrue();
    }

    @Test
    void nothingIsRemovedWhileAnExportHoldsTheOriginals() throws Exception {
        DocumentRow row = upload("wanted words");
        house.settled(row.id());
        Original original = original(row.id());
        var orphan = house.blobs.put(bytes("of an upload that was killed"), 100).sha256();
        house.now = Instant.now().plus(Duration.ofHours(25));
        try (var export = house.database.getConnection()) {
            BlobHold.take(export);
            library.delete(house.admin, row.id());
            house.purge.run();
            house.orphans.run();
            assertThat(house.blobs.contains(original.sha256())).isTrue();
            assertThat(house.blobs.contains(orphan)).isTrue();
        }
        house.purge.run();
        house.orphans.run();
        assertThat(house.blobs.contains(original.sha256())).isFalse();
        assertThat(house.blobs.contains(orphan)).isFalse();
    }

    private DocumentRow upload(String text) throws IOException {
        return library.upload(house.admin, base, "a.txt", bytes(text));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private Original original(DocumentId id) {
        return library.original(house.everything(), id, 1).orElseThrow();
    }

    private void flip(Original original) throws IOException {
        Path path = house.blobs.local(original.sha256()).path();
        byte[] bytes = Files.readAllBytes(path);
        bytes[0] ^= 4;
        Files.write(path, bytes);
    }

    private void awaitAttempts(DocumentId id, int attempts) throws InterruptedException {
        String sql = "select attempt from document_version where document_id = '" + id + "'";
        Instant deadline = Instant.now().plusSeconds(60);
        while (house.count(sql) < attempts) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(20);
        }
    }
}
