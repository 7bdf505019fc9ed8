package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.parse.worker.Frames;
import io.zhiwen.ingest.parse.worker.ParseWorker;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker process and the pipe to it. Used by one caller at a time; [#kill] by anyone.
final class WorkerProcess {

    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

    /// `-XX:+ExitOnOutOfMemoryError`
    private static final int OUT_OF_MEMORY = 3;

    private static final int STDERR_KEPT = 4096;

    /// So often a file that gets on has its time again.
    private static final int MOST_EXTENSIONS = 50;

    /// What the reading thread saw: a reply, or null when the worker stopped making sense.
    private record Seen(Frames.@Nullable Reply reply) {}

    private final Process process;
    private final WorkFolder folder;
    private final DataOutputStream requests;
    private final BlockingQueue<Seen> replies = new ArrayBlockingQueue<>(4);
    private volatile String complaints = "";
    private final Thread reader;
    private final AtomicInteger documents = new AtomicInteger();
    private volatile boolean ready = true;

    private WorkerProcess(Process process, WorkFolder folder) {
        this.process = process;
        this.folder = folder;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.reader = Thread.ofPlatform().daemon().name("parse-replies").unstarted(this::readAll);
    }

    static WorkerProcess start(ParseSettings settings, Path temp) throws IOException {
        WorkFolder folder = WorkFolder.in(temp);
        try {
            Process process = WorkerCommand.start(settings, temp, folder.path());
            WorkerProcess worker = new WorkerProcess(process, folder);
            worker.reader.start();
            Thread.ofPlatform().daemon().name("parse-errors").start(worker::readComplaints);
            return worker;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    int documents() {
        return documents.get();
    }

    /// Whether the last document was answered to its end, so that the next may follow.
    boolean isReady() {
        return ready && process.isAlive();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// After an exception the worker must be killed.
    ParsedDocument parse(
            SourceFile file, ParseSettings settings, PartSink parts, KeptRanges.Kept kept)
            throws UnreadableDocument, InterruptedException {
        ParsedDocument parsed = parsed(file, settings, parts, kept);
        handOver(parsed.parts(), parts);
        show(parsed.figures(), parts);
        return parsed;
    }

    private void show(List<Figure> figures, PartSink to) throws UnreadableDocument {
        try {
            for (int i = 0; i < figures.size(); i++) {
                Path content =
                        folder.parts().resolve(ParseWorker.FIGURES).resolve(String.valueOf(i));
                boolean sound =
                        i < Figure.MOST
                                && Files.isRegularFile(content, LinkOption.NOFOLLOW_LINKS)
                                && Files.size(content) <= Figure.LARGEST;
                if (!sound) {
                    throw UnreadableDocument.because(Reason.CRASHED, "a figure is not there");
                }
                to.figure(figures.get(i), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of the files are ours: nothing that a worker says is a path.
    private void handOver(List<Part> all, PartSink parts) throws UnreadableDocument {
        try {
            for (int i = 0; i < all.size(); i++) {
                Part part = all.get(i);
                Path content = folder.parts().resolve(String.valueOf(i));
                boolean there = Files.isRegularFile(content, LinkOption.NOFOLLOW_LINKS);
                if (part.reason() == null && !there) {
                    throw UnreadableDocument.because(Reason.CRASHED, "a part is not there");
                }
                parts.take(part, part.reason() == null ? content : null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ParsedDocument parsed(
            SourceFile file, ParseSettings settings, PartSink progress, KeptRanges.Kept kept)
            throws UnreadableDocument, InterruptedException {
        documents.incrementAndGet();
        ready = false;
        long deadline = System.nanoTime() + settings.timeLimit().toNanos();
        try {
            String path = file.path().toAbsolutePath().toString();
            Frames.write(
                    requests,
                    new Frames.Request(
                            path,
                            file.name(),
                            settings.maxChars(),
                            settings.ocr(),
                            settings.office(),
                            folder.parts().toString(),
                            settings.unpack(),
                            settings.pictures(),
                            kept.state()));
        } catch (IOException e) {
            throw died();
        }
        Failpoint.MID_PARSE.pass();
        List<Block> blocks = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        long chars = 0;
        int picturesLeft = settings.ocr().mostPages();
        int pages = 0;
        int extensions = 0;
        for (Frames.Reply range : kept.ranges()) {
            blocks.addAll(range.blocks());
            chars += range.blocks().stream().mapToLong(block -> block.text().length()).sum();
            pages = range.pages();
        }
        while (true) {
            Seen seen = replies.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (seen == null) {
                throw UnreadableDocument.because(
                        Reason.TIMED_OUT, "not parsed within " + settings.timeLimit());
            }
            Frames.Reply reply = seen.reply();
            if (reply == null) {
                throw died();
            }
            for (Block block : reply.blocks()) {
                chars += block.text().length();
                blocks.add(block);
            }
            pictures.addAll(reply.pictures());
            kept.add(reply);
            if (reply.reading() && picturesLeft-- > 0) {
                deadline += settings.ocr().pageTimeLimit().toNanos();
            }
            if (reply.pages() > pages) {
                pages = reply.pages();
                progress.read(pages, reply.ofPages());
                if (!reply.reading() && extensions++ < MOST_EXTENSIONS) {
                    deadline = System.nanoTime() + settings.timeLimit().toNanos();
                }
            }
            if (chars > 2L * settings.maxChars() || pictures.size() > settings.pictures().most()) {
                throw UnreadableDocument.because(Reason.TOO_LARGE, "the worker does not stop");
            }
            if (reply.end() != null) {
                ready = true;
                return finish(reply.end(), blocks, pictures);
            }
        }
    }

    private static ParsedDocument finish(Frames.End end, List<Block> blocks, List<Picture> pictures)
            throws UnreadableDocument {
        Reason reason = end.reason();
        String mediaType = end.mediaType();
        if (reason != null || mediaType == null) {
            throw UnreadableDocument.because(
                    reason == null ? Reason.CRASHED : reason,
                    Objects.requireNonNullElse(end.detail(), ""));
        }
        return new ParsedDocument(
                mediaType,
                end.typeMismatch(),
                end.title(),
                end.pages(),
                blocks,
                end.findings(),
                end.parts(),
                end.scans(),
                pictures,
                end.figures());
    }

    private UnreadableDocument died() throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            return UnreadableDocument.because(Reason.CRASHED, "the worker sent nonsense");
        }
        int exit = process.exitValue();
        return exit == OUT_OF_MEMORY
                ? UnreadableDocument.because(Reason.OUT_OF_MEMORY, "the worker's heap was full")
                : UnreadableDocument.because(
                        Reason.CRASHED,
                        ("the worker ended with " + exit + " " + complaints).strip());
    }

    /// Makes it ready for the next document.
    void tidy() throws IOException {
        folder.empty();
    }

    /// Lets it end by itself, which also lets it keep its class archive; kills it when it does not.
    void retire() {
        try {
            requests.close();
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            log.debug("worker {} was gone already", pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
        }
    }

    /// Ends it and every process it started, and removes its folder.
    void kill() {
        ProcessTree.kill(process);
        reader.interrupt();
        try {
            folder.close();
        } catch (IOException e) {
            log.warn("could not remove the work folder of worker {}", pid(), e);
        }
    }

    private void readAll() {
        try (var in =
                new DataInputStream(new BufferedInputStream(process.getInputStream(), 64 * 1024))) {
            while (true) {
                replies.put(new Seen(Frames.read(in, Frames.Reply.class)));
            }
        } catch (IOException e) {
            log.debug("worker {} sends no more", pid(), e);
            tellTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // killed: nobody waits for more
        }
    }

    private void tellTheEnd() {
        try {
            replies.put(new Seen(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads all it says, so that it never waits, and keeps the last of it.
    private void readComplaints() {
        byte[] buffer = new byte[STDERR_KEPT];
        try (InputStream in = process.getErrorStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String all = complaints + new String(buffer, 0, read, StandardCharsets.UTF_8);
                complaints = all.substring(Math.max(0, all.length() - STDERR_KEPT));
            }
        } catch (IOException e) {
            log.debug("worker {} says no more", pid(), e);
        }
    }
}
