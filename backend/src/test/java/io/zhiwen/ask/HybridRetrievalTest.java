package io.zhiwen.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.account.Scopes;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Folding;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.rerank.RerankerSettings;
import io.zhiwen.ask.rerank.Succession;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.KeywordHits;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HybridRetrievalTest {

    private static final KnowledgeBaseId OURS = KnowledgeBaseId.random();
    private static final KnowledgeBaseId THEIRS = KnowledgeBaseId.random();

    private final Map<Long, StoredChunk> live = new LinkedHashMap<>();
    private final Letters chinese = new Letters("zh");
    private final Letters english = new Letters("en");
    private final Encoders encoders = new Encoders(chinese, english);
    private final Trace.Recorder trace = new Trace.Recorder();
    private final List<HybridRetrieval> opened = new ArrayList<>();

    @TempDir Path folder;
    private LuceneIndex index;

    @BeforeEach
    void open() {
        index = LuceneIndex.open(folder);
    }

    @AfterEach
    void close() {
        chinese.gate.countDown();
        english.gate.countDown();
        opened.forEach(HybridRetrieval::destroy);
        index.close();
    }

    @Test
    void findsThePassageThatSaysItInEitherLanguage() {
        add(1, OURS, "Employees get five days of annual leave.");
        add(2, OURS, "The printer needs toner.");
        add(3, OURS, "员工享有五天年假。");

        assertThat(find("annual leave", OURS).getFirst().source().id()).isEqualTo(1);
        assertThat(find("年假", OURS).getFirst().source().id()).isEqualTo(3);
    }

    @Test
    void aChineseQuestionFindsEnglishTextAndAnEnglishOneChineseText() {
        add(1, OURS, "The printer needs toner.");
        add(2, OURS, "Employees get five days of annual leave.");
        add(3, THEIRS, "打印机需要碳粉。");
        add(4, THEIRS, "员工享有五天年假。");

        assertThat(find("员工有多少天年假？", OURS).getFirst().source().id()).isEqualTo(2);
        assertThat(trace.done().entries().get("translation").toString())
                .contains("annual leave")
                .contains("how many");
        assertThat(trace.missesALeg()).isFalse();
        assertThat(find("How many days of annual leave?", THEIRS).getFirst().source().id())
                .isEqualTo(4);
        assertThat(trace.done().entries().get("translation").toString()).contains("年假");
    }

    @Test
    void whatAnInterpreterSaysIsSearchedAndTheDictionaryWhereItSaysNothing() {
        add(1, OURS, "Hobson wrote about imperialism in 1902.");
        add(2, OURS, "Employees get five days of annual leave.");
        HybridRetrieval retrieval =
                retrieval(
                        profile(
                                RetrievalProfile.RerankerKind.LATE_INTERACTION,
                                Duration.ofSeconds(20)));
        Question asked = question("霍布森写了什么？", OURS);

        List<Passage> found =
                retrieval.find(
                        asked.saidBy((_, in) -> Optional.of("What did Hobson write? " + in.tag())),
                        5,
                        trace);

        assertThat(found.getFirst().source().id()).isEqualTo(1);
        assertThat(found.getFirst().relevance()).isGreaterThan(0.5);
        assertThat(trace.done().entries().get("translation").toString())
                .contains("by=model", "What did Hobson write? en");
        find("员工有多少天年假？", OURS);
        assertThat(trace.done().entries().get("translation").toString())
                .contains("by=dictionary", "annual leave");
        Question ours = question("annual leave", OURS);
        retrieval.find(
                ours.saidBy(
                        (_, _) -> {
                            throw new AssertionError("nothing here is in Chinese");
                        }),
                5,
                trace);
    }

    @Test
    void whereEveryPassageSpeaksTheQuestionsLanguageNothingIsTranslated() {
        add(1, OURS, "Employees get five days of annual leave.");
        add(2, THEIRS, "员工享有五天年假。");

        find("annual leave of employees", OURS);

        assertThat(trace.done().entries()).doesNotContainKey("translation");
        assertThat((List<?>) trace.done().entries().get("legs")).hasSize(2);
    }

    @Test
    void inAMixedBaseBothLanguagesAreReadAndEachPassageIsShownOnce() {
        add(1, OURS, "The X200 printer needs toner.");
        add(2, OURS, "X200 打印机需要碳粉。");
        add(3, OURS, "Employees get five days of annual leave.");

        List<Passage> found = find("X200 打印机需要什么？", OURS);

        assertThat(ids(found)).startsWith(2L).contains(1L).doesNotHaveDuplicates();
        assertThat(found).isSortedAccordingTo(Comparator.comparing(Passage::score).reversed());
        assertThat((List<?>) trace.done().entries().get("legs")).hasSize(4);
    }

    @Test
    void theStoreHasTheLastWordOnWhatMayBeShown() {
        add(1, OURS, "annual leave here");
        add(2, THEIRS, "annual leave there");
        add(3, OURS, "annual leave elsewhere");

        assertThat(ids(find("annual leave", OURS))).containsExactlyInAnyOrder(1L, 3L);

        live.remove(3L);

        assertThat(ids(find("annual leave", OURS))).containsExactly(1L);
    }

    @Test
    void anEmptyScopeAsksNobody() {
        add(1, OURS, "annual leave");

        assertThat(retrieval(RetrievalProfile.DEFAULT).find(question("leave"), 5, trace)).isEmpty();
        assertThat(trace.done().entries()).doesNotContainKey("legs");
    }

    @Test
    void whatCannotBeReadInTimeKeepsItsFusedOrderAndTheTraceSaysSo() {
        add(1, OURS, "leave leave leave");
        add(2, OURS, "leave of something longer and longer than that");
        HybridRetrieval unread = retrieval(RetrievalProfile.DEFAULT.withoutRerank());
        List<Long> fusedOrder = ids(unread.find(question("leave", OURS), 5, trace));
        english.slow = true;
        RetrievalProfile hurried =
                profile(RetrievalProfile.RerankerKind.LATE_INTERACTION, Duration.ofMillis(50));

        long since = System.nanoTime();
        List<Passage> found = retrieval(hurried).find(question("leave", OURS), 5, trace);

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(30));
        assertThat(ids(found)).isEqualTo(fusedOrder);
        assertThat(rerank()).containsEntry("over-budget", true).containsEntry("scored", 0);
    }

    @Test
    void whileItSearchesTheWorkOnFilesWaits() throws InterruptedException {
        add(1, OURS, "Employees get five days of annual leave.");
        var first = new QuestionsFirst();
        var work =
                Thread.ofPlatform()
                        .unstarted(
                                () -> {
                                    try {
                                        first.letPass();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        var loading =
                new Loading(
                        (ids, _) -> {
                            work.start();
                            awaitWaiting(work);
                            return inOrder(ids);
                        },
                        Folding.NONE,
                        Succession.NONE);
        var noServer = new RerankerSettings("", "", "");
        var retrieval =
                new HybridRetrieval(
                        new Legs(index, index, encoders),
                        encoders,
                        loading,
                        RetrievalProfile.DEFAULT,
                        noServer,
                        new PassageTokens(PassageTokens.Kept.NOTHING, 0),
                        first,
                        AskObserver.NONE);
        opened.add(retrieval);

        retrieval.find(question("annual leave", OURS), 5, trace);

        assertThat(work.join(Duration.ofSeconds(20))).isTrue();
    }

    private static void awaitWaiting(Thread work) {
        while (work.getState() != Thread.State.TIMED_WAITING) {
            assertThat(work.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void aRerankServerOrdersAndWhereItFailsTheBundledEncoderReads() throws IOException {
        add(1, OURS, "annual leave");
        add(2, OURS, "annual leave of five days");
        AtomicInteger status = new AtomicInteger(200);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/rerank", exchange -> rerank(exchange, status.get(), "five days"));
        http.start();
        try {
            var server =
                    new RerankerSettings(
                            "http://127.0.0.1:" + http.getAddress().getPort() + "/v1", "", "");
            RetrievalProfile profile =
                    profile(RetrievalProfile.RerankerKind.SERVER, Duration.ofSeconds(20));
            HybridRetrieval retrieval =
                    new HybridRetrieval(
                            index, index, encoders, (ids, _) -> inOrder(ids), profile, server);
            opened.add(retrieval);

            List<Passage> found = retrieval.find(question("annual leave", OURS), 5, trace);

            assertThat(ids(found)).containsExactly(2L, 1L);
            assertThat(found.getFirst().relevance()).isGreaterThan(0.99);
            assertThat(rerank()).containsEntry("reranker", "SERVER").containsEntry("scored", 2);

            status.set(500);
            retrieval.find(question("annual leave", OURS), 5, trace);

            assertThat(rerank())
                    .containsEntry("reranker", "LATE_INTERACTION")
                    .containsEntry("scored", 2);
        } finally {
            http.stop(0);
        }
    }

    /// As a cross-encoder that knows one thing.
    private static void rerank(HttpExchange exchange, int status, String wanted)
            throws IOException {
        StringBuilder results = new StringBuilder();
        JsonNode documents =
                JsonMapper.shared().readTree(exchange.getRequestBody()).get("documents");
        for (int i = 0; i < documents.size(); i++) {
            results.append(i == 0 ? "" : ",")
                    .append(
                            "{\"index\":%d,\"relevance_score\":%d}"
                                    .formatted(
                                            i,
                                            documents.get(i).asString().contains(wanted) ? 9 : -9));
        }
        byte[] body = "{\"results\":[%s]}".formatted(results).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private List<StoredChunk> inOrder(Collection<Long> ids) {
        return ids.stream().filter(live::containsKey).map(live::get).toList();
    }

    @Test
    void aLegThatFailsIsMissingAndSaysSo() {
        add(1, OURS, "annual leave");
        KeywordIndex broken = new BrokenWords();

        List<Passage> found =
                retrieval(broken, index, RetrievalProfile.DEFAULT)
                        .find(question("annual leave", OURS), 5, trace);

        assertThat(ids(found)).containsExactly(1L);
        assertThat(trace.done().entries().get("legs").toString()).contains("the disk is gone");
        assertThat(trace.missesALeg()).isTrue();
        assertThat(found.getFirst().relevance()).as("not irrelevant").isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void thatNoLegCanSearchIsAnErrorAndNotNoAnswer() {
        VectorIndex broken = new BrokenVectors();

        assertThatThrownBy(
                        () ->
                                retrieval(new BrokenWords(), broken, RetrievalProfile.DEFAULT)
                                        .find(question("leave", OURS), 5, trace))
                .isInstanceOf(SearchUnavailable.class)
                .hasMessageContaining("no leg");
    }

    @Test
    void legsThatAreAllLateAreWaitedForRatherThanGivingNoAnswer() {
        add(1, OURS, "annual leave");
        RetrievalProfile hurried =
                profile(RetrievalProfile.RerankerKind.NONE, Duration.ZERO, Duration.ofSeconds(1));
        KeywordIndex late =
                new BrokenWords() {
                    @Override
                    public KeywordHits search(String query, Reach reach, int limit) {
                        try {
                            Thread.sleep(1100);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return index.search(query, reach, limit);
                    }
                };

        assertThat(
                        ids(
                                retrieval(late, new BrokenVectors(), hurried)
                                        .find(question("annual leave", OURS), 5, trace)))
                .containsExactly(1L);
    }

    @Test
    void whoFindsNoPlaceInTimeIsToldToComeAgain() throws Exception {
        add(1, OURS, "annual leave");
        RetrievalProfile hurried =
                profile(RetrievalProfile.RerankerKind.NONE, Duration.ZERO, Duration.ofMillis(200));
        CountDownLatch full = new CountDownLatch(32);
        CountDownLatch go = new CountDownLatch(1);
        HybridRetrieval retrieval =
                new HybridRetrieval(
                        index,
                        index,
                        encoders,
                        (_, _) -> {
                            full.countDown();
                            awaitQuietly(go);
                            return List.of();
                        },
                        hurried);
        opened.add(retrieval);
        try (ExecutorService askers = Executors.newCachedThreadPool()) {
            for (int i = 0; i < 32; i++) {
                askers.submit(
                        () -> retrieval.find(question("leave", OURS), 5, new Trace.Recorder()));
            }
            full.await();

            assertThatThrownBy(() -> retrieval.find(question("leave", OURS), 5, trace))
                    .isInstanceOf(SearchUnavailable.class)
                    .hasMessageContaining("more questions");

            go.countDown();
        }
        assertThat(retrieval.find(question("leave", OURS), 5, trace)).isEmpty();
    }

    @Test
    void aPassageThatRepeatsABetterOneComesLast() {
        String text = "Annual leave is five days, to be taken until the end of March each year.";
        add(1, OURS, text);
        add(2, OURS, text);
        add(3, OURS, "Unpaid leave needs the consent of the manager and of the works council.");

        List<Long> found = ids(find("annual leave five days", OURS));

        assertThat(found).containsExactly(1L, 3L, 2L);
    }

    @Test
    void aQuestionWithoutWordsIsAnsweredByTheVectors() {
        add(1, OURS, "🙂 smiles");
        add(2, OURS, "nothing");

        assertThat(find("🙂", OURS)).hasSize(2);
    }

    @Test
    void relevanceIsBetweenNoneAndCertain() {
        add(1, OURS, "Employees get five days of annual leave.");
        add(2, OURS, "zzz");

        for (Passage passage : find("annual leave", OURS)) {
            assertThat(passage.relevance()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void theTraceNamesLegsFusionRerankAndTimes() {
        add(1, OURS, "annual leave");
        find("annual leave", OURS);

        assertThat(trace.done().entries())
                .containsKeys("legs", "fused", "rerank", "retrieved", "retrieval-ms");
        assertThat(trace.done().entries().get("legs").toString()).doesNotContain("missing");
        assertThat(rerank()).containsEntry("over-budget", false).containsEntry("scored", 1);
    }

    private void add(long id, KnowledgeBaseId base, String text) {
        Span span = new Span(0, text.length());
        Language language = Language.of(text);
        DocumentId document = DocumentId.random();
        StoredChunk chunk =
                new StoredChunk(
                        id,
                        base,
                        document,
                        1,
                        "note.txt",
                        new Chunk(0, text, List.of(), null, null, span, span, 1, language));
        Encoder encoder = encoders.of(language);
        live.put(id, chunk);
        index.apply(
                List.of(
                        new IndexedDocument(
                                document,
                                List.of(
                                        new IndexedDocument.Entry(
                                                chunk, encoder.space(), encoder.embed(text))))),
                id);
    }

    private List<Passage> find(String text, KnowledgeBaseId... bases) {
        return retrieval(
                        profile(
                                RetrievalProfile.RerankerKind.LATE_INTERACTION,
                                Duration.ofSeconds(20)))
                .find(question(text, bases), 5, trace);
    }

    private HybridRetrieval retrieval(RetrievalProfile profile) {
        return retrieval(index, index, profile);
    }

    private HybridRetrieval retrieval(
            KeywordIndex words, VectorIndex vectors, RetrievalProfile profile) {
        HybridRetrieval retrieval =
                new HybridRetrieval(
                        words,
                        vectors,
                        encoders,
                        (ids, reach) ->
                                ids.stream()
                                        .filter(live::containsKey)
                                        .map(live::get)
                                        .filter(chunk -> reach.whole().contains(chunk.base()))
                                        .toList(),
                        profile);
        opened.add(retrieval);
        return retrieval;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RetrievalProfile profile(
            RetrievalProfile.RerankerKind reranker, Duration rerankBudget) {
        return profile(reranker, rerankBudget, Duration.ofSeconds(20));
    }

    private static RetrievalProfile profile(
            RetrievalProfile.RerankerKind reranker, Duration rerankBudget, Duration legBudget) {
        RetrievalProfile profile = RetrievalProfile.DEFAULT;
        return new RetrievalProfile(
                profile.candidates(),
                profile.efSearch(),
                legBudget,
                reranker,
                profile.reranked(),
                rerankBudget,
                profile.tokenCache());
    }

    private Map<String, Object> rerank() {
        Map<String, Object> said = new LinkedHashMap<>();
        ((Map<?, ?>) trace.done().entries().get("rerank"))
                .forEach((name, value) -> said.put(String.valueOf(name), value));
        return said;
    }

    private static Question question(String text, KnowledgeBaseId... bases) {
        return new Question(text, text, Language.of(text), Scopes.of(bases));
    }

    private static List<Long> ids(List<Passage> passages) {
        return passages.stream().map(passage -> passage.source().id()).toList();
    }

    private static final class BrokenVectors implements VectorIndex {

        @Override
        public List<ScoredChunk> nearest(
                EmbeddingSpace space, float[] vector, Reach reach, int limit) {
            throw new IllegalStateException("the disk is gone");
        }

        @Override
        public boolean holds(EmbeddingSpace space, Reach reach) {
            throw new IllegalStateException("the disk is gone");
        }
    }

    private static class BrokenWords implements KeywordIndex {

        @Override
        public KeywordHits search(String query, Reach reach, int limit) {
            throw new IllegalStateException("the disk is gone");
        }

        @Override
        public KeywordHits search(Rendering question, Reach reach, int limit) {
            throw new IllegalStateException("the disk is gone");
        }

        @Override
        public Rendering inContext(Rendering question, Reach reach) {
            throw new IllegalStateException("the disk is gone");
        }
    }

    /// A text is how often it has each letter; a token is a character.
    private static final class Letters implements Encoder {

        private static final int DIMENSION = 64;

        private final EmbeddingSpace space;
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile boolean slow;

        Letters(String name) {
            this.space = new EmbeddingSpace(name, name.repeat(32), DIMENSION);
        }

        @Override
        public EmbeddingSpace space() {
            return space;
        }

        @Override
        public float[] embed(String text) {
            float[] vector = new float[DIMENSION];
            text.chars().forEach(c -> vector[c % DIMENSION]++);
            return vector;
        }

        /// Never ready while the test runs, when it is slow.
        @Override
        public TokenVectors embedTokens(String text) {
            if (slow) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            float[] values = new float[text.length() * DIMENSION];
            for (int i = 0; i < text.length(); i++) {
                values[i * DIMENSION + text.charAt(i) % DIMENSION] = 1;
            }
            return new TokenVectors(
                    DIMENSION, values, new int[text.length()], new int[text.length()]);
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {
            gate.countDown();
        }
    }
}
