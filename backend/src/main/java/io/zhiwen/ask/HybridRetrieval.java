package io.zhiwen.ask;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fusion;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.LateInteractionReranker;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.Reordering;
import io.zhiwen.ask.rerank.Reranker;
import io.zhiwen.ask.rerank.Twins;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Words and vectors, joined, read again by the reranker. The store has the last word on what may
/// be shown: an index may be behind, the store is not.
@Component
public final class HybridRetrieval implements Retrieval, DisposableBean {

    /// How many first candidates a trace names.
    private static final int TRACED = 10;

    /// Loaded beyond what is asked for: some may be gone, some may be twins.
    private static final int SPARE = 10;

    /// Questions searched at the same time; more wait in line.
    private static final int AT_ONCE = 32;

    /// How many times a leg's budget a question waits in line: enough for some hundred that come at
    /// the same moment.
    private static final int PATIENCE = 15;

    /// Chunks that are live and in reach now; `ChunkStore::live`.
    @FunctionalInterface
    public interface LiveChunks {
        List<StoredChunk> live(Collection<Long> ids, Reach reach);
    }

    private final Legs legs;
    private final LiveChunks store;
    private final LateInteractionReranker bundled;
    private final RetrievalProfile configured;
    private final AskObserver observer;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    @Autowired
    HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            ChunkStore store,
            RetrievalProfile profile,
            List<AskObserver> observers) {
        this(keyword, vectors, encoders, store::live, profile, AskObserver.all(observers));
    }

    public HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            LiveChunks store,
            RetrievalProfile profile) {
        this(keyword, vectors, encoders, store, profile, AskObserver.NONE);
    }

    private HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            LiveChunks store,
            RetrievalProfile profile,
            AskObserver observer) {
        this.observer = observer;
        this.legs = new Legs(keyword, vectors, encoders);
        this.store = store;
        this.configured = profile;
        this.bundled = new LateInteractionReranker(encoders, profile.tokenCache().toBytes());
    }

    /// With the profile it was made with.
    public List<Passage> find(Question question, int limit, Trace.Recorder trace) {
        return find(question, limit, configured, trace);
    }

    @Override
    public List<Passage> find(
            Question question, int limit, RetrievalProfile profile, Trace.Recorder trace) {
        if (question.scope().isEmpty() || limit < 1) {
            trace.put("retrieval", "nothing may be searched");
            return List.of();
        }
        takePlace(profile.legBudget().multipliedBy(PATIENCE));
        try {
            return search(question, limit, profile, trace);
        } finally {
            places.release();
        }
    }

    @Override
    public void destroy() {
        legs.close();
        bundled.close();
    }

    private void takePlace(Duration atMost) {
        try {
            if (!places.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SearchUnavailable("more questions at once than can be searched");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchUnavailable("interrupted");
        }
    }

    private List<Passage> search(
            Question question, int limit, RetrievalProfile profile, Trace.Recorder trace) {
        Stopwatch watch = new Stopwatch();
        List<Leg> found = legs.search(question, profile);
        trace.put("legs", found.stream().map(HybridRetrieval::describe).toList());
        watch.lap("retrieve");

        Fused fused = Fusion.fuse(found);
        trace.put("fused", describe(fused.ranking().hits()));
        watch.lap("fuse");

        List<StoredChunk> candidates =
                load(fused, Math.max(profile.reranked(), limit), question.scope().reach());
        watch.lap("load");

        List<StoredChunk> reread =
                candidates.subList(0, Math.min(profile.reranked(), candidates.size()));
        Reranker reranker = reranker(profile.reranker());
        Map<Long, Double> scores = reranker.score(question.text(), reread, profile.rerankBudget());
        watch.lap("rerank");
        var told =
                new AskObserver.Retrieved(
                        found,
                        watch.lapOf("fuse"),
                        watch.lapOf("load"),
                        watch.lapOf("rerank"),
                        profile.reranker() == RetrievalProfile.RerankerKind.NONE
                                ? 0
                                : reread.size(),
                        scores.size());
        trace.put("rerank", describe(profile, reread.size(), scores, told.overBudget()));
        observer.retrieved(told);
        trace.retrieved(told);

        List<Passage> reordered = Reordering.reorder(candidates, reread.size(), fused, scores);
        List<Passage> passages = Twins.last(reordered);
        List<Passage> first =
                passages.stream()
                        .limit(limit)
                        .map(passage -> told.isPartial() ? passage.undecided() : passage)
                        .toList();
        trace.put("retrieved", first.stream().map(HybridRetrieval::describe).toList());
        trace.put("retrieval-ms", watch.laps());
        trace.steps(
                () ->
                        new RetrievalSteps(
                                profile,
                                found,
                                fused,
                                named(fused, question.scope().reach()),
                                candidates.stream().map(StoredChunk::id).toList(),
                                reread.size(),
                                scores,
                                told.overBudget(),
                                reordered,
                                passages,
                                first,
                                watch.laps()));
        return first;
    }

    private Reranker reranker(RetrievalProfile.RerankerKind kind) {
        return switch (kind) {
            case NONE -> (_, _, _) -> Map.of();
            case LATE_INTERACTION -> bundled;
        };
    }

    private List<StoredChunk> load(Fused fused, int wanted, Reach reach) {
        List<Long> ids =
                fused.ranking().hits().stream()
                        .limit(wanted + (long) SPARE)
                        .map(Hit::chunk)
                        .toList();
        return store.live(ids, reach);
    }

    /// Every candidate that may be shown, for those who look at the steps.
    private Map<Long, StoredChunk> named(Fused fused, Reach reach) {
        List<Long> ids = fused.ranking().hits().stream().map(Hit::chunk).toList();
        return store.live(ids, reach).stream()
                .collect(Collectors.toMap(StoredChunk::id, Function.identity()));
    }

    private static Map<String, Object> describe(Leg leg) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("leg", leg.ranking().leg());
        said.put("ms", leg.took().toMillis());
        if (leg.missing() != null) {
            said.put("missing", leg.missing());
        }
        if (leg.kind() == Leg.Kind.KEYWORD) {
            said.put("ceiling", leg.ceiling());
        }
        said.put("speaks-question", leg.speaksQuestion());
        said.put("found", leg.ranking().hits().size());
        said.put("first", describe(leg.ranking().hits()));
        return said;
    }

    private static List<Map<String, Object>> describe(List<Hit> hits) {
        return hits.stream()
                .limit(TRACED)
                .map(hit -> Map.<String, Object>of("chunk", hit.chunk(), "score", hit.score()))
                .toList();
    }

    private static Map<String, Object> describe(
            RetrievalProfile profile,
            int candidates,
            Map<Long, Double> scores,
            boolean overBudget) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("reranker", profile.reranker().name());
        said.put("candidates", candidates);
        said.put("scored", scores.size());
        said.put("over-budget", overBudget);
        said.put("scores", scores);
        return said;
    }

    private static Map<String, Object> describe(Passage passage) {
        return Map.of(
                "chunk", passage.source().id(),
                "score", passage.score(),
                "relevance", passage.relevance());
    }

    /// Time per stage in milliseconds.
    private static final class Stopwatch {

        private final Map<String, Double> laps = new LinkedHashMap<>();
        private long since = System.nanoTime();

        void lap(String stage) {
            long now = System.nanoTime();
            laps.put(stage, (now - since) / 1e6);
            since = now;
        }

        Duration lapOf(String stage) {
            return Duration.ofNanos(Math.round(laps.getOrDefault(stage, 0.0) * 1e6));
        }

        Map<String, Double> laps() {
            return Map.copyOf(laps);
        }
    }
}
