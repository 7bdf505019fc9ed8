package io.zhiwen.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.PackedTokens;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class StoreTest {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("tiny", "abc", 3);

    private static DataSource database;
    private static JdbcClient db;
    private static Publishing publishing;
    private static ChunkStore store;
    private static ChangeLog log;

    @BeforeAll
    static void connect() {
        database = TestPostgres.fresh();
        db = JdbcClient.create(database);
        var transactions = new JdbcTransactionManager(database);
        publishing = new Publishing(new JdbcTemplate(database), transactions);
        store = new ChunkStore(db, ReaderDatabase.open(database));
        log = new ChangeLog(db, transactions);
    }

    @Test
    void aVersionIsInvisibleUntilItIsPublishedAndWholeAfterwards() {
        KnowledgeBaseId base = newBase();
        Attempt attempt = newVersion(base, DocumentId.random(), 1);
        List<Chunk> chunks = chunks("第一段。", "second passage", "\0third");
        long before = end();

        publishing.begin(
                attempt,
                parsed(),
                clean("第一段。", "second passage", "third!"),
                List.of(),
                Likeness.NONE,
                3);
        publishing.add(attempt, embedded(chunks.subList(0, 2)));
        assertThat(store.chunksOf(attempt.document(), 1)).isEmpty();
        assertThat(log.after(before, 10).documents()).isEmpty();
        publishing.add(attempt, embedded(chunks.subList(2, 3)));
        publishing.publish(attempt);

        List<StoredChunk> stored = store.chunksOf(attempt.document(), 1);
        assertThat(stored)
                .extracting(s -> s.chunk().text())
                .containsExactly("第一段。", "second passage", "\uFFFDthird");
        assertThat(stored.get(1).chunk()).isEqualTo(chunks.get(1));
        assertThat(stored.getFirst().documentName()).isEqualTo("file.txt");
        assertThat(store.content(attempt.document(), 1))
                .contains(clean("第一段。", "second passage", "third!"));

        Changes changes = log.after(before, 10);
        assertThat(changes.documents()).hasSize(1);
        IndexedDocument.Entry entry = changes.documents().getFirst().entries().get(1);
        assertThat(entry.chunk()).isEqualTo(stored.get(1));
        assertThat(entry.embedded()).containsOnlyKeys(SPACE);
        assertThat(entry.embedded().get(SPACE)).containsExactly(1f, 0.5f, -2f);
        assertThat(log.after(changes.position(), 10).documents()).isEmpty();
    }

    @Test
    void liveChunksComeInTheOrderAskedForAndFromTheAskersBasesOnly() {
        KnowledgeBaseId mine = newBase();
        KnowledgeBaseId other = newBase();
        Attempt a = published(mine, DocumentId.random(), 1, "one", "two");
        Attempt b = published(other, DocumentId.random(), 1, "three");
        List<Long> ids =
                List.of(idsOf(b).getFirst(), idsOf(a).get(1), 987_654_321L, idsOf(a).getFirst());

        assertThat(store.live(ids, Reach.of(mine)))
                .extracting(s -> s.chunk().text())
                .containsExactly("two", "one");
        assertThat(store.live(ids, Reach.of(mine, other)))
                .extracting(s -> s.chunk().text())
                .containsExactly("three", "two", "one");
        assertThat(store.live(ids, Reach.of())).isEmpty();
    }

    @Test
    void aNewVersionReplacesTheOldOneAtOnceAndItsTextStaysReadable() {
        KnowledgeBaseId base = newBase();
        DocumentId document = DocumentId.random();
        List<Long> old = idsOf(published(base, document, 1, "old"));
        Attempt second = newVersion(base, document, 2);
        publishing.begin(second, parsed(), clean("new"), List.of(), Likeness.NONE, 1);
        publishing.add(second, embedded(chunks("new")));
        assertThat(store.live(old, Reach.of(base))).hasSize(1);
        publishing.publish(second);

        assertThat(store.live(old, Reach.of(base))).isEmpty();
        assertThat(store.live(idsOf(second), Reach.of(base)))
                .extracting(s -> s.chunk().text())
                .containsExactly("new");
        assertThat(store.content(document, 1)).contains(clean("old"));
        assertThat(
                        db.sql("select count(*) from index_change where document_id = :d")
                                .param("d", document.value())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void aDocumentIsOfTheDayItHoldsFromElseOfTheDayItsFileCame() {
        KnowledgeBaseId base = newBase();
        DocumentId document = DocumentId.random();
        published(base, document, 1, "old");
        came(document, 1, "2024-03-01");
        assertThat(store.dates(List.of(document, DocumentId.random())))
                .containsExactly(Map.entry(document, LocalDate.of(2024, 3, 1)));

        published(base, document, 2, "cut anew");
        db.sql("update document_version set content_of = 1 where document_id = :id and version = 2")
                .param("id", document.value())
                .update();
        assertThat(store.dates(List.of(document))).containsValue(LocalDate.of(2024, 3, 1));

        published(base, document, 3, "new");
        came(document, 3, "2025-05-05");
        assertThat(store.dates(List.of(document))).containsValue(LocalDate.of(2025, 5, 5));

        db.sql("update document set valid_from = '2023-01-01' where id = :id")
                .param("id", document.value())
                .update();
        assertThat(store.dates(List.of(document))).containsValue(LocalDate.of(2023, 1, 1));
    }

    private static void came(DocumentId document, int version, String day) {
        db.sql(
                        """
                        update document_version set uploaded_at = cast(:at as timestamptz)
                        where document_id = :id and version = :version""")
                .param("at", day + "T12:00:00Z")
                .param("id", document.value())
                .param("version", version)
                .update();
    }

    @Test
    void deletionIsInForceWithTheNextRead() {
        KnowledgeBaseId base = newBase();
        Attempt gone = published(base, DocumentId.random(), 1, "secret");
        List<Long> ids = idsOf(gone);
        db.sql("update document set deleted_at = now() where id = :id")
                .param("id", gone.document().value())
                .update();
        assertThat(store.live(ids, Reach.of(base))).isEmpty();
        assertThat(store.content(gone.document(), 1)).isEmpty();

        Attempt kept = published(base, DocumentId.random(), 1, "kept");
        List<Long> keptIds = idsOf(kept);
        db.sql("update knowledge_base set deleted_at = now() where id = :id")
                .param("id", base.value())
                .update();
        assertThat(store.live(keptIds, Reach.of(base))).isEmpty();
    }

    @Test
    void aWorkerThatWasDeclaredDeadChangesNothingAtAnyStep() {
        KnowledgeBaseId base = newBase();
        Attempt zombie = newVersion(base, DocumentId.random(), 1);
        publishing.begin(zombie, parsed(), clean("a"), List.of(), Likeness.NONE, 1);
        Attempt living = new Attempt(zombie.document(), base, 1, zombie.number() + 1);
        db.sql("update document_version set attempt = attempt + 1 where document_id = :id")
                .param("id", zombie.document().value())
                .update();

        assertThatThrownBy(
                        () ->
                                publishing.begin(
                                        zombie, parsed(), clean("a"), List.of(), Likeness.NONE, 1))
                .isInstanceOf(AttemptLost.class);
        assertThatThrownBy(() -> publishing.add(zombie, embedded(chunks("a"))))
                .isInstanceOf(AttemptLost.class);
        publishing.begin(living, parsed(), clean("b"), List.of(), Likeness.NONE, 1);
        publishing.add(living, embedded(chunks("b")));
        assertThatThrownBy(() -> publishing.publish(zombie)).isInstanceOf(AttemptLost.class);
        assertThat(store.chunksOf(zombie.document(), 1)).isEmpty();
        publishing.publish(living);
        assertThat(store.chunksOf(zombie.document(), 1))
                .extracting(s -> s.chunk().text())
                .containsExactly("b");
    }

    @Test
    void anIncompleteVersionIsNotPublishedAndASecondTryStartsClean() {
        KnowledgeBaseId base = newBase();
        Attempt attempt = newVersion(base, DocumentId.random(), 1);
        publishing.begin(attempt, parsed(), clean("a", "b"), List.of(), Likeness.NONE, 2);
        publishing.add(attempt, embedded(chunks("a")));
        assertThatThrownBy(() -> publishing.publish(attempt)).isInstanceOf(AttemptLost.class);

        publishing.begin(attempt, parsed(), clean("a", "b"), List.of(), Likeness.NONE, 2);
        publishing.add(attempt, embedded(chunks("a", "b")));
        publishing.publish(attempt);
        assertThat(store.chunksOf(attempt.document(), 1)).hasSize(2);
    }

    @Test
    void vectorsThatCannotBeComparedAreRefused() {
        Chunk chunk = chunks("a").getFirst();
        assertThatThrownBy(() -> new EmbeddedChunk(chunk, SPACE, new float[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmbeddedChunk(chunk, SPACE, new float[] {1, Float.NaN, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFollowerDoesNotSkipWhoeverCommitsLate() throws SQLException {
        long before = end();
        DocumentId early = DocumentId.random();
        DocumentId late = DocumentId.random();
        try (Connection first = database.getConnection();
                Connection second = database.getConnection()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            change(first, late); // the lower transaction and the lower number, but committed last
            change(second, early);
            second.commit();

            assertThat(log.after(before, 10).documents()).isEmpty();
            assertThat(log.after(before, 10).position()).isEqualTo(before);
            assertThat(log.after(before, 10).held()).isTrue();
            first.commit();
        }
        Changes both = log.after(before, 10);
        assertThat(both.documents()).extracting(IndexedDocument::id).containsExactly(late, early);
        assertThat(log.after(both.position(), 10).documents()).isEmpty();
        assertThat(log.after(both.position(), 10).held()).isFalse();
    }

    @Test
    void aNumberTakenEarlyByATransactionThatIsYoungerIsNotSkippedEither() throws SQLException {
        long before = end();
        DocumentId older = DocumentId.random();
        DocumentId younger = DocumentId.random();
        try (Connection first = database.getConnection();
                Connection second = database.getConnection()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            first.createStatement().execute("select pg_current_xact_id()"); // the older transaction
            change(second, younger); // has the lower number
            change(first, older);
            first.commit();

            Changes seen = log.after(before, 10);
            assertThat(seen.documents()).extracting(IndexedDocument::id).containsExactly(older);
            second.commit();
            assertThat(log.after(seen.position(), 10).documents())
                    .extracting(IndexedDocument::id)
                    .containsExactly(younger);
        }
    }

    @Test
    void aTransactionIsGivenOutWholeHoweverManyDocumentsItTouches() {
        long before = end();
        db.sql(
                        """
                        insert into index_change (document_id, version)
                        select gen_random_uuid(), null from generate_series(1, 25)
                        """)
                .update();
        assertThat(log.after(before, 3).documents()).hasSize(25);
    }

    @Test
    void whatAModelMadeOfAPassageIsFollowedWhereItsBaseHasItMade() {
        KnowledgeBaseId base = newBase();
        long before = end();
        published(base, DocumentId.random(), 1, "a passage");
        db.sql(
                        """
                        insert into passage_questions (knowledge_base_id, text_hash, text, tokens, model)
                        select knowledge_base_id, sha256(convert_to(text, 'UTF8')), 'Which one?', 1, 'm'
                        from chunk where knowledge_base_id = :base
                        """)
                .param("base", base.value())
                .update();

        assertThat(made(before)).containsExactly("");
        db.sql("update knowledge_base set question_tokens_per_day = 2000 where id = :base")
                .param("base", base.value())
                .update();
        assertThat(made(before)).containsExactly("Which one?");
    }

    private static List<String> made(long before) {
        return log.after(before, 10).documents().getFirst().entries().stream()
                .map(IndexedDocument.Entry::made)
                .toList();
    }

    @Test
    void aPositionFromAnotherDatabaseIsNotKnown() {
        assertThat(log.knows(0)).isTrue();
        assertThat(log.knows(end())).isTrue();
        assertThat(log.knows(1L << 40)).isFalse();
    }

    private static void change(Connection connection, DocumentId document) throws SQLException {
        try (var statement =
                connection.prepareStatement("insert into index_change (document_id) values (?)")) {
            statement.setObject(1, document.value());
            statement.executeUpdate();
        }
    }

    private static long end() {
        long position = 0;
        for (Changes next = log.after(0, 1000);
                next.position() != position;
                next = log.after(position, 1000)) {
            position = next.position();
        }
        return position;
    }

    private static KnowledgeBaseId newBase() {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        db.sql("insert into knowledge_base (id, name) values (:id, 'base')")
                .param("id", base.value())
                .update();
        return base;
    }

    private static Attempt newVersion(KnowledgeBaseId base, DocumentId document, int version) {
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, created_by)
                        values (:id, :base, 'file.txt', 'test') on conflict do nothing
                        """)
                .param("id", document.value())
                .param("base", base.value())
                .update();
        db.sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, attempt, job, uploaded_by)
                        values (:id, :version, 'file.txt', :sha, 1, 'parsing', 1, :job, 'test')
                        """)
                .param("id", document.value())
                .param("version", version)
                .param("sha", "0".repeat(64))
                .param("job", UUID.randomUUID())
                .update();
        return new Attempt(document, base, version, 1);
    }

    private static Attempt published(
            KnowledgeBaseId base, DocumentId document, int version, String... texts) {
        Attempt attempt = newVersion(base, document, version);
        publishing.begin(attempt, parsed(), clean(texts), List.of(), Likeness.NONE, texts.length);
        publishing.add(attempt, embedded(chunks(texts)));
        publishing.publish(attempt);
        return attempt;
    }

    @Test
    void tokensAreKeptAsLongAsTheirPassageAndFoundInTheirSpaceOnly() {
        var jdbc = new JdbcTemplate(database);
        var tokens = new TokenStore(jdbc, Long.MAX_VALUE);
        Attempt attempt = newVersion(newBase(), DocumentId.random(), 1);
        Chunk chunk = chunks("five days").getFirst();
        PackedTokens packed =
                PackedTokens.of(new TokenVectors(2, new float[] {1, 0.5f}, new int[1], new int[1]));
        var space = new EmbeddingSpace("pair", "def", 2);
        publishing.begin(attempt, parsed(), clean("five days"), List.of(), Likeness.NONE, 1);
        publishing.add(
                attempt, List.of(new EmbeddedChunk(chunk, space, new float[] {1, 0}, packed)));
        publishing.publish(attempt);

        List<Long> ids = idsOf(attempt);
        assertThat(tokens.of(ids, space))
                .containsOnlyKeys(ids.getFirst())
                .allSatisfy((_, found) -> assertThat(found.bytes()).isEqualTo(packed.bytes()));
        assertThat(tokens.of(ids, SPACE)).isEmpty();
        assertThat(tokens.hasRoom()).isTrue();
        assertThat(new TokenStore(jdbc, packed.bytes().length).hasRoom()).isFalse();
        assertThat(new TokenStore(jdbc, 0).hasRoom()).isFalse();

        db.sql("delete from chunk where id = :id").param("id", ids.getFirst()).update();
        assertThat(tokens.of(ids, space)).isEmpty();
        tokens.add(ids.getFirst(), space, packed);
        assertThat(tokens.of(ids, space)).isEmpty();
    }

    private static List<Long> idsOf(Attempt attempt) {
        return store.chunksOf(attempt.document(), attempt.version()).stream()
                .map(StoredChunk::id)
                .toList();
    }

    private static ParsedDocument parsed() {
        return new ParsedDocument(
                "text/plain", false, null, 7, List.of(Block.paragraph("whatever", 1)));
    }

    private static CleanDocument clean(String... texts) {
        return new CleanDocument(
                "title", List.of(texts).stream().map(text -> Block.paragraph(text, 1)).toList());
    }

    private static List<Chunk> chunks(String... texts) {
        return java.util.stream.IntStream.range(0, texts.length)
                .mapToObj(
                        i ->
                                new Chunk(
                                        i,
                                        texts[i],
                                        List.of("Top \"quoted\", {x}", "章 二"),
                                        i == 0 ? null : 3,
                                        i == 0 ? "Sheet 1" : null,
                                        new Span(i * 10, i * 10 + 5),
                                        new Span(0, 100),
                                        4,
                                        Language.of(texts[i])))
                .toList();
    }

    private static List<EmbeddedChunk> embedded(List<Chunk> chunks) {
        return chunks.stream()
                .map(chunk -> new EmbeddedChunk(chunk, SPACE, new float[] {1f, 0.5f, -2f}))
                .toList();
    }
}
