package io.zhiwen.ask;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Folding;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.rerank.RerankerSettings;
import io.zhiwen.ask.rerank.Rerankers;
import io.zhiwen.ask.rerank.Succession;
import io.zhiwen.ask.rerank.Twins;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import io.zhiwen.ask.retrieve.Searched;
import io.zhiwen.ask.retrieve.ServedBases;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Words and vectors, joined, read again by the reranker. The store has the last word on what may
/// be shown: an index may be behind, the store is not.
@Component
public final class HybridRetrieval implements Retrieval, DisposableBean {

    /// Questions searched at the same time; more wait in line.
    private static final int AT_ONCE = 32;

    private static final RerankerSettings NO_SERVER = new RerankerSettings("", "", "");

    /// How many times a leg's budget a question waits in line: enough for some hundred that come at
    /// the same moment.
    private static final int PATIENCE = 15;

    /// Chunks that are live and in reach now; `ChunkStore::live`.
    @FunctionalInterface
    public interface LiveChunks {
        List<StoredChunk> live(Collection<Long> ids, Reach reach);
    }

    private final Legs legs;
    private final Loading loading;
    private final Rerankers rerankers;
    private final Passes passes;
    private final RetrievalProfile configured;
    private final AskObserver observer;
    private final QuestionsFirst first;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    @Autowired
    HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            ServedBases served,
            ChunkStore store,
            NearDuplicates duplicates,
            RetrievalProfile profile,
            RerankerSettings server,
            PassageTokens passages,
            QuestionsFirst first,
            List<AskObserver> observers) {
        if (!server.allows(profile.reranker())) {
            throw new IllegalStateException(
                    profile.reranker() == RerankerKind.SERVER
                            ? "zhiwen.retrieval.reranker is server, and zhiwen.reranker.url names none"
                            : "zhiwen.retrieval.reranker is onnx, and zhiwen.reranker.model names no"
                                    + " file, or zhiwen.reranker.url a server");
        }
        this(
                new Legs(keyword, vectors, encoders, served),
                encoders,
                new Loading(
                        store::live,
                        new Folding(duplicates::compared, duplicates.from()),
                        new Succession(store::successors)),
                profile,
                server,
                passages,
                first,
                AskObserver.all(observers));
    }

    public HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            LiveChunks store,
            RetrievalProfile profile) {
        this(keyword, vectors, encoders, store, Folding.NONE, profile);
    }

    public HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            LiveChunks store,
            Folding folding,
            RetrievalProfile profile) {
        this(
                new Legs(keyword, vectors, encoders),
                encoders,
                new Loading(store, folding, Succession.NONE),
                profile,
                NO_SERVER,
                new PassageTokens(PassageTokens.Kept.NOTHING, profile.tokenCache().toBytes()),
                new QuestionsFirst(),
                AskObserver.NONE);
    }

    HybridRetrieval(
            KeywordIndex keyword,
            VectorIndex vectors,
            Encoders encoders,
            LiveChunks store,
            RetrievalProfile profile,
            RerankerSettings server) {
        this(
                new Legs(keyword, vectors, encoders),
                encoders,
                new Loading(store, Folding.NONE, Succession.NONE),
                profile,
                server,
                new PassageTokens(PassageTokens.Kept.NOTHING, profile.tokenCache().toBytes()),
                new QuestionsFirst(),
                AskObserver.NONE);
    }

    HybridRetrieval(
            Legs legs,
            Encoders encoders,
            Loading loading,
            RetrievalProfile profile,
            RerankerSettings server,
            PassageTokens passages,
            QuestionsFirst first,
            AskObserver observer) {
        this.observer = observer;
        this.first = first;
        this.legs = legs;
        this.loading = loading;
        this.configured = profile;
        this.rerankers = new Rerankers(encoders, passages, server);
        this.passes = new Passes(loading, rerankers);
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
        try (var _ = first.begin()) {
            return search(question, limit, profile, trace);
        } finally {
            places.release();
        }
    }

    @Override
    public void destroy() {
        legs.close();
        rerankers.close();
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
        Searched searched = legs.search(question, profile);
        List<Leg> found = searched.legs();
        trace.put("legs", found.stream().map(Described::leg).toList());
        watch.lap("retrieve");

        Pass pass = passes.of(question, searched, limit, profile, watch);
        trace.put("fused", Described.hits(pass.fused().ranking().hits()));
        if (searched.translation() != null) {
            trace.put("translation", Described.translation(searched.translation()));
        }
        var told =
                new AskObserver.Retrieved(
                        found,
                        watch.lapOf("fuse"),
                        watch.lapOf("load"),
                        watch.lapOf("rerank"),
                        profile.reranker() == RerankerKind.NONE ? 0 : pass.reread(),
                        pass.scores().size());
        trace.put("rerank", Described.rerank(pass, told.overBudget()));
        if (!pass.folded().isEmpty()) {
            trace.put("folded", Described.folded(pass.folded()));
        }
        observer.retrieved(told);
        trace.retrieved(told);

        Succession.Ordered succeeded = loading.succession().order(pass.standing());
        if (!succeeded.before().isEmpty()) {
            trace.put("succeeded", Described.succeeded(succeeded.before()));
        }
        List<Passage> passages = Twins.last(succeeded.passages(), succeeded.firsts());
        List<Passage> first =
                passages.stream()
                        .limit(limit)
                        .map(passage -> told.isPartial() ? passage.undecided() : passage)
                        .toList();
        trace.put("retrieved", first.stream().map(Described::passage).toList());
        trace.put("retrieval-ms", watch.laps());
        trace.steps(
                () ->
                        new RetrievalSteps(
                                profile,
                                pass.readBy(),
                                found,
                                pass.fused(),
                                loading.all(pass.fused(), question.scope().reach()),
                                pass.folded(),
                                pass.candidates().stream().map(StoredChunk::id).toList(),
                                pass.reread(),
                                pass.scores(),
                                told.overBudget(),
                                succeeded.passages(),
                                succeeded.before(),
                                passages,
                                first,
                                watch.laps()));
        return first;
    }
}
