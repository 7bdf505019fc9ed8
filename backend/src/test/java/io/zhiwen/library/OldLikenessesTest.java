package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.Scopes;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/// A base of a version before documents were compared.
class OldLikenessesTest {

    private static final int DOCUMENTS = 4;

    private static final String RULES =
            IntStream.range(0, 60)
                    .mapToObj(
                            i -> "Room %d is cleaned on day %d of week %d.".formatted(i, i * 7, i))
                    .collect(Collectors.joining("\n\n", "", "\n\n"));

    @TempDir static Path folder;

    private static LibraryHouse house;
    private static KnowledgeBaseId base;

    /// In the order of their ids.
    private static final List<DocumentId> documents = new ArrayList<>();

    private OldLikenesses chore;

    @BeforeAll
    static void upload() throws Exception {
        house = new LibraryHouse(folder);
        base = house.library.create(house.admin, "Handbook").id();
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = RULES + "Breakfast is at " + (i + 5) + ".";
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            documents.add(house.library.upload(house.admin, base, "v" + i + ".md", bytes).id());
        }
        for (DocumentId document : documents) {
            assertThat(house.settled(document).status()).isEqualTo(Status.READY);
        }
        documents.sort(Comparator.comparing(DocumentId::toString)); // as the database does
    }

    @BeforeEach
    void upgrade() {
        house.run("delete from document_likeness");
        chore = new OldLikenesses(new OldDocuments(house.db, house.chunks, 2), house.db);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void documentsFromBeforeAreComparedAsIfTheyHadComeToday() {
        assertThat(alike(documents.getFirst())).isEmpty();

        chore.run();

        assertThat(alike(documents.getFirst()))
                .containsExactlyInAnyOrderElementsOf(documents.subList(1, DOCUMENTS));
    }

    @Test
    void whatWasMadeInAnotherWayIsMadeAnewAndADeletedDocumentGetsNone() throws Exception {
        chore.run();
        house.run("update document_likeness set scheme = 0, least = '{}', bands = '{}'");
        DocumentId deleted = documents.getLast();
        house.run("update document set deleted_at = now() where id = '" + deleted + "'");

        chore.run();

        assertThat(alike(documents.getFirst()))
                .containsExactlyInAnyOrderElementsOf(documents.subList(1, DOCUMENTS - 1));
        assertThat(made("scheme = 0")).isOne();
        house.run("update document set deleted_at = null");
    }

    @Test
    void killedInBetweenItGoesOnWhereItWasAndThenHasNothingToDo() {
        house.run(
                """
                create function killed() returns trigger language plpgsql as $$
                begin raise exception 'killed'; end $$
                """);
        house.run(
                """
                create trigger killed before insert on document_likeness for each row
                when (new.document_id = '%s') execute function killed()
                """
                        .formatted(documents.get(2)));
        assertThatThrownBy(chore::run).isInstanceOf(DataAccessException.class);
        assertThat(made("true")).isEqualTo(2);

        house.run("drop trigger killed on document_likeness");
        house.run("update document_likeness set bands = '{}'"); // to know them by
        chore.run();
        assertThat(made("true")).isEqualTo(DOCUMENTS);
        assertThat(made("bands = '{}'")).as("not made twice").isEqualTo(2);

        house.run("update document_likeness set bands = '{}'");
        chore.run();
        assertThat(made("bands = '{}'")).isEqualTo(DOCUMENTS);
    }

    @Test
    void aDocumentOfWhichNothingIsKeptIsNotLookedAtAgain() {
        house.run("create table aside as select * from document_content");
        house.run("delete from document_content");

        chore.run();

        assertThat(made("least = '{}'")).isEqualTo(DOCUMENTS);
        assertThat(alike(documents.getFirst())).isEmpty();
        house.run("insert into document_content select * from aside");
    }

    private List<DocumentId> alike(DocumentId document) {
        return new NearDuplicates(
                        house.db, ReaderDatabase.open(house.database), true, NearDuplicates.USUAL)
                .of(document, Scopes.of(base).reach()).stream()
                        .map(NearDuplicates.Alike::document)
                        .toList();
    }

    private long made(String condition) {
        return house.count("select count(*) from document_likeness where " + condition);
    }
}
