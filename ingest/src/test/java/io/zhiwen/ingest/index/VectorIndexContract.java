package io.zhiwen.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.EmbeddedChunk;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What every vector index promises, each promise held against a comparison of every vector. All
/// that is searched came in through the store.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class VectorIndexContract {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("clustered", "a1", 128);
    private static final EmbeddingSpace OTHER = new EmbeddingSpace("other", "b2", 128);
    private static final int DOCUMENTS = 200;
    private static final int CHUNKS = 100;
    private static final int QUESTIONS = 100;

    private final KnowledgeBaseId large = KnowledgeBaseId.random();
    private final KnowledgeBaseId medium = KnowledgeBaseId.random();
    private final KnowledgeBaseId tiny = KnowledgeBaseId.random();
    private final Map<KnowledgeBaseId, Map<Long, float[]>> kept = new HashMap<>();
    private final ClusteredVectors vectors = new ClusteredVectors(20_261_122, 300, 128);

    /// The database that all is kept in.
    protected abstract JdbcClient db();

    /// The same as a reader sees it.
    protected abstract ReaderDatabase readers();

    /// Publishes into it.
    protected abstract Publishing publishing();

    protected abstract VectorIndex index();

    /// Waits until what was published is searched as fast as it will be.
    protected abstract void settle() throws Exception;

    @BeforeAll
    void fill() throws Exception {
        for (KnowledgeBaseId base : List.of(large, medium, tiny)) {
            makeBase(base);
        }
        for (int i = 0; i < DOCUMENTS; i++) {
            publish(i % 3 == 0 ? medium : large, DocumentId.random(), 1, several(CHUNKS));
        }
        publish(tiny, DocumentId.random(), 1, several(DOCUMENTS * CHUNKS / 1000));
        settle();
    }

    @Test
    void findsWhatAComparisonOfEveryVectorFinds() {
        assertThat(recall(Set.of(large, medium, tiny))).isGreaterThanOrEqualTo(0.98);
        assertThat(recall(Set.of(medium))).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void findsAllOfABaseThatHoldsAThousandthOfTheRows() {
        assertThat(recall(Set.of(tiny))).isGreaterThanOrEqualTo(0.98);
        for (int i = 0; i < 20; i++) {
            assertThat(index().nearest(SPACE, vectors.next(), Reach.of(tiny), 60))
                    .extracting(ScoredChunk::chunk)
                    .containsExactlyInAnyOrderElementsOf(kept.get(tiny).keySet());
        }
    }

    @Test
    void scoresAreCosinesBestFirstAndNoMoreThanAskedFor() {
        float[] question = vectors.next();
        List<ScoredChunk> found =
                index().nearest(SPACE, scaled(question, 7), Reach.of(large, medium), 25);
        assertThat(found).hasSize(25).isSortedAccordingTo(BEST_FIRST);
        for (ScoredChunk chunk : found) {
            assertThat(chunk.score())
                    .isCloseTo(cosine(question, vectorOf(chunk.chunk())), within(0.002));
        }
    }

    @Test
    void anEmptyScopeFindsNothingAndAScopeNothingOutsideOfIt() {
        float[] question = vectors.next();
        assertThat(index().nearest(SPACE, question, Reach.of(), 10)).isEmpty();
        assertThat(index().holds(SPACE, Reach.of())).isFalse();
        assertThat(index().nearest(SPACE, question, Reach.of(KnowledgeBaseId.random()), 10))
                .isEmpty();
        assertThat(index().nearest(SPACE, question, Reach.of(medium), 200))
                .hasSize(200)
                .allSatisfy(chunk -> assertThat(kept.get(medium)).containsKey(chunk.chunk()));
    }

    @Test
    void spacesAreNeverMixed() throws Exception {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        makeBase(base);
        float[] vector = vectors.next();
        List<Long> ours = publish(base, DocumentId.random(), 1, List.of(vector));
        List<Long> theirs = publish(base, DocumentId.random(), 1, List.of(vector), OTHER);
        settle();
        assertThat(index().nearest(SPACE, vector, Reach.of(base), 10))
                .extracting(ScoredChunk::chunk)
                .containsExactlyElementsOf(ours);
        assertThat(index().nearest(OTHER, vector, Reach.of(base), 10))
                .extracting(ScoredChunk::chunk)
                .containsExactlyElementsOf(theirs);
        EmbeddingSpace unknown = new EmbeddingSpace("clustered", "another file", 128);
        assertThat(index().holds(SPACE, Reach.of(base))).isTrue();
        assertThat(index().holds(OTHER, Reach.of(base))).isTrue();
        assertThat(index().holds(OTHER, Reach.of(medium))).isFalse();
        assertThat(index().holds(unknown, Reach.of(base))).isFalse();
        assertThat(index().nearest(unknown, vector, Reach.of(base), 10)).isEmpty();
        assertThatThrownBy(() -> index().nearest(SPACE, new float[3], Reach.of(base), 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index().nearest(SPACE, new float[128], Reach.of(base), 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equallyNearChunksComeInTheOrderOfTheirIds() throws Exception {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        makeBase(base);
        float[] twin = vectors.next();
        List<Long> ids = publish(base, DocumentId.random(), 1, List.of(twin, twin, twin, twin));
        settle();
        assertThat(index().nearest(SPACE, twin, Reach.of(base), 3))
                .extracting(ScoredChunk::chunk)
                .containsExactlyElementsOf(ids.subList(0, 3));
        assertThat(index().nearest(SPACE, twin, Reach.of(base, large, medium), 3))
                .extracting(ScoredChunk::chunk)
                .containsExactlyElementsOf(ids.subList(0, 3));
    }

    @Test
    void whatIsDeletedOrReplacedIsGoneWithTheNextQuestion() throws Exception {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        makeBase(base);
        DocumentId replaced = DocumentId.random();
        DocumentId deleted = DocumentId.random();
        float[] vector = vectors.next();
        publish(base, replaced, 1, List.of(vector));
        publish(base, deleted, 1, List.of(vector));
        settle();
        assertThat(shown(vector, base)).hasSize(2);

        List<Long> second = publish(base, replaced, 2, List.of(vectors.next()));
        db().sql("update document set deleted_at = now() where id = :id")
                .param("id", deleted.value())
                .update();
        assertThat(shown(vector, base)).isSubsetOf(second);
        settle();
        assertThat(shown(vector, base)).isEqualTo(second);
    }

    @Test
    void ofABaseInPartOnlyWhatIsInReachIsFound() throws Exception {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        makeBase(base);
        DocumentId open = DocumentId.random();
        DocumentId closed = DocumentId.random();
        float[] vector = vectors.next();
        List<Long> readable = publish(base, open, 1, List.of(vector));
        List<Long> hidden = publish(base, closed, 1, List.of(vector));
        settle();
        long acl =
                db().sql(
                                """
                                with made as (
                                    insert into acl (knowledge_base_id, closed)
                                    values (:base, true) returning id),
                                moved as (
                                    update document set acl_id = (select id from made)
                                    where id = :closed returning id)
                                insert into index_change (document_id, version, acl_only)
                                select id, 1, true from moved returning (select id from made)
                                """)
                        .param("base", base.value())
                        .param("closed", closed.value())
                        .query(Long.class)
                        .single();
        settle();
        var withoutClosed = new Reach(Set.of(), Set.of(base), Set.of(base), Set.of());
        var closedAlone = new Reach(Set.of(large), Set.of(base), Set.of(), Set.of(acl));

        assertThat(index().nearest(SPACE, vector, withoutClosed, 10))
                .extracting(ScoredChunk::chunk)
                .isEqualTo(readable);
        assertThat(
                        index().holds(
                                        SPACE,
                                        new Reach(
                                                Set.of(), Set.of(base), Set.of(), Set.of(acl + 1))))
                .isFalse();
        var chosen =
                new Reach(
                        Set.of(),
                        Set.of(base),
                        Set.of(base),
                        Set.of(acl),
                        Set.of(base),
                        Set.of(closed));
        var chosenButClosed =
                new Reach(
                        Set.of(),
                        Set.of(base),
                        Set.of(base),
                        Set.of(),
                        Set.of(base),
                        Set.of(closed));
        assertThat(index().nearest(SPACE, vector, chosen, 10))
                .extracting(ScoredChunk::chunk)
                .isEqualTo(hidden);
        assertThat(index().nearest(SPACE, vector, chosenButClosed, 10)).isEmpty();
        assertThat(
                        new ChunkStore(db(), readers())
                                .live(List.of(readable.getFirst(), hidden.getFirst()), chosen))
                .extracting(StoredChunk::id)
                .isEqualTo(hidden);
        assertThat(index().nearest(SPACE, vector, closedAlone, 10))
                .extracting(ScoredChunk::chunk)
                .startsWith(hidden.getFirst())
                .doesNotContainAnyElementsOf(readable);
        assertThat(
                        new ChunkStore(db(), readers())
                                .live(List.of(readable.getFirst(), hidden.getFirst()), closedAlone))
                .extracting(StoredChunk::id)
                .isEqualTo(hidden);
    }

    @Test
    void ofTheDocumentsNamedAndTheLanguagesNamedNothingElseIsFound() throws Exception {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        makeBase(base);
        float[] vector = vectors.next();
        DocumentId rare = DocumentId.random();
        List<Long> wanted = publish(base, rare, 1, List.of(vectors.next()));
        List<Long> nearer = publish(base, DocumentId.random(), 1, Collections.nCopies(250, vector));
        db().sql("update chunk set language = 'ZH' where id = :id")
                .param("id", nearer.getLast())
                .update();
        db().sql(
                        "insert into index_change (document_id, version) select document_id, 1 from chunk where id = :id")
                .param("id", nearer.getLast())
                .update();
        settle();
        var all = Reach.of(base);
        var named =
                new Reach(Set.of(base), Set.of(), Set.of(), Set.of(), Set.of(base), Set.of(rare));
        var none = new Reach(Set.of(base), Set.of(), Set.of(), Set.of(), Set.of(base), Set.of());

        assertThat(index().nearest(SPACE, vector, all, 200)).hasSize(200);
        assertThat(index().nearest(SPACE, vector, named, 200))
                .extracting(ScoredChunk::chunk)
                .isEqualTo(wanted);
        assertThat(index().nearest(SPACE, vector, none, 200)).isEmpty();
        assertThat(index().holds(SPACE, none)).isFalse();
        var chinese = all.in(Set.of(Language.ZH));
        assertThat(index().nearest(SPACE, vector, chinese, 200))
                .extracting(ScoredChunk::chunk)
                .containsExactly(nearer.getLast());
        assertThat(index().holds(SPACE, chinese)).isTrue();
        assertThat(index().holds(SPACE, named.in(Set.of(Language.ZH)))).isFalse();
        assertThat(new ChunkStore(db(), readers()).live(nearer, chinese))
                .extracting(StoredChunk::id)
                .containsExactly(nearer.getLast());
    }

    private List<Long> shown(float[] vector, KnowledgeBaseId base) {
        List<Long> found =
                index().nearest(SPACE, vector, Reach.of(base), 10).stream()
                        .map(ScoredChunk::chunk)
                        .toList();
        return new ChunkStore(db(), readers())
                .live(found, Reach.of(base)).stream().map(StoredChunk::id).toList();
    }

    private static final Comparator<ScoredChunk> BEST_FIRST =
            Comparator.comparingDouble(ScoredChunk::score)
                    .reversed()
                    .thenComparing(ScoredChunk::chunk);

    /// Of the ten nearest.
    private double recall(Set<KnowledgeBaseId> bases) {
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            float[] question = vectors.next();
            Set<Long> exact = Set.copyOf(exact(question, bases));
            found +=
                    (int)
                            index().nearest(SPACE, question, Reach.of(bases), 10).stream()
                                    .filter(chunk -> exact.contains(chunk.chunk()))
                                    .count();
        }
        return found / (QUESTIONS * 10.0);
    }

    private List<Long> exact(float[] question, Set<KnowledgeBaseId> bases) {
        return bases.stream()
                .flatMap(base -> kept.get(base).entrySet().stream())
                .map(entry -> new ScoredChunk(entry.getKey(), cosine(question, entry.getValue())))
                .sorted(BEST_FIRST)
                .limit(10)
                .map(ScoredChunk::chunk)
                .toList();
    }

    private float[] vectorOf(long chunk) {
        return kept.values().stream()
                .filter(base -> base.containsKey(chunk))
                .findFirst()
                .orElseThrow()
                .get(chunk);
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }

    private static float[] scaled(float[] vector, float factor) {
        float[] longer = vector.clone();
        for (int i = 0; i < longer.length; i++) {
            longer[i] *= factor;
        }
        return longer;
    }

    private List<float[]> several(int count) {
        return IntStream.range(0, count).mapToObj(_ -> vectors.next()).toList();
    }

    private void makeBase(KnowledgeBaseId base) {
        kept.put(base, new HashMap<>());
        db().sql("insert into knowledge_base (id, name) values (:id, 'base')")
                .param("id", base.value())
                .update();
    }

    private List<Long> publish(
            KnowledgeBaseId base, DocumentId document, int version, List<float[]> made) {
        List<Long> ids = publish(base, document, version, made, SPACE);
        for (int i = 0; i < made.size(); i++) {
            kept.get(base).put(ids.get(i), made.get(i));
        }
        return ids;
    }

    private List<Long> publish(
            KnowledgeBaseId base,
            DocumentId document,
            int version,
            List<float[]> made,
            EmbeddingSpace space) {
        Attempt attempt = begin(base, document, version);
        publishing()
                .begin(
                        attempt,
                        new ParsedDocument("text/plain", false, null, 1, List.of()),
                        new CleanDocument("title", List.of(Block.paragraph("text", 1))),
                        List.of(),
                        Likeness.NONE,
                        made.size());
        List<EmbeddedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            chunks.add(new EmbeddedChunk(chunk(i), space, made.get(i)));
        }
        publishing().add(attempt, chunks);
        publishing().publish(attempt);
        return db().sql(
                        """
                        select id from chunk where document_id = :id and version = :version
                        order by ordinal
                        """)
                .param("id", document.value())
                .param("version", version)
                .query(Long.class)
                .list();
    }

    private Attempt begin(KnowledgeBaseId base, DocumentId document, int version) {
        db().sql(
                        """
                        insert into document (id, knowledge_base_id, name, created_by)
                        values (:id, :base, 'file.txt', 'test') on conflict do nothing
                        """)
                .param("id", document.value())
                .param("base", base.value())
                .update();
        db().sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, attempt, job, uploaded_by)
                        values (:id, :version, 'file.txt', 'abc', 1, 'parsing', 1, :job, 'test')
                        """)
                .param("id", document.value())
                .param("version", version)
                .param("job", UUID.randomUUID())
                .update();
        return new Attempt(document, base, version, 1);
    }

    private static Chunk chunk(int ordinal) {
        return new Chunk(
                ordinal,
                "passage " + ordinal,
                List.of(),
                1,
                null,
                new Span(ordinal, ordinal + 1),
                new Span(0, 1_000),
                2,
                Language.EN);
    }
}
