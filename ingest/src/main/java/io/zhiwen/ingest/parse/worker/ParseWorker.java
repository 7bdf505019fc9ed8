package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The worker process: takes requests from standard input, answers on standard output, and ends
/// when the input does, which is also when the process that started it dies.
public final class ParseWorker {

    /// The folder of the figures, in that of the files inside; no such file is called so.
    public static final String FIGURES = "figures";

    /// Deeply nested files need it.
    private static final long STACK = 32L << 20;

    private final DataOutputStream out;
    private final BlockingQueue<Frames.Request> requests = new LinkedBlockingQueue<>();
    private volatile boolean busy;

    private ParseWorker(DataOutputStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                new FileOutputStream(FileDescriptor.out), 64 * 1024));
        System.setOut(System.err); // a library that prints must not spoil a frame
        URL.setURLStreamHandlerFactory(
                protocol -> protocol.equals("file") || protocol.equals("jar") ? null : noNetwork());
        Thread.setDefaultUncaughtExceptionHandler((_, _) -> Runtime.getRuntime().halt(1));
        ParseWorker worker = new ParseWorker(out);
        Thread.ofPlatform().daemon().name("requests").start(worker::readRequests);
        new Thread(null, worker::answerAll, "parse", STACK).start();
    }

    private static java.net.URLStreamHandler noNetwork() {
        return new java.net.URLStreamHandler() {
            @Override
            protected java.net.URLConnection openConnection(URL url) throws IOException {
                throw new IOException("a document asked for " + url.getProtocol());
            }
        };
    }

    private void readRequests() {
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(new java.io.FileInputStream(FileDescriptor.in)))) {
            while (true) {
                requests.add(Frames.read(in, Frames.Request.class));
            }
        } catch (IOException e) {
            if (busy) {
                Runtime.getRuntime().halt(0); // whoever asked is gone
            }
            System.exit(0);
        }
    }

    private void answerAll() {
        try {
            while (true) {
                Frames.Request request = requests.take();
                busy = true;
                answer(request);
                busy = false;
            }
        } catch (InterruptedException | IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void answer(Frames.Request request) throws IOException {
        Path path = Path.of(request.path());
        Blocks blocks =
                new Blocks(
                        out,
                        request.maxChars(),
                        new Parts(Path.of(request.partsFolder()), request.unpack()),
                        new KeptPictures(request.pictures()),
                        new ShownFigures(Path.of(request.partsFolder(), FIGURES)));
        Frames.End end = read(path, request, blocks);
        blocks.end(end);
    }

    /// A parser may throw anything at a damaged file; all of it means that the file is damaged.
    private static Frames.End read(Path path, Frames.Request request, Blocks blocks)
            throws IOException {
        try {
            if (Faults.ENABLED) {
                Faults.commit(path);
            }
            FileType type = FileType.of(path, request.name());
            if (type.unreadable() != null) {
                return unreadable(type.unreadable(), type.mediaType());
            }
            Formats.reader(type.mediaType(), request).read(path, blocks);
            if (blocks.isEmpty() && !blocks.hasPictures()) {
                return unreadable(Reason.NO_TEXT, type.mediaType());
            }
            return new Frames.End(
                    type.mediaType(),
                    type.mismatch(),
                    blocks.title(),
                    blocks.pages(),
                    blocks.findings(),
                    blocks.parts().all(),
                    blocks.scans(),
                    blocks.figures().all(),
                    null,
                    null);
        } catch (Refused e) {
            return unreadable(e.reason(), e.detail());
        } catch (Blocks.PipeBroken e) {
            throw e.cause();
        } catch (StackOverflowError e) {
            return unreadable(Reason.CORRUPT, "nested too deeply");
        } catch (IOException | RuntimeException | LinkageError e) {
            return unreadable(Errors.reason(e), Errors.detail(e));
        }
    }

    private static Frames.End unreadable(Reason reason, String detail) {
        return new Frames.End(
                null, false, null, null, List.of(), List.of(), List.of(), List.of(), reason,
                detail);
    }
}
