package io.zhiwen.library;

import io.zhiwen.ingest.Ingestion;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.AttemptLost;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.OtherSpace;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.LocalBlob;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Does one job: brings a version to `ready`, to `held`, to `failed`, or back into the queue.
@Component
final class IngestWorker {

    private static final Logger LOG = LoggerFactory.getLogger(IngestWorker.class);

    /// A version that was taken this often and neither finished nor failed takes the process down.
    private static final int MOST_TRIES = 10;

    sealed interface Outcome {}

    /// The job leaves the queue.
    record Finished() implements Outcome {}

    /// The job stays in the queue.
    record Again(Instant at) implements Outcome {}

    private final Versions versions;
    private final BlobStore blobs;
    private final Ingestion ingestion;
    private final ChunkStore chunks;
    private final ObjectFactory<Unpacking> unpacking;
    private final IndexFollower follower;
    private final IngestSettings settings;
    private final InstantSource clock;
    private final JobObserver observer;
    private final Map<UUID, Thread> running = new HashMap<>();
    private boolean stopping;

    /// @param unpacking asked for when needed: it fills the queue that this works on
    IngestWorker(
            Versions versions,
            BlobStore blobs,
            Ingestion ingestion,
            ChunkStore chunks,
            ObjectFactory<Unpacking> unpacking,
            IndexFollower follower,
            IngestSettings settings,
            InstantSource clock,
            List<JobObserver> observers) {
        this.versions = versions;
        this.blobs = blobs;
        this.ingestion = ingestion;
        this.chunks = chunks;
        this.unpacking = unpacking;
        this.follower = follower;
        this.settings = settings;
        this.clock = clock;
        this.observer = JobObserver.all(observers);
    }

    Outcome run(UUID job) {
        if (!enter(job)) {
            return new Again(clock.instant());
        }
        try {
            Optional<Versions.Work> work = versions.take(job);
            return work.isPresent() ? named(work.get()) : new Finished();
        } finally {
            leave(job);
        }
    }

    /// The jobs that are worked on here.
    synchronized Set<UUID> running() {
        return Set.copyOf(running.keySet());
    }

