package io.zhiwen.suggest;

import io.zhiwen.ask.stream.PassageReader;
import io.zhiwen.ask.stream.PassageReader.Outcome;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.node.Node;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.time.Duration;
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

    /// How a stretch of work on one base ended.
    private enum End {
        MORE,
        NOTHING_LEFT,
        PEOPLE_ASK
    }

    private final PassageQuestionRows rows;
    private final PassageReader reader;
    private final IndexFollower follower;
    private final Node node;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;

    PassageQuestionRunner(
            PassageQuestionRows rows, PassageReader reader, IndexFollower follower, Node node) {
        this.rows = rows;
        this.reader = reader;
        this.follower = follower;
        this.node = node;
    }

    @Override
    public void start() {
        if (node.role().takesJobs()) {
            Thread working =
                    Thread.ofPlatform().name("passage-questions").daemon().unstarted(this::work);
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

    private void work() {
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
    private Duration round() {
        Duration pause = LOOK;
        for (KnowledgeBaseId base : rows.bases()) {
            End end = End.NOTHING_LEFT;
            if (!isStopping() && reader.hasModel(base) && rows.claim(base, node.name())) {
                end = claimed(base);
            }
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

    private End claimed(KnowledgeBaseId base) {
        String failure = "it broke off";
        try {
            var limits = rows.work(base).map(PassageQuestionRows.Work::limits).orElse(null);
            List<StoredChunk> next = limits == null ? List.of() : rows.next(base, limits);
            if (limits == null || next.isEmpty()) {
                rows.sweep(base);
                failure = "";
                return End.NOTHING_LEFT;
            }
            Map<StoredChunk, Outcome.Made> made = new LinkedHashMap<>();
            Outcome last = stretch(base, limits, next, made);
            rows.keep(made);
            follower.wake();
            failure = last instanceof Outcome.Failed ? "the model did not answer" : "";
            return last instanceof Outcome.Busy
                    ? End.PEOPLE_ASK
                    : last instanceof Outcome.Made && !made.isEmpty() ? End.MORE : End.NOTHING_LEFT;
        } finally {
            rows.giveBack(base, node.name(), failure);
        }
    }

    /// @return what came of the last one; the first that the day has no room for ends it as done
    private @Nullable Outcome stretch(
            KnowledgeBaseId base,
            Limits limits,
            List<StoredChunk> passages,
            Map<StoredChunk, Outcome.Made> made) {
        long day = rows.work(base).map(PassageQuestionRows.Work::spent).orElse(0L);
        long document = rows.spentOn(passages.getFirst().document());
        Outcome last = null;
        for (StoredChunk passage : passages) {
            int cost = PassageQuestionRows.cost(passage);
            if (day + cost > limits.perDay() || document + cost > limits.perDocument()) {
                return last;
            }
            last = reader.read(passage, this::isStopping);
            rows.spend(base, last.tokens());
            day += last.tokens();
            document += last.tokens();
            if (!(last instanceof Outcome.Made one)) {
                return last;
            }
            made.put(passage, one);
        }
        return last;
    }
}
