package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausesTest {

    @TempDir static Path folder;

    private static LibraryHouse house;
    private KnowledgeBaseId base;
    private KnowledgeBaseId other;

    @BeforeAll
    static void open() throws IOException {
        house = new LibraryHouse(folder);
    }

    @BeforeEach
    void emptyBases() {
        base = house.library.create(house.admin, "Handbook").id();
        other = house.library.create(house.admin, "Other").id();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void aPausedBaseStandsStillWhileOthersGoOnAndGoesOnWhenResumed() throws Exception {
        house.pauses.pause(house.admin, base, "The server moves.");
        DocumentId waits = upload(base, "waits");
        DocumentId goes = upload(other, "goes");

        assertThat(house.settled(goes).status()).isEqualTo(Status.READY);
        assertThat(status(waits)).isEqualTo(Status.QUEUED);
        assertThat(house.pauses.of(base).orElseThrow().reason()).isEqualTo("The server moves.");
        assertThat(house.pauses.of(other)).isEmpty();
        assertThat(held()).isEqualTo(1);

        assertThat(house.pauses.resume(house.admin, base)).isTrue();
        assertThat(house.pauses.resume(house.admin, base)).isFalse();
        assertThat(house.settled(waits).status()).isEqualTo(Status.READY);
        assertThat(held()).isZero();
    }

    @Test
    void aJobThatStandsInLineIsPutAsideAndComesBackWhereTheOthersAreByThen() throws Exception {
        house.pauses.pauseAll(house.admin, "Backup");
        DocumentId first = upload(base, "first");
        DocumentId second = upload(other, "second");
        house.pauses.pause(house.admin, base, "Its owner asks.");
        assertThat(house.pauses.of(base).orElseThrow().whole()).isTrue();
        assertThat(held()).isEqualTo(1);
        house.run("update scheduled_tasks set turn = 5000 where task_name = 'ingest' and not held");
        house.pauses.resume(house.admin, base);

        assertThat(house.count("select min(turn) from scheduled_tasks where task_name = 'ingest'"))
                .isEqualTo(5000);
        assertThat(status(first)).isEqualTo(Status.QUEUED);
        house.pauses.resumeAll(house.admin);
        assertThat(house.settled(first).status()).isEqualTo(Status.READY);
        assertThat(house.settled(second).status()).isEqualTo(Status.READY);
    }

    @Test
    void onlyWhoManagesTheBasePausesItAndOnlyAnAdminPausesAll() {
        var editor = house.user("member");
        house.run(
                "insert into knowledge_base_reader (knowledge_base_id, user_id, role) values ('%s', '%s', 'editor')"
                        .formatted(base, editor.id()));

        assertThatThrownBy(() -> house.pauses.pause(editor, base, "no"))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> house.pauses.pauseAll(editor, "no"))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> house.pauses.pause(house.admin, base, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(house.pauses.of(base)).isEmpty();
    }

    private static long held() {
        return house.count("select count(*) from scheduled_tasks where held");
    }

    private static Status status(DocumentId id) {
        return house.library.document(house.everything(), id).orElseThrow().status();
    }

    private static DocumentId upload(KnowledgeBaseId into, String name) throws IOException {
        return house.library
                .upload(
                        house.admin,
                        into,
                        name,
                        new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)))
                .id();
    }
}