    /// Ends the work on a job, if it is done here.
    synchronized void interrupt(UUID job) {
        Thread thread = running.get(job);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// Ends all work; the jobs stay in the queue.
    synchronized void stop() {
        stopping = true;
        running.values().forEach(Thread::interrupt);
    }

    /// Each log line of the work says whose it is.
    private Outcome named(Versions.Work work) {
        var attempt = work.attempt();
        try (var _ = MDC.putCloseable("document", attempt.document().toString());
                var _ = MDC.putCloseable("attempt", attempt.version() + "." + attempt.number())) {
            return work(work);
        }
    }

    private Outcome work(Versions.Work work) {
        long since = System.nanoTime();
        if (work.tries() > MOST_TRIES) {
            versions.fail(
                    work.attempt(),
                    Reason.CRASHED.name(),
                    "the server ended " + MOST_TRIES + " times while it worked on the file");
            ended(work, since, JobObserver.End.FAILED, Reason.CRASHED.name());
            return new Finished();
        }
        Failpoint.AFTER_CLAIM.pass();
        try (LocalBlob original = blobs.local(work.sha256())) {
            boolean live = ingest(work, original);
            follower.wake();
            ended(work, since, live ? JobObserver.End.READY : JobObserver.End.HELD, null);
            return new Finished();
        } catch (UnreadableDocument e) {
            return failed(work, since, e.reason().isPassing(), e.reason().name(), e.detail());
        } catch (AttemptLost e) {
            LOG.info("{}", e.getMessage());
            ended(work, since, JobObserver.End.ABANDONED, null);
            return new Finished();
        } catch (OtherSpace e) {
            LOG.info("{}", e.getMessage());
            return interrupted(work, since);
        } catch (InterruptedException e) {
            return interrupted(work, since);
        } catch (DamagedBlob e) {
            LOG.error("{} cannot be read: {}", work.attempt(), e.getMessage());
            versions.fail(work.attempt(), Originals.DAMAGED, "" + e.getMessage());
            ended(work, since, JobObserver.End.FAILED, Originals.DAMAGED);
            return new Finished();
        } catch (IOException e) {
            return Thread.interrupted() || isStopping()
                    ? interrupted(work, since)
                    : postponed(work, since, e);
        } catch (RuntimeException e) {
            if (Thread.interrupted() || isStopping()) {
                return interrupted(work, since);
            }
            if (isOutage(e)) {
                return postponed(work, since, e);
            }
            LOG.error("{} failed in an unforeseen way", work.attempt(), e);
            return failed(work, since, true, "INTERNAL", e.toString());
        }
    }

    private boolean ingest(Versions.Work work, LocalBlob original)
            throws UnreadableDocument, InterruptedException {
        Versions.Kept kept = work.kept();
        Optional<CleanDocument> text =
                kept == null
                        ? Optional.empty()
                        : chunks.content(work.attempt().document(), kept.version());
        if (kept != null && text.isPresent()) {
            return ingestion.cutAgain(work.attempt(), kept.parsed(), text.get(), work.rules());
        }
        return ingestion.ingest(
                new SourceFile(work.fileName(), work.sha256(), work.bytes(), original.path()),
                work.attempt(),
                work.rules(),
                unpacking.getObject().of(work));
    }

    private Outcome failed(
            Versions.Work work, long since, boolean passing, String code, String detail) {
        int failures = work.failures() + 1;
        LOG.info("{} failed, {}: {}", work.attempt(), code, detail);
        boolean again = passing && failures < settings.tries();
        ended(work, since, again ? JobObserver.End.RETRIED : JobObserver.End.FAILED, code);
        if (again) {
            return versions.retry(work.attempt(), code, detail)
                    ? new Again(clock.instant().plus(pause(failures)))
                    : new Finished();
        }
        versions.fail(work.attempt(), code, detail);
        return new Finished();
    }

    /// Whether the same file will do when the database, the disk or the embedding server is well
    /// again.
    private static boolean isOutage(RuntimeException cause) {
        return cause instanceof TransientDataAccessException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof TransactionException
                || cause instanceof EmbeddingUnavailable
                || cause instanceof UncheckedIOException;
    }

    /// An outage is no failure of the file, however long it lasts.
    private Outcome postponed(Versions.Work work, long since, Exception cause) {
        ended(work, since, JobObserver.End.RETRIED, "OUTAGE");
        LOG.warn(
                "{} waits for the database, the disk, the store of originals or the embedding"
                        + " server: {}",
                work.attempt(),
                cause.getMessage());
        return versions.postpone(work.attempt(), String.valueOf(cause.getMessage()))
                ? new Again(clock.instant().plus(pause(2)))
                : new Finished();
    }

    /// Cancelled, and then the attempt is lost; or the server stops, and then the next start goes
    /// on; or the work begins again at once.
    private Outcome interrupted(Versions.Work work, long since) {
        ended(work, since, JobObserver.End.ABANDONED, null);
        return versions.giveBack(work.attempt()) ? new Again(clock.instant()) : new Finished();
    }

    private void ended(
            Versions.Work work, long since, JobObserver.End end, @Nullable String reason) {
        observer.ended(work.attempt(), end, reason, Duration.ofNanos(System.nanoTime() - since));
    }

    private Duration pause(int failures) {
        return settings.retryAfter().multipliedBy(1L << (2 * Math.min(failures - 1, 5)));
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean enter(UUID job) {
        if (stopping) {
            return false;
        }
        running.put(job, Thread.currentThread());
        return true;
    }

    /// An interrupt that came too late must not hit the next job.
    private synchronized void leave(UUID job) {
        running.remove(job);
        boolean _ = Thread.interrupted();
    }
}
