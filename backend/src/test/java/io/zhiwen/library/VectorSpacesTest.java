package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Scopes;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.ServedBases;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.ScriptedEmbeddings;
import io.zhiwen.ingest.embed.ScriptedEmbeddings.Fault;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.index.pgvector.HalfvecRows;
import io.zhiwen.ingest.index.pgvector.PgvectorIndex;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.SearchableVectors;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.VectorSpaces.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

class VectorSpacesTest {

    private static final String MODEL = "letters-64";
    private static final String OTHER = "letters-96";
    private static final List<String> ANIMALS =
            List.of("zebra", "monkey", "octopus", "flamingo", "walrus");

    private static final List<Fault> FAULTS =
            List.of(
                    Fault.STATUS_500,
                    Fault.ONE_SHORT,
                    Fault.NOT_A_NUMBER,
                    Fault.WRONG_DIMENSION,
                    Fault.HANGS);

    @TempDir Path folder;

    private enum Where {
        LUCENE,
        PGVECTOR
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void questionsFindWhatTheyFoundUntilTheNewVectorsAreThereWhoeverIsKilled(Where where)
            throws Exception {
        try (var house = new Searched(where, Duration.ofSeconds(20))) {
            house.upload(ANIMALS);
            Map<String, DocumentId> before = house.found("vector:en");
            assertThat(before).hasSize(ANIMALS.size());

            house.rooms.vectorSpaces.choose(house.rooms.admin, house.base, MODEL);
            house.embeddings.passes.drainPermits();
            house.embeddings.passes.release(4);
            Thread killed = Thread.ofPlatform().start(house.rooms.builder()::run);
            house.awaitDone(3);
            house.catchUp();
            assertThat(house.found("vector:en")).isEqualTo(before);
            killed.interrupt();
            killed.join();
            assertThat(house.change()).isEqualTo(new Change(MODEL, 3, ANIMALS.size(), null));

            house.upload(List.of("leopard"));
            house.embeddings.passes.release(1_000);
            int asked = house.embeddings.asked.size();
            house.rooms.builder().run();
            assertThat(house.embeddings.asked.size() - asked)
                    .as("what was made is not made again: 3 documents and a look at the model")
                    .isLessThanOrEqualTo(4);
            assertThat(house.view().change()).isNull();
            assertThat(house.view().model()).isEqualTo(MODEL);
            house.catchUp();
            Map<String, DocumentId> after = house.found("vector:" + MODEL);
            assertThat(after).containsAllEntriesOf(before).hasSize(ANIMALS.size());
            assertThat(house.first("leopard", "vector:" + MODEL)).isNotNull();

            assertThat(house.vectorsOf("en")).as("kept for who is behind").isEqualTo(6);
            house.rooms.run("update space_change set switched_at = now() - interval '2 minutes'");
            house.rooms.builder().run();
            house.catchUp();
            assertThat(house.vectorsOf("en")).isZero();
            assertThat(house.rooms.count("select count(*) from space_change")).isZero();
            assertThat(house.found("vector:" + MODEL)).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void whatIsAbandonedIsTakenAwayAndTheWayBackIsTheSame(Where where) throws Exception {
        try (var house = new Searched(where, Duration.ofSeconds(20))) {
            house.upload(ANIMALS);
            Map<String, DocumentId> before = house.found("vector:en");
            house.rooms.vectorSpaces.choose(house.rooms.admin, house.base, MODEL);
            house.embeddings.passes.drainPermits();
            house.embeddings.passes.release(3);
            Thread busy = Thread.ofPlatform().start(house.rooms.builder()::run);
            house.awaitDone(2);

            assertThat(
                            house.rooms
                                    .vectorSpaces
                                    .choose(house.rooms.admin, house.base, "bundled")
                                    .change())
                    .isNull();
            house.embeddings.passes.release(1_000);
            busy.join();
            house.rooms.builder().run();
            house.catchUp();
            assertThat(house.vectorsOf(MODEL)).isZero();
            assertThat(house.found("vector:en")).isEqualTo(before);

            house.changeTo(MODEL);
            house.changeTo(OTHER);
            assertThat(house.found("vector:" + OTHER)).isEqualTo(before);
            house.changeTo("bundled");
            assertThat(house.found("vector:en")).isEqualTo(before);
            house.rooms.run("update space_change set switched_at = now() - interval '2 minutes'");
            house.rooms.builder().run();
            assertThat(house.vectorsOf(MODEL) + house.vectorsOf(OTHER)).isZero();
            assertThat(house.vectorsOf("en")).isEqualTo(ANIMALS.size());
        }
    }

    @Test
    void anIndexThatIsBehindSearchesTheFormerVectors() throws Exception {
        try (var house = new Searched(Where.LUCENE)) {
            house.upload(List.of("zebra"));
            house.changeTo(MODEL);
            long switched = house.rooms.count("select switched::text::bigint from space_change");
            var bases = List.of(house.base);

            assertThat(house.rooms.spaces.of(bases, switched - 1)).isEmpty();
            assertThat(house.rooms.spaces.of(bases, switched)).containsKey(house.base);
            assertThat(house.lucene.reached()).isGreaterThanOrEqualTo(switched);

            house.changeTo(OTHER);
            assertThat(house.rooms.spaces.of(bases, switched).get(house.base).space().model())
                    .isEqualTo(MODEL);
        }
    }

    @Test
    void aChangeWaitsForAServerThatFailsAndSaysWhy() throws Exception {
        try (var house = new Searched(Where.LUCENE)) {
            house.upload(List.of("zebra"));
            house.rooms.vectorSpaces.choose(house.rooms.admin, house.base, MODEL);
            for (Fault fault : FAULTS) {
                house.embeddings.fault = fault;
                house.rooms.builder().run();
                assertThat(house.change().done()).isZero();
                assertThat(house.change().waitsFor()).contains("the embedding server");
            }
            assertThat(house.first("zebra", "vector:en")).isNotNull();
            house.embeddings.fault = Fault.STATUS_500;
            assertThatThrownBy(
                            () ->
                                    house.rooms.vectorSpaces.choose(
                                            house.rooms.admin, house.base, OTHER))
                    .isInstanceOf(EmbeddingUnavailable.class);
            assertThat(house.change().model()).isEqualTo(MODEL);

            house.embeddings.fault = Fault.NONE;
            house.rooms.builder().run();
            assertThat(house.view().model()).isEqualTo(MODEL);
        }
    }

    @Test
    void aFileWaitsForTheServerAndIsNeverShownWithWrongVectors() throws Exception {
        try (var house = new Searched(Where.LUCENE)) {
            house.changeTo(MODEL);
            house.embeddings.fault = Fault.ONE_SHORT;
            var bytes = new ByteArrayInputStream("zebra zebra".getBytes(UTF_8));
            DocumentId id =
                    house.rooms.library.upload(house.rooms.admin, house.base, "z.txt", bytes).id();
            house.awaitRequests(1);
            house.embeddings.fault = Fault.WRONG_DIMENSION;
            house.awaitRequests(1);
            house.awaitQueued(id);
            assertThat(house.rooms.count("select count(*) from chunk_vector")).isZero();
            assertThat(
                            house.rooms
                                    .library
                                    .document(house.rooms.everything(), id)
                                    .orElseThrow()
                                    .live())
                    .isFalse();

            house.embeddings.fault = Fault.NONE;
            assertThat(house.rooms.settled(id).status()).isEqualTo(Status.READY);
            assertThat(house.vectorsOf(MODEL)).isEqualTo(1);
            house.catchUp();
            assertThat(house.first("zebra", "vector:" + MODEL)).isEqualTo(id);
        }
    }

    @Test
    void aQuestionIsAnsweredByWordsWhileTheServerFails() throws Exception {
        try (var house = new Searched(Where.LUCENE, Duration.ofMillis(300))) {
            house.upload(List.of("zebra"));
            house.changeTo(MODEL);
            house.embeddings.fault = Fault.HANGS;

            List<Leg> legs = house.legs("zebra");
            assertThat(legs).hasSize(2);
            assertThat(legs.getFirst().ranking().hits()).hasSize(1);
            assertThat(legs.getLast().missing()).contains("no answer within 300 ms");
        }
    }

    @Test
    void onlyWhoManagesABaseMayChooseAndOnlyWhatThereIs() throws Exception {
        try (var house = new Searched(Where.LUCENE)) {
            assertThat(house.view().models()).containsExactly("bundled", MODEL, OTHER);
            assertThatThrownBy(
                            () ->
                                    house.rooms.vectorSpaces.choose(
                                            house.rooms.user("member"), house.base, MODEL))
                    .isInstanceOf(NoSuchKnowledgeBase.class);
            assertThatThrownBy(
                            () ->
                                    house.rooms.vectorSpaces.choose(
                                            house.rooms.admin, house.base, "gone"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// A library with an index in which one can search, and a server of vectors.
    private final class Searched implements AutoCloseable {

        private final ScriptedEmbeddings embeddings = new ScriptedEmbeddings();
        private final LibraryHouse rooms;
        private final KnowledgeBaseId base;
        private final LuceneIndex lucene;
        private final IndexFollower follower;
        private final Embedders embedders;
        private final Legs legs;

        Searched(Where where) throws Exception {
            this(where, Duration.ofSeconds(2));
        }

        Searched(Where where, Duration atMost) throws Exception {
            boolean database = where == Where.PGVECTOR;
            DataSource source = database ? TestPostgres.freshWithPgvector() : TestPostgres.fresh();
            var jdbc = new JdbcTemplate(source);
            var encoders = new Encoders(new Letters("zh"), new Letters("en"));
            embedders = embeddings.embedders(encoders, atMost, MODEL, OTHER);
            rooms =
                    new LibraryHouse(
                            source,
                            folder.resolve("files"),
                            embedders,
                            database ? new HalfvecRows(jdbc) : SearchableVectors.NONE);
            base = rooms.library.create(rooms.admin, "Zoo").id();
            lucene = LuceneIndex.open(folder.resolve("index"), !database);
            follower =
                    IndexFollower.start(
                            new ChangeLog(rooms.db, new JdbcTransactionManager(source), !database)
                                    ::after,
                            lucene);
            VectorIndex vectors =
                    database ? new PgvectorIndex(jdbc, ReaderDatabase.open(source), 100) : lucene;
            ServedBases served =
                    bases ->
                            rooms.spaces.of(bases, vectors.reached()).entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    one -> embedders.in(one.getValue())));
            legs = new Legs(lucene, vectors, encoders, served);
        }

        void upload(List<String> animals) throws Exception {
            for (DocumentId id : animals.stream().map(this::put).toList()) {
                assertThat(rooms.settled(id).status()).isEqualTo(Status.READY);
            }
            catchUp();
        }

        private DocumentId put(String animal) {
            var bytes = new ByteArrayInputStream((animal + " ").repeat(5).getBytes(UTF_8));
            try {
                return rooms.library.upload(rooms.admin, base, animal + ".txt", bytes).id();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void changeTo(String model) throws InterruptedException {
            rooms.vectorSpaces.choose(rooms.admin, base, model);
            rooms.builder().run();
            assertThat(view().model()).isEqualTo(model);
            catchUp();
        }

        VectorSpaces.View view() {
            return rooms.vectorSpaces.of(rooms.admin, base);
        }

        Change change() {
            return view().change();
        }

        List<Leg> legs(String question) {
            var asked = new Question(question, question, Language.of(question), Scopes.of(base));
            return legs.search(asked, RetrievalProfile.DEFAULT).asked();
        }

        /// What each animal finds first by meaning.
        Map<String, DocumentId> found(String leg) {
            return ANIMALS.stream().collect(Collectors.toMap(one -> one, one -> first(one, leg)));
        }

        DocumentId first(String animal, String leg) {
            List<Leg> searched = legs(animal);
            assertThat(searched).extracting(one -> one.ranking().leg()).contains(leg);
            assertThat(searched).extracting(Leg::missing).containsOnlyNulls();
            long chunk = searched.getLast().ranking().hits().getFirst().chunk();
            var stored = rooms.chunks.live(List.of(chunk), Reach.of(base)).getFirst();
            assertThat(stored.chunk().text()).contains(animal);
            return stored.document();
        }

        long vectorsOf(String model) {
            return rooms.count(
                    """
                    select count(*) from chunk_vector v join embedding_space s on s.id = v.space_id
                    where s.model = '%s'
                    """
                            .formatted(model));
        }

        void catchUp() throws InterruptedException {
            assertThat(follower.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        }

        void awaitDone(int done) throws InterruptedException {
            await(() -> change() != null && change().done() == done);
        }

        void awaitRequests(int more) throws InterruptedException {
            int from = embeddings.asked.size();
            await(() -> embeddings.asked.size() >= from + more);
        }

        void awaitQueued(DocumentId id) throws InterruptedException {
            await(
                    () ->
                            rooms.library.document(rooms.everything(), id).orElseThrow().status()
                                    == Status.QUEUED);
        }

        private static void await(java.util.function.BooleanSupplier condition)
                throws InterruptedException {
            long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(until);
                Thread.sleep(20);
            }
        }

        @Override
        public void close() {
            embeddings.passes.release(1_000);
            follower.close();
            lucene.close();
            legs.close();
            rooms.close();
            embedders.close();
            embeddings.close();
        }
    }

    /// A text is how often it has each letter.
    private record Letters(String name) implements Encoder {

        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace(name, name.repeat(32), 64);
        }

        @Override
        public float[] embed(String text) {
            float[] vector = new float[64];
            text.chars().filter(Character::isLetter).forEach(c -> vector[c % 64]++);
            return vector;
        }

        @Override
        public TokenVectors embedTokens(String text) {
            return new TokenVectors(64, embed(text), new int[1], new int[1]);
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }
    }
}
