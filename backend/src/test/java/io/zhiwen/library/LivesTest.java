package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivesTest {

    private static final LocalDate TODAY = LocalDate.now();

    @TempDir Path folder;

    private LibraryHouse house;
    private Principal.User admin;
    private KnowledgeBaseId base;

    @BeforeEach
    void open() throws IOException {
        house = new LibraryHouse(folder);
        admin = house.admin;
        base = house.library.create(admin, "Handbook").id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsOutOfUseIsFoundNoMoreAtOnceAndAgainWhenItIsBack() throws Exception {
        var id = ready("leave.txt", "fifteen days of leave");
        var chunks = chunksOf(id);
        assertThat(found(chunks)).hasSize(1);

        assertThat(house.lives.enable(admin, base, List.of(id), false)).isEqualTo(1);

        assertThat(found(chunks)).isEmpty();
        assertThat(row(id).life().state()).isEqualTo(DocumentLife.State.OFF);
        assertThat(house.library.chunks(house.everything(), id, 1)).hasSize(1);
        house.awaitIndex();
        assertThat(house.index).doesNotContainKey(id);
        assertThat(house.lives.enable(admin, base, List.of(id), false)).isZero();

        house.lives.enable(admin, base, List.of(id), true);
        assertThat(found(chunks)).hasSize(1);
        house.awaitIndex();
        assertThat(house.index).containsKey(id);
        assertThat(
                        house.count(
                                "select count(*) from audit_event where action like 'document.%able'"))
                .isEqualTo(3);
    }

    @Test
    void aDocumentIsFoundFromItsFirstDayToItsLastAndIndexesFollowTheDays() throws Exception {
        var id = ready("leave.txt", "fifteen days of leave");
        var chunks = chunksOf(id);

        set(id, TODAY, TODAY);
        assertThat(found(chunks)).hasSize(1);
        set(id, TODAY.plusDays(1), null);
        assertThat(found(chunks)).isEmpty();
        assertThat(row(id).life().state()).isEqualTo(DocumentLife.State.NOT_YET);
        set(id, null, TODAY.minusDays(1));
        assertThat(found(chunks)).isEmpty();
        assertThat(row(id).life().state()).isEqualTo(DocumentLife.State.EXPIRED);
        house.awaitIndex();
        assertThat(house.index).doesNotContainKey(id);

        house.run("update document set valid_until = current_date"); // as if it were yesterday
        assertThat(found(chunks)).hasSize(1);
        house.inForce.followTheDays();
        house.awaitIndex();
        assertThat(house.index).containsKey(id);
        assertThatThrownBy(() -> set(id, TODAY, TODAY.minusDays(1)))
                .isInstanceOfSatisfying(
                        LifeRefused.class, wrong -> assertThat(wrong.code()).isEqualTo("days"));
    }

    @Test
    void aGivenNameIsSearchedAndKeptByTheNextVersion() throws Exception {
        var id = ready("scan0001.txt", "fifteen days of leave");
        house.lives.set(admin, id, named("Leave rules.txt", null, null));
        house.awaitIndex();
        assertThat(house.index.get(id).entries().getFirst().chunk().documentName())
                .isEqualTo("Leave rules.txt");

        house.library.replace(admin, id, "scan0002.txt", bytes("twenty days of leave"));

        assertThat(house.settled(id).name()).isEqualTo("Leave rules.txt");
        assertThatThrownBy(() -> house.lives.set(admin, id, named(" ", null, null)))
                .isInstanceOf(LifeRefused.class);
    }

    @Test
    void whatSupersedesADocumentIsAnotherOfItsBaseAndNoneOfItsOwnPast() throws Exception {
        var older = ready("2025.txt", "fifteen days");
        var newer = ready("2026.txt", "twenty days");
        var elsewhere = house.library.create(admin, "Other").id();
        var other = house.library.upload(admin, elsewhere, "x.txt", bytes("x")).id();

        house.lives.set(admin, older, named("2025.txt", "2026.txt", null));

        var successor = row(older).life().supersededBy();
        assertThat(successor).isEqualTo(new DocumentLife.Successor(newer, "2026.txt"));
        for (var wrong : List.of(older.toString(), "2025.txt", other.toString(), "none")) {
            assertThatThrownBy(() -> house.lives.set(admin, newer, named("n", wrong, null)))
                    .isInstanceOf(LifeRefused.class);
        }
        house.library.delete(admin, newer);
        assertThat(row(older).life().supersededBy()).isNull();
    }

    @Test
    void anOwnerMayReadTheDocumentAndAReaderChangesNothing() throws Exception {
        var id = ready("leave.txt", "fifteen days of leave");
        var reader = house.user("member");
        assertThatThrownBy(() -> house.lives.set(admin, id, named("n", null, reader.name())))
                .isInstanceOf(LifeRefused.class);
        assertThatThrownBy(() -> house.lives.set(reader, id, named("n", null, null)))
                .isInstanceOf(NoSuchDocument.class);
        house.run(
                "insert into knowledge_base_reader (knowledge_base_id, user_id, role) values ('%s', '%s', 'reader')"
                        .formatted(base, reader.id()));

        house.lives.set(admin, id, named("n", null, reader.name()));

        assertThat(row(id).life().owner()).isEqualTo(reader.name());
        assertThatThrownBy(() -> house.lives.set(reader, id, named("mine", null, null)))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void versionsAreListedWithWhatEachChanged() throws Exception {
        var id = ready("a.txt", "First rule.\n\nFifteen days of leave.\n\nLast rule.");
        house.library.replace(
                admin, id, "b.txt", bytes("First rule.\n\nTwenty days of leave.\n\nLast rule."));
        house.settled(id);
        house.library.replace(admin, id, "c.txt", bytes("New.\n\nFirst rule.\n\nLast rule."));
        house.settled(id);

        var versions = house.history.of(house.everything(), id);
        assertThat(versions)
                .extracting(VersionRow::fileName)
                .containsExactly("c.txt", "b.txt", "a.txt");
        assertThat(versions).extracting(VersionRow::live).containsExactly(true, false, false);
        assertThat(changes(id, 2))
                .containsExactly(
                        new Change("Fifteen days of leave.", "Twenty days of leave.", null));
        assertThat(changes(id, 3))
                .containsExactly(
                        new Change(null, "New.", null),
                        new Change("Twenty days of leave.", null, null));
        assertThat(house.history.changes(house.everything(), id, 1)).isEmpty();
        assertThat(house.history.of(house.access.everythingFor(house.user("member")), id))
                .isEmpty();
    }

    private List<Change> changes(DocumentId id, int version) {
        return house.history.changes(house.everything(), id, version).orElseThrow().changes();
    }

    private DocumentId ready(String name, String text) throws Exception {
        return house.settled(house.library.upload(admin, base, name, bytes(text)).id()).id();
    }

    private DocumentRow row(DocumentId id) {
        return house.library.document(house.everything(), id).orElseThrow();
    }

    private void set(DocumentId id, @Nullable LocalDate from, @Nullable LocalDate until) {
        house.lives.set(admin, id, new LifeWish("leave.txt", true, from, until, null, null));
    }

    private static LifeWish named(String name, @Nullable String by, @Nullable String owner) {
        return new LifeWish(name, true, null, null, by, owner);
    }

    private List<Long> chunksOf(DocumentId id) {
        return house.index.get(id).entries().stream().map(entry -> entry.chunk().id()).toList();
    }

    private List<StoredChunk> found(List<Long> chunks) {
        return house.chunks.live(chunks, house.everything().reach());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
