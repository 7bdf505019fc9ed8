package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {

    @TempDir static Path folder;

    private static LibraryHouse house;
    private KnowledgeBaseId base;

    @BeforeAll
    static void open() throws IOException {
        house = new LibraryHouse(folder);
    }

    @BeforeEach
    void emptyBase() {
        base = house.library.create(house.admin, "Handbook").id();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void failuresAreCountedByReasonAndOneReasonIsTriedAgainOnce() throws Exception {
        house.parser =
                file ->
                        switch (file.name().charAt(0)) {
                            case 's' -> LibraryHouse.refuse(Reason.NO_TEXT_LAYER);
                            case 'e' -> LibraryHouse.refuse(Reason.ENCRYPTED);
                            default -> LibraryHouse.refuse(Reason.UNSUPPORTED);
                        };
        for (String name : List.of("s1", "s2", "s3", "e1", "e2", "u1")) {
            house.settled(upload(name));
        }
        house.library.upload(house.admin, base, "none", new ByteArrayInputStream(new byte[0]));
        assertThat(house.failures.of(house.admin, base))
                .extracting(FailureGroup::reason, FailureGroup::documents, FailureGroup::retriable)
                .containsExactly(
                        tuple("NO_TEXT_LAYER", 3, 3),
                        tuple("ENCRYPTED", 2, 0),
                        tuple("EMPTY", 1, 0),
                        tuple("UNSUPPORTED", 1, 1));

        CountDownLatch installed = new CountDownLatch(1);
        house.parser =
                file -> {
                    installed.await();
                    return file.name().equals("s2")
                            ? LibraryHouse.refuse(Reason.NO_TEXT)
                            : LibraryHouse.paragraphs(file);
                };
        RetryRun run = house.failures.retry(house.admin, base, "NO_TEXT_LAYER").orElseThrow();
        assertThat(run.documents()).isEqualTo(3);
        assertThat(run.working()).isEqualTo(3);
        assertThat(house.failures.retry(house.admin, base, "NO_TEXT_LAYER")).isEmpty();
        assertThat(house.failures.retry(house.admin, base, "ENCRYPTED")).isEmpty();
        assertThat(house.count("select count(*) from scheduled_tasks where task_name = 'ingest'"))
                .isEqualTo(3);
        installed.countDown();
        for (DocumentId each : documents()) {
            house.settled(each);
        }

        assertThat(house.failures.runs(house.admin, base))
                .extracting(RetryRun::documents, RetryRun::ready, RetryRun::failed)
                .containsExactly(tuple(3, 2, 1));
        assertThat(house.failures.of(house.admin, base))
                .extracting(FailureGroup::reason, FailureGroup::documents)
                .containsExactly(
                        tuple("ENCRYPTED", 2),
                        tuple("EMPTY", 1),
                        tuple("NO_TEXT", 1),
                        tuple("UNSUPPORTED", 1));
        assertThat(
                        house.count(
                                "select count(*) from audit_event where action = 'documents.retry' and object like '%"
                                        + base
                                        + "'"))
                .isEqualTo(1);
    }

    @Test
    void onlyWhatOnesRightsReachIsCountedAndTried() throws Exception {
        house.parser = _ -> LibraryHouse.refuse(Reason.UNSUPPORTED);
        DocumentId open = upload("open");
        DocumentId closed = upload("closed");
        house.settled(open);
        house.settled(closed);
        var editor = house.user("member");
        house.run(
                "insert into knowledge_base_reader (knowledge_base_id, user_id, role) values ('%s', '%s', 'editor')"
                        .formatted(base, editor.id()));
        house.places.guard(house.admin, new Place.InDocument(closed), true);
        house.parser = LibraryHouse::paragraphs;

        assertThat(house.failures.of(editor, base))
                .containsExactly(new FailureGroup("UNSUPPORTED", 1, 1));
        assertThat(house.failures.retry(editor, base, "UNSUPPORTED").orElseThrow().documents())
                .isEqualTo(1);
        assertThat(house.settled(open).status()).isEqualTo(Status.READY);
        assertThat(house.settled(closed).status()).isEqualTo(Status.FAILED);
        house.failures.retry(house.admin, base, "UNSUPPORTED");
        assertThat(house.failures.runs(house.admin, base)).hasSize(2);
        assertThat(house.failures.runs(editor, base)).hasSize(1);

        house.run(
                "update knowledge_base_reader set role = 'reader' where user_id = '%s'"
                        .formatted(editor.id()));
        assertThatThrownBy(() -> house.failures.of(editor, base)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> house.failures.retry(editor, base, "UNSUPPORTED"))
                .isInstanceOf(NotAllowed.class);
    }

    private List<DocumentId> documents() {
        return house.db
                .sql("select id from document where knowledge_base_id = :base")
                .param("base", base.value())
                .query((row, _) -> new DocumentId(row.getObject(1, java.util.UUID.class)))
                .list();
    }

    private DocumentId upload(String name) throws IOException {
        return house.library
                .upload(
                        house.admin,
                        base,
                        name,
                        new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)))
                .id();
    }
}
