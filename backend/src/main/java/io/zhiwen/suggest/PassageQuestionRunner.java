package io.zhiwen.suggest;

import io.zhiwen.ask.stream.PassageReader;
import io.zhiwen.ask.stream.PassageReader.Outcome;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.node.Node;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Has models make questions of passages while nobody else wants them: one passage at a time on a
/// node, a base on one node at a time, within the limits of the base.
@Component
class PassageQuestionRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PassageQuestionRunner.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration WHILE_PEOPLE_ASK = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration SWEEP_WHEN_IDLE = Duration.ofDays(1);

    /// How a stretch of work on one base ended.
    private enum End {
        MORE,
        NOTHING_LEFT,
        PEOPLE_ASK
    }

    private final PassageWork work;
    private final MadeQuestions made;
    private final NothingLeft nothingLeft;
    private final PassageReader reader;
    private final IndexFollower follower;
    private final Node node;
    private final Semaphore woken = new Semaphore(0);

    /// The document each base is at; of the one thread.
    private final Map<KnowledgeBaseId, DocumentId> at = new HashMap<>();

    private volatile @Nullable Thread thread;

    PassageQuestionRunner(
            PassageWork work,
            MadeQuestions made,
            NothingLeft nothingLeft,
            PassageReader reader,
            IndexFollower follower,
            Node node) {
        this.work = work;
        this.made = made;
        this.nothingLeft = nothingLeft;
        this.reader = reader;
        this.follower = follower;
        this.node = node;
    }

    @Override
    public void start() {
        if (node.role().takesJobs()) {
            Thread working =
                    Thread.ofPlatform().name("passage-questions").daemon().unstarted(this::run);
            thread = working;
            working.start();
        }
    }

    @Override
    public void stop() {
        Thread working = thread;
        thread = null;
        woken.release();
        try {
            if (working != null) {
                working.join(STOP);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// Has it look now.
    void wake() {
        woken.release();
    }

    private void run() {
        try {
            while (thread == Thread.currentThread()) {
                Duration pause = LOOK;
                try {
                    pause = round();
                } catch (DataAccessException e) {
                    LOG.warn("questions of passages: {}", e.getMessage());
                } catch (RuntimeException e) {
                    LOG.error("questions of passages", e);
                }
                boolean _ = woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return how long to wait for the next
    Duration round() {
        Duration pause = LOOK;
        List<KnowledgeBaseId> bases = work.bases();
        nothingLeft.keepOnly(bases);
        at.keySet().retainAll(bases);
        for (KnowledgeBaseId base : bases) {
            End end = isStopping() || !reader.hasModel(base) ? End.NOTHING_LEFT : look(base);
            pause =
                    switch (end) {
                        case MORE -> Duration.ZERO;
                        case PEOPLE_ASK -> pause.isZero() ? pause : WHILE_PEOPLE_ASK;
                        case NOTHING_LEFT -> pause;
                    };
        }
        return pause;
    }

    private boolean isStopping() {
        return thread != Thread.currentThread();
    }

    private End look(KnowledgeBaseId base) {
        Limits limits = work.of(base).map(PassageWork.Work::limits).orElse(null);
        if (limits == null) {
            return End.NOTHING_LEFT;
        }
        if (nothingLeft.in(base, limits).isPresent()) {
            made.sweep(base, SWEEP_WHEN_IDLE);
            return End.NOTHING_LEFT;
        }
        return work.claim(base, node.name()) ? claimed(base, limits) : End.NOTHING_LEFT;
    }

    private End claimed(KnowledgeBaseId base, Limits limits) {
        String failure = "it broke off";
        try {
            long position = nothingLeft.position();
            List<StoredChunk> next = next(base, limits);
            if (next.isEmpty()) {
                nothingLeft.found(base, position, limits, made.count(base));
                made.sweep(base, SWEEP);
                failure = "";
                return End.NOTHING_LEFT;
            }
            Map<StoredChunk, Outcome.Made> ready = new LinkedHashMap<>();
            Outcome last = stretch(base, limits, next, ready);
            made.keep(ready);
            follower.wake();
            failure = last instanceof Outcome.Failed ? "the model did not answer" : "";
            return last instanceof Outcome.Busy
                    ? End.PEOPLE_ASK
                    : last instanceof Outcome.Made && !ready.isEmpty()
                            ? End.MORE
                            : End.NOTHING_LEFT;
        } finally {
            work.giveBack(base, node.name(), failure);
        }
    }

    /// From the document it was at, and once more from the first.
    private List<StoredChunk> next(KnowledgeBaseId base, Limits limits) {
        DocumentId from = at.getOrDefault(base, MadeQuestions.FIRST);
        List<StoredChunk> next = made.next(base, limits, from);
        if (next.isEmpty() && !from.equals(MadeQuestions.FIRST)) {
            next = made.next(base, limits, MadeQuestions.FIRST);
        }
        if (next.isEmpty()) {
            at.remove(base);
        } else {
            at.put(base, next.getFirst().document());
        }
        return next;
    }

    /// @return what came of the last one; the first that the day has no room for ends it as done
    private @Nullable Outcome stretch(
            KnowledgeBaseId base,
            Limits limits,
            List<StoredChunk> passages,
            Map<StoredChunk, Outcome.Made> ready) {
        long day = work.of(base).map(PassageWork.Work::spent).orElse(0L);
        long document = made.spentOn(passages.getFirst().document());
        Outcome last = null;
        for (StoredChunk passage : passages) {
            int cost = PassageWork.cost(passage);
            if (day + cost > limits.perDay() || document + cost > limits.perDocument()) {
                return last;
            }
            last = reader.read(passage, this::isStopping);
            work.spend(base, last.tokens());
            day += last.tokens();
            document += last.tokens();
            if (!(last instanceof Outcome.Made one)) {
                return last;
            }
            ready.put(passage, one);
        }
        return last;
    }
}
