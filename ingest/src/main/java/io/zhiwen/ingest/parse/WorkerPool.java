package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses in processes of their own, so that a file that hangs, crashes or fills the heap costs
/// that file only. Workers start when first needed, are replaced after a number of files or a
/// fault, and end when idle. Callers beyond the pool's size wait in turn, but not for a long file:
/// one that takes longer than a moment steps aside, as many of them as there are workers, and its
/// worker goes on beside one more. Safe for concurrent use.
public final class WorkerPool implements DocumentParser, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

    /// After which a file is a long one.
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final ParseSettings settings;
    private final Path temp;
    private final KeptRanges ranges;
    private final Duration moment;
    private final Semaphore free;
    private final Semaphore aside;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> busy = new HashSet<>();
    private final ScheduledThreadPoolExecutor chores =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("parse-chores").factory());
    private boolean closed;

    /// @param temp a folder of this pool; what a crash left in it is removed
    public WorkerPool(ParseSettings settings, Path temp) throws IOException {
        this(settings, temp, temp.resolve("ranges"));
    }

    /// @param ranges a folder that outlives a crash: what was read of long files is kept there, and
    /// the pool that comes next goes on behind it
    public WorkerPool(ParseSettings settings, Path temp, Path ranges) throws IOException {
        this(settings, temp, ranges, MOMENT);
    }

    WorkerPool(ParseSettings settings, Path temp, Duration moment) throws IOException {
        this(settings, temp, temp.resolve("ranges"), moment);
    }

    private WorkerPool(ParseSettings settings, Path temp, Path ranges, Duration moment)
            throws IOException {
        this.settings = settings;
        this.temp = temp.toAbsolutePath().normalize();
        this.moment = moment;
        this.free = new Semaphore(settings.workers(), true);
        this.aside = new Semaphore(settings.workers());
        Files.createDirectories(this.temp);
        WorkFolder.sweep(this.temp);
        this.ranges = new KeptRanges(ranges);
    }

    @Override
    public ParsedDocument parse(SourceFile file) throws UnreadableDocument, InterruptedException {
        return parse(file, PartSink.NONE);
    }

    @Override
    public ParsedDocument parse(SourceFile file, PartSink parts)
            throws UnreadableDocument, InterruptedException {
        if (file.bytes() == 0) {
            throw UnreadableDocument.because(Reason.EMPTY, "no bytes");
        }
        free.acquire();
        try (Turn _ = new Turn()) {
            return parseWith(take(), file, parts);
        }
    }

    /// A place among those who are parsed for, which a long file leaves to others.
    private final class Turn implements AutoCloseable {

        private final Future<?> steppingAside =
                chores.schedule(this::stepAside, moment.toMillis(), TimeUnit.MILLISECONDS);
        private Semaphore held = free;
        private boolean over;

        private synchronized void stepAside() {
            if (!over && aside.tryAcquire()) {
                held = aside;
                free.release();
            }
        }

        @Override
        public void close() {
            steppingAside.cancel(false);
            synchronized (this) {
                over = true;
                held.release();
            }
        }
    }

    private ParsedDocument parseWith(WorkerProcess worker, SourceFile file, PartSink parts)
            throws UnreadableDocument, InterruptedException {
        try (KeptRanges.Kept kept = ranges.of(file, settings)) {
            return parseWith(worker, file, parts, kept);
        } finally {
            giveBack(worker);
        }
    }

    private ParsedDocument parseWith(
            WorkerProcess worker, SourceFile file, PartSink parts, KeptRanges.Kept kept)
            throws UnreadableDocument, InterruptedException {
        try {
            ParsedDocument parsed = worker.parse(file, settings, parts, kept);
            kept.remove();
            return parsed;
        } catch (UnreadableDocument e) {
            refuseWhenClosed();
            kept.remove();
            throw e;
        }
    }

    private synchronized WorkerProcess take() {
        refuseWhenClosed();
        WorkerProcess worker = idle.pollFirst();
        while (worker != null && !worker.isAlive()) {
            worker.kill();
            worker = idle.pollFirst();
        }
        if (worker == null) {
            worker = start();
        }
        busy.add(worker);
        return worker;
    }

    private WorkerProcess start() {
        try {
            return WorkerProcess.start(settings, temp);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a parse worker", e);
        }
    }

    private synchronized void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the parser is closed");
        }
    }

    private void giveBack(WorkerProcess worker) {
        if (!worker.isReady() || !isTidy(worker)) {
            forget(worker);
            worker.kill();
        } else if (worker.documents() >= settings.documentsPerWorker()) {
            forget(worker);
            retire(worker);
        } else if (!keep(worker)) {
            worker.kill();
        }
    }

    private static boolean isTidy(WorkerProcess worker) {
        try {
            worker.tidy();
            return true;
        } catch (IOException e) {
            log.warn("could not empty the work folder of worker {}", worker.pid(), e);
            return false;
        }
    }

    private synchronized void forget(WorkerProcess worker) {
        busy.remove(worker);
    }

    private synchronized boolean keep(WorkerProcess worker) {
        busy.remove(worker);
        if (closed) {
            return false;
        }
        idle.addFirst(worker);
        int documents = worker.documents();
        var _ =
                chores.schedule(
                        () -> retireIfStill(worker, documents),
                        settings.idle().toMillis(),
                        TimeUnit.MILLISECONDS);
        return true;
    }

    private void retireIfStill(WorkerProcess worker, int documents) {
        synchronized (this) {
            if (worker.documents() != documents || !idle.remove(worker)) {
                return;
            }
        }
        retire(worker);
    }

    private static void retire(WorkerProcess worker) {
        Thread.ofPlatform().daemon().name("parse-retire").start(worker::retire);
    }

    /// The process id of some running worker, for tests and diagnosis.
    synchronized @Nullable Long anyPid() {
        WorkerProcess worker = idle.peekFirst();
        if (worker == null) {
            worker = busy.stream().findFirst().orElse(null);
        }
        return worker == null ? null : worker.pid();
    }

    /// How many workers have a file now, for tests and diagnosis.
    synchronized int busy() {
        return busy.size();
    }

    /// Stops every worker; who waits in [#parse] gets an `IllegalStateException`.
    @Override
    public void close() {
        List<WorkerProcess> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(idle);
            all.addAll(busy);
            idle.clear();
        }
        chores.shutdownNow();
        all.forEach(WorkerProcess::kill);
    }
}
