package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.PartSink;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives whose files are documents, without a real archive: `zip` and a line for each file, its
/// name and its text; `|` stands for a line of an archive in an
/// archive, `~` for one that is a level deeper.
class UnpackingTest {

    @TempDir Path folder;

    private LibraryHouse house;
    private Library library;
    private KnowledgeBaseId base;

    @BeforeEach
    void open() throws IOException {
        house = new LibraryHouse(folder);
        house.parser = new Unzipping();
        library = house.library;
        base = library.create(house.admin, "Mails").id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    /// Takes lines apart.
    private static final class Unzipping implements DocumentParser {

        @Override
        public ParsedDocument parse(SourceFile file) throws UnreadableDocument {
            return parse(file, PartSink.NONE);
        }

        @Override
        public ParsedDocument parse(SourceFile file, PartSink to) throws UnreadableDocument {
            ParsedDocument text = LibraryHouse.paragraphs(file);
            List<String> lines = text.blocks().getFirst().text().lines().toList();
            if (!lines.getFirst().equals("zip")) {
                return text;
            }
            try {
                for (String line : lines.subList(1, lines.size())) {
                    String[] part = line.split(" ", 2);
                    if (part[1].equals("locked")) {
                        to.take(new Part(part[0], 0, Reason.ENCRYPTED_PART), null);
                    } else {
                        Path content = Files.createTempFile("part", ".txt");
                        Files.writeString(content, part[1].replace('|', '\n').replace('~', '|'));
                        to.take(new Part(part[0], Files.size(content), null), content);
                        Files.delete(content);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ParsedDocument(
                    "application/zip", false, null, null, List.of(Block.paragraph("list", null)));
        }
    }

    private DocumentRow upload(String text) throws Exception {
        return all(library.upload(house.admin, base, "mails.zip", bytes(text)).id());
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private DocumentRow all(DocumentId id) throws InterruptedException {
        house.settled(id);
        for (DocumentRow part : parts(id)) {
            all(part.id());
        }
        return library.document(house.everything(), id).orElseThrow();
    }

    private List<DocumentRow> parts(DocumentId id) {
        return library.parts(house.everything(), id, 0, 100);
    }

    @Test
    void eachFileInAnArchiveIsADocumentWithAStateOfItsOwn() throws Exception {
        DocumentRow zip = upload("zip\n2026/offer.txt Ten chairs.\nsecret.txt locked\nempty.txt ");

        assertThat(zip.status()).isEqualTo(Status.READY);
        assertThat(zip.chunks()).isZero();
        assertThat(zip.parts()).isEqualTo(new DocumentRow.Parts(3, 2, 0));
        List<DocumentRow> parts = parts(zip.id());
        assertThat(parts)
                .extracting(DocumentRow::name)
                .containsExactly("offer.txt", "empty.txt", "secret.txt");
        assertThat(parts.getFirst().inside())
                .isEqualTo(new DocumentRow.Inside(zip.id(), "mails.zip", "2026/offer.txt"));
        assertThat(parts.getFirst().status()).isEqualTo(Status.READY);
        assertThat(parts)
                .extracting(DocumentRow::reasonCode)
                .containsExactly(null, "EMPTY", "ENCRYPTED_PART");
        assertThat(house.index).containsKey(parts.getFirst().id());
        var top = new Listing(null, "", "", null, Listing.Order.NAME, false, 1, 10);
        assertThat(house.table.page(house.everything(), base, top).rows())
                .extracting(DocumentRow::id)
                .containsExactly(zip.id());
        var found = new Listing(null, "offer", "", null, Listing.Order.NAME, false, 1, 10);
        assertThat(house.table.page(house.everything(), base, found).rows()).hasSize(1);
    }

    @Test
    void aNewVersionKeepsWhatIsTheSameAndRemovesWhatIsNotThere() throws Exception {
        DocumentRow zip = upload("zip\na.txt Same.\nb.txt Old.\nc.txt Gone soon.");
        List<DocumentRow> before = parts(zip.id());

        library.replace(
                house.admin,
                zip.id(),
                "mails.zip",
                bytes("zip\na.txt Same.\nb.txt New.\nd.txt Came."));
        all(zip.id());

        List<DocumentRow> after = parts(zip.id());
        assertThat(after).extracting(DocumentRow::name).containsExactly("a.txt", "b.txt", "d.txt");
        assertThat(after).extracting(DocumentRow::version).containsExactly(1, 2, 1);
        assertThat(after.getFirst().id()).isEqualTo(before.getFirst().id());
        assertThat(house.index).doesNotContainKey(before.getLast().id());
    }

    @Test
    void whatCameInAnArchiveMovesAndGoesWithItAndHasItsRights() throws Exception {
        DocumentRow zip = upload("zip\na.txt Of the board.");
        DocumentId part = parts(zip.id()).getFirst().id();
        FolderId board = house.folders.create(house.admin, base, null, "Board");

        assertThat(house.filing.move(house.admin, base, List.of(zip.id(), part), board))
                .isEqualTo(1);
        assertThat(parts(zip.id()).getFirst().folder()).isEqualTo(board);

        var reader = house.user("member");
        house.db
                .sql(
                        """
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        values (:base, :user, 'reader')
                        """)
                .param("base", base.value())
                .param("user", reader.id())
                .update();
        assertThat(library.document(house.access.everythingFor(reader), part)).isPresent();
        house.places.guard(house.admin, new Place.InDocument(zip.id()), true);
        assertThat(library.document(house.access.everythingFor(reader), part)).isEmpty();

        assertThat(library.delete(house.admin, zip.id())).isTrue();
        assertThat(library.document(house.everything(), part)).isEmpty();
        house.awaitIndex();
        assertThat(house.index).doesNotContainKey(part);
        house.purge.run();
        assertThat(house.count("select count(*) from document")).isZero();
    }

    @Test
    void archivesInArchivesEndWhereTheLimitIs() throws Exception {
        DocumentRow zip = upload("zip\ninner.zip zip|a.txt One|deep.zip zip~b.txt Two");

        List<DocumentRow> inner = parts(parts(zip.id()).getFirst().id());
        assertThat(inner).extracting(DocumentRow::name).containsExactly("a.txt", "deep.zip");
        assertThat(inner.getFirst().status()).isEqualTo(Status.READY);
        assertThat(inner.getLast().reasonCode()).isEqualTo("TOO_DEEP");
        assertThat(parts(inner.getLast().id())).isEmpty();
    }
}
