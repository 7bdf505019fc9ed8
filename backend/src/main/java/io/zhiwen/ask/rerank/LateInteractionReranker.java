package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundled reranker: the encoder of the question's language reads question and passage token by
/// token. Costs no download, and next to no time where the passages' tokens are kept.
public final class LateInteractionReranker implements Reranker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LateInteractionReranker.class);

    /// How much late interaction weighs; chosen over all evaluation sets together.
    private static final double SHARPNESS = 30;

    private final Encoders encoders;
    private final PassageTokens passages;
    private final int workers = Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("rerank-", 0).factory());

    public LateInteractionReranker(Encoders encoders, PassageTokens passages) {
        this.encoders = encoders;
        this.passages = passages;
    }

    @Override
    public Map<Long, Double> score(String question, List<StoredChunk> candidates, Duration budget) {
        long deadline = System.nanoTime() + budget.toNanos();
        Run run = new Run(question, candidates, deadline);
        for (int i = 0; i < Math.min(workers, candidates.size()); i++) {
            threads.execute(run);
        }
        run.await();
        return run.scores();
    }

    @Override
    public double weight(double score) {
        return SHARPNESS * score;
    }

    @Override
    public double relevance(Relevance bundled, Signals signals, double score) {
        return bundled.of(signals, score);
    }

    @Override
    public void close() {
        threads.close();
    }

    /// One question; its workers take candidate after candidate until the time is over, those first
    /// whose tokens are known: passages in the other language, which this encoder has to read, do
    /// not keep the others from being scored. A passage that is being read then is read to its end,
    /// for the next question.
    private final class Run implements Runnable {

        private final Encoder encoder;
        private final PassageTokens.Reading tokens;
        private final String question;
        private final List<StoredChunk> candidates;
        private final long deadline;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private final Map<Long, Double> scores = new ConcurrentHashMap<>();
        private final LazyTokens questionTokens;

        Run(String question, List<StoredChunk> candidates, long deadline) {
            this.encoder = encoders.of(Language.of(question));
            this.tokens = passages.of(candidates, encoder);
            this.question = SearchText.fold(question);
            this.candidates =
                    Stream.concat(
                                    candidates.stream().filter(tokens::isKnown),
                                    candidates.stream().filter(one -> !tokens.isKnown(one)))
                            .toList();
            this.deadline = deadline;
            this.left = new CountDownLatch(candidates.size());
            this.questionTokens = new LazyTokens();
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement();
                    i < candidates.size() && System.nanoTime() < deadline;
                    i = next.getAndIncrement()) {
                StoredChunk candidate = candidates.get(i);
                try {
                    scores.put(
                            candidate.id(),
                            LateInteraction.scoreWithBestStretch(
                                    questionTokens.get(), tokens.of(candidate)));
                } catch (RuntimeException e) {
                    log.warn("passage {} cannot be scored", candidate.id(), e);
                } finally {
                    left.countDown();
                }
            }
        }

        void await() {
            try {
                long rest = deadline - System.nanoTime();
                if (!left.await(Math.max(0, rest), TimeUnit.NANOSECONDS)) {
                    log.debug("{} of {} passages not scored", left.getCount(), candidates.size());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        Map<Long, Double> scores() {
            return Map.copyOf(scores);
        }

        /// The question is read once, by whichever worker comes first.
        private final class LazyTokens {

            private @org.jspecify.annotations.Nullable TokenVectors tokens;

            synchronized TokenVectors get() {
                if (tokens == null) {
                    tokens = encoder.embedTokens(question);
                }
                return tokens;
            }
        }
    }
}
