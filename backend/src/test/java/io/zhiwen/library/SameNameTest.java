package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A file comes whose name is taken.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameNameTest {

    private LibraryHouse house;
    private Principal.User admin;
    private KnowledgeBaseId base;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        house = new LibraryHouse(folder);
        admin = house.admin;
    }

    @BeforeEach
    void anEmptyBase() {
        base = house.library.create(admin, "Handbook").id();
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void isTheNextVersionWhichReadersFindOnceItIsReady() throws Exception {
        DocumentId id = ready(upload(null, "leave.txt", "ten days", SameName.VERSION));
        CountDownLatch parse = new CountDownLatch(1);
        house.parser =
                file -> {
                    parse.await();
                    return LibraryHouse.paragraphs(file);
                };
        Uploaded next = upload(null, "Leave.txt", "fifteen days", SameName.VERSION);
        assertThat(next.result()).isEqualTo(Uploaded.Result.VERSION);
        assertThat(next.document().id()).isEqualTo(id);
        assertThat(next.document().version()).isEqualTo(2);
        assertThat(textInTheIndex(id)).isEqualTo("ten days");
        assertThat(house.library.chunks(house.everything(), id, 1)).hasSize(1);

        parse.countDown();
        house.parser = LibraryHouse::paragraphs;
        house.settled(id);
        assertThat(textInTheIndex(id)).isEqualTo("fifteen days");
        assertThat(house.history.of(house.everything(), id))
                .extracting(VersionRow::version, VersionRow::fileName, VersionRow::live)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "Leave.txt", true),
                        org.assertj.core.groups.Tuple.tuple(1, "leave.txt", false));
        assertThat(
                        house.count(
                                "select count(*) from audit_event where action = 'document.replace' and object = 'document:%s'"
                                        .formatted(id)))
                .isEqualTo(1);
    }

    @Test
    void withTheSameBytesNothingIsDoneAgain() throws Exception {
        DocumentId id = ready(upload(null, "leave.txt", "ten days", SameName.VERSION));
        for (SameName same : List.of(SameName.VERSION, SameName.REFUSE, SameName.KEEP)) {
            Uploaded again = upload(null, "leave.txt", "ten days", same);
            assertThat(again.result()).as("%s", same).isEqualTo(Uploaded.Result.UNCHANGED);
            assertThat(again.document().id()).isEqualTo(id);
            assertThat(again.document().status()).isEqualTo(Status.READY);
        }
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void isKeptBesideTheOtherOrRefusedWhereThatIsAskedFor() throws Exception {
        DocumentId id = ready(upload(null, "leave.txt", "ten days", SameName.KEEP));
        assertThatThrownBy(() -> upload(null, "leave.txt", "fifteen days", SameName.REFUSE))
                .isInstanceOfSatisfying(
                        DocumentExists.class, e -> assertThat(e.document()).isEqualTo(id));
        assertThat(versions()).isEqualTo(1);

        Uploaded beside = upload(null, "leave.txt", "fifteen days", SameName.KEEP);
        assertThat(beside.result()).isEqualTo(Uploaded.Result.CREATED);
        assertThat(beside.document().id()).isNotEqualTo(id);
    }

    @Test
    void countsInItsOwnFolderOnlyAndByTheFilesNameToo() throws Exception {
        FolderId year = house.folders.create(admin, base, null, "2026");
        DocumentId top = ready(upload(null, "leave.txt", "ten days", SameName.VERSION));
        DocumentId inYear = ready(upload(year, "leave.txt", "eleven days", SameName.VERSION));
        assertThat(inYear).isNotEqualTo(top);
        house.run(
                "update document set name = 'Annual leave', renamed = true where id = '%s'"
                        .formatted(top));

        assertThat(taken(null, "LEAVE.txt", "other.txt")).containsExactly("LEAVE.txt");
        assertThat(taken(year, "leave.txt", "Annual leave")).containsExactly("leave.txt");
        assertThat(upload(null, "leave.txt", "twelve days", SameName.VERSION).document().id())
                .isEqualTo(top);
        assertThat(upload(year, "leave.txt", "thirteen days", SameName.VERSION).document().id())
                .isEqualTo(inYear);
    }

    @Test
    void isNoWayToADocumentThatItsUploaderMayNotChange() throws Exception {
        var editor = house.user("member");
        house.run(
                "insert into knowledge_base_reader (knowledge_base_id, user_id, role) values ('%s', '%s', 'editor')"
                        .formatted(base, editor.id()));
        DocumentId secret = ready(upload(null, "pay.txt", "a million", SameName.VERSION));
        house.places.guard(admin, new Place.InDocument(secret), true);

        assertThat(house.library.taken(editor, base, null, List.of("pay.txt"))).isEmpty();
        var own =
                house.library.upload(
                        editor, base, null, "pay.txt", bytes("nothing"), SameName.REFUSE);
        assertThat(own.result()).isEqualTo(Uploaded.Result.CREATED);
        assertThat(own.document().id()).isNotEqualTo(secret);
    }

    @Test
    void threeAtOnceAreOneDocumentInThreeVersions() throws Exception {
        try (var threads = Executors.newFixedThreadPool(3)) {
            var uploads =
                    threads.invokeAll(
                            List.of(
                                    coming("leave.txt", "ten days"),
                                    coming("leave.txt", "eleven days"),
                                    coming("leave.txt", "twelve days")));
            for (var upload : uploads) {
                assertThat(upload.get().document().id())
                        .isEqualTo(uploads.getFirst().get().document().id());
            }
            house.settled(uploads.getFirst().get().document().id());
        }
        assertThat(house.library.documents(house.everything(), base, null, 9).items()).hasSize(1);
        assertThat(versions()).isEqualTo(3);
    }

    private Callable<Uploaded> coming(String name, String text) {
        return () -> upload(null, name, text, SameName.VERSION);
    }

    private List<String> taken(@Nullable FolderId where, String... names) {
        return house.library.taken(admin, base, where, List.of(names));
    }

    private Uploaded upload(@Nullable FolderId where, String name, String text, SameName same)
            throws IOException {
        return house.library.upload(admin, base, where, name, bytes(text), same);
    }

    private DocumentId ready(Uploaded uploaded) throws InterruptedException {
        assertThat(uploaded.result()).isEqualTo(Uploaded.Result.CREATED);
        return house.settled(uploaded.document().id()).id();
    }

    private String textInTheIndex(DocumentId id) {
        return house.index.get(id).entries().getFirst().chunk().chunk().text();
    }

    private long versions() {
        return house.count(
                "select count(*) from document_version v join document d on d.id = v.document_id where d.knowledge_base_id = '%s'"
                        .formatted(base));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
