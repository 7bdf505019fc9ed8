package io.zhiwen.ask.rerank;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ingest.embed.CrossEncoder;
import io.zhiwen.ingest.embed.UnusableModel;
import io.zhiwen.ingest.store.StoredChunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cross-encoder from a file, in this process. A score is the logarithm of the odds that a
/// passage answers. Passages are read a few at a time, the most promising first, on as many threads
/// as there are cores, until the budget is over. A file that cannot be used scores nothing until
/// the next start; one that is too slow to read anything is not asked again for some seconds. Safe
/// for concurrent use.
public final class OnnxReranker implements Reranker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OnnxReranker.class);

    /// Of question and passage together, as far as such models were trained.
    private static final int MOST_TOKENS = 512;

    /// Passages in one run: filled up to the longest of them, which costs more with more.
    private static final int SLICE = 2;

    private static final Duration REST = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final int workers = Runtime.getRuntime().availableProcessors();
    private final Semaphore cores = new Semaphore(workers, true);
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("cross-encoder-", 0).factory());
    private final CompletableFuture<CrossEncoder> model;
    private volatile @Nullable String unusable;
    private volatile long lateAt;
    private volatile boolean late;

    /// Begins to load the file; questions do not wait for it.
    public OnnxReranker(Path file) {
        this(file, System::nanoTime);
    }

    OnnxReranker(Path file, LongSupplier nanos) {
        this.nanos = nanos;
        this.model = CompletableFuture.supplyAsync(() -> load(file), threads);
    }

    private CrossEncoder load(Path file) {
        try {
            long since = System.nanoTime();
            CrossEncoder loaded = CrossEncoder.load(file, MOST_TOKENS);
            log.info("{} loaded in {} ms", file, (System.nanoTime() - since) / 1_000_000);
            return loaded;
        } catch (UnusableModel | RuntimeException | LinkageError e) {
            spoiled(e);
            throw new IllegalStateException(e);
        }
    }

    /// Why it scores nothing now; null when it does.
    @Nullable String silent() {
        if (unusable != null) {
            return unusable;
        }
        if (!model.isDone()) {
            return "the model is being loaded";
        }
        boolean rests = late && nanos.getAsLong() - lateAt < REST.toNanos();
        return rests ? "the model was too slow a moment ago" : null;
    }

    @Override
    public Map<Long, Double> score(String question, List<StoredChunk> candidates, Duration budget) {
        if (silent() != null || candidates.isEmpty()) {
            return Map.of();
        }
        Run run = new Run(question, candidates, System.nanoTime() + budget.toNanos());
        for (int i = 0; i < Math.min(workers, run.slices()); i++) {
            threads.execute(run);
        }
        Map<Long, Double> scores = run.await();
        late = scores.isEmpty();
        if (late && unusable == null) {
            lateAt = nanos.getAsLong();
            log.warn(
                    "the cross-encoder read nothing within {} ms and is not asked for {} s",
                    budget.toMillis(),
                    REST.toSeconds());
        }
        return scores;
    }

    @Override
    public double weight(double score) {
        return score;
    }

    @Override
    public double relevance(Relevance bundled, Signals signals, double score) {
        return 1 / (1 + Math.exp(-score));
    }

    @Override
    public void close() {
        threads.close();
        if (model.isDone() && !model.isCompletedExceptionally()) {
            model.join().close();
        }
    }

    private void spoiled(Throwable why) {
        unusable = String.valueOf(why.getMessage());
        log.error(
                "the cross-encoder is not used, the bundled encoder reads instead: {}",
                unusable,
                why);
    }

    /// One question; its workers take slice after slice until the time is over.
    private final class Run implements Runnable {

        private final String question;
        private final List<StoredChunk> candidates;
        private final long deadline;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private final Map<Long, Double> scores = new ConcurrentHashMap<>();

        Run(String question, List<StoredChunk> candidates, long deadline) {
            this.question = question;
            this.candidates = candidates;
            this.deadline = deadline;
            this.left = new CountDownLatch(slices());
        }

        int slices() {
            return (candidates.size() + SLICE - 1) / SLICE;
        }

        @Override
        public void run() {
            try {
                long rest = deadline - System.nanoTime();
                if (!cores.tryAcquire(Math.max(0, rest), TimeUnit.NANOSECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                for (int slice = next.getAndIncrement();
                        slice < slices() && System.nanoTime() < deadline && unusable == null;
                        slice = next.getAndIncrement()) {
                    read(slice);
                }
            } finally {
                cores.release();
            }
        }

        private void read(int slice) {
            int from = slice * SLICE;
            List<StoredChunk> some =
                    candidates.subList(from, Math.min(from + SLICE, candidates.size()));
            try {
                float[] given =
                        model.join()
                                .score(
                                        question,
                                        some.stream()
                                                .map(one -> one.chunk().embeddedText())
                                                .toList());
                for (int i = 0; i < given.length; i++) {
                    scores.put(some.get(i).id(), (double) given[i]);
                }
            } catch (UnusableModel e) {
                spoiled(e);
                while (left.getCount() > 1) {
                    left.countDown(); // nobody reads the others
                }
            } catch (RuntimeException e) {
                log.warn("a passage of {} cannot be scored", some.getFirst().document(), e);
            } finally {
                left.countDown();
            }
        }

        /// What was read in time; nothing of a model that has spoiled one.
        Map<Long, Double> await() {
            try {
                long rest = deadline - System.nanoTime();
                if (!left.await(Math.max(0, rest), TimeUnit.NANOSECONDS)) {
                    log.debug("{} of {} slices not read", left.getCount(), slices());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return unusable == null ? Map.copyOf(scores) : Map.of();
        }
    }
}
