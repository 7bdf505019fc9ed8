package io.zhiwen.system;

import io.zhiwen.system.ServerClient.Document;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `./run ingest PATH... --base NAME`: puts files and whole folders into a base of the running
/// server and waits until each is ready or has failed. What the base has already is not put in
/// again. Hidden files are left out.
public final class IngestCommand {

    static final String USAGE =
            """
            usage: ./run ingest PATH... --base NAME [--create] [--url URL]
            The key comes from ZHIWEN_KEY; ./run key NAME makes one. URL is http://127.0.0.1:8080 unless
            given here or as ZHIWEN_URL. --create makes the base when there is none of that name.\
            """;

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int BAR = 24;

    private final ServerClient server;
    private final PrintStream out;
    private final PrintStream err;
    private final Deque<Document> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private int files;
    private int sent;
    private int twice;
    private int ready;
    private long chunks;

    private IngestCommand(ServerClient server, PrintStream out, PrintStream err) {
        this.server = server;
        this.out = out;
        this.err = err;
    }

    /// What was asked for on the command line.
    record Wanted(List<Path> paths, String base, boolean create, String url) {

        /// Null when it makes no sense.
        static @Nullable Wanted of(String[] arguments, Map<String, String> environment) {
            List<Path> paths = new ArrayList<>();
            String base = "";
            boolean create = false;
            String port = environment.getOrDefault("ZHIWEN_PORT", "8080");
            String url = environment.getOrDefault("ZHIWEN_URL", "http://127.0.0.1:" + port);
            for (int i = 0; i < arguments.length; i++) {
                String next = i + 1 < arguments.length ? arguments[i + 1] : "";
                switch (arguments[i]) {
                    case "--base" -> {
                        base = next;
                        i++;
                    }
                    case "--url" -> {
                        url = next;
                        i++;
                    }
                    case "--create" -> create = true;
                    default -> {
                        if (arguments[i].startsWith("-")) {
                            return null;
                        }
                        paths.add(Path.of(arguments[i]));
                    }
                }
            }
            return paths.isEmpty() || base.isBlank() ? null : new Wanted(paths, base, create, url);
        }
    }

    public static void main(String[] arguments) {
        ConsoleDatabase.quietLogs();
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    /// @return what the shell sees: 0 when all is ready
    public static int run(
            String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        Wanted wanted = Wanted.of(arguments, environment);
        String key = environment.getOrDefault("ZHIWEN_KEY", "");
        if (wanted == null || key.isBlank()) {
            err.println(USAGE);
            return 2;
        }
        try (ServerClient server = new ServerClient(wanted.url(), key)) {
            return new IngestCommand(server, out, err).load(wanted);
        } catch (IOException e) {
            err.println();
            err.println("The server at " + wanted.url() + " did not take it: " + said(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? "it does not answer (" + e + ")" : e.getMessage();
    }

    private int load(Wanted wanted) throws IOException, InterruptedException {
        List<Path> found = new ArrayList<>();
        for (Path path : wanted.paths()) {
            collect(path, found);
        }
        files = found.size();
        var base = server.base(wanted.base());
        if (base.isEmpty() && !wanted.create()) {
            err.println(
                    "There is no base \"" + wanted.base() + "\" for this key; --create makes it.");
            return 1;
        }
        String id = base.isPresent() ? base.get() : server.createBase(wanted.base());
        for (Path file : found) {
            send(id, file);
            lookAtFirst();
            show();
        }
        while (!open.isEmpty()) {
            server.pause(LOOK);
            while (lookAtFirst()) {
                show();
            }
            show();
        }
        err.println();
        failures.forEach(err::println);
        out.printf(
                "%d files: %d ready with %d passages, %d failed, %d more than once%n",
                files, ready, chunks, failures.size(), twice);
        return failures.isEmpty() ? 0 : 1;
    }

    private static void collect(Path path, List<Path> found) throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(path, file))
                    .sorted()
                    .forEach(found::add);
        }
    }

    private static boolean isHidden(Path root, Path file) {
        for (Path part : root.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private void send(String base, Path file) throws IOException, InterruptedException {
        try {
            Document document = server.upload(base, file);
            sent++;
            if (seen.add(document.id())) {
                open.add(document);
            } else {
                twice++;
            }
        } catch (ServerClient.Refused e) {
            failures.add(file + ": " + e.getMessage());
        }
    }

    /// Whether the oldest open document is done.
    private boolean lookAtFirst() throws IOException, InterruptedException {
        Document first = open.peek();
        if (first == null) {
            return false;
        }
        Document now = server.document(first.id());
        if (!now.isDone()) {
            return false;
        }
        open.remove();
        if (now.status().equals("ready")) {
            openParts(now);
            ready++;
            chunks += now.chunks();
        } else {
            failures.add(first.name() + ": " + Objects.requireNonNullElse(now.reason(), "failed"));
        }
        return true;
    }

    /// What came in an archive or a mail is worked on from now on.
    private void openParts(Document around) throws IOException, InterruptedException {
        if (around.parts() > 0) {
            for (Document part : server.parts(around.id())) {
                if (seen.add(part.id())) {
                    files++;
                    sent++;
                    open.add(part.in(around));
                }
            }
        }
    }

    private void show() {
        int done = ready + failures.size() + twice;
        int full = files == 0 ? BAR : (int) ((long) done * BAR / files);
        err.printf(
                "\r[%s%s] %d of %d sent, %d ready, %d failed ",
                "#".repeat(full), "-".repeat(BAR - full), sent, files, ready, failures.size());
        err.flush();
    }
}
