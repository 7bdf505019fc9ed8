package io.zhiwen.system;

import io.zhiwen.system.ServerClient.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// `./run bench ingest`: puts a long PDF, a long sheet, the same as CSV and many small files into a
/// fresh server, one kind after the other, while somebody asks; prints how fast each becomes
/// findable, what the server and its parser need at most, and how long answers take beside it and
/// right before it, from the same base: more passages make answers slower too.
/// What was measured is written down for `EasyRagBenchmark`, which is given the same files.
public final class IngestBenchmark {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final int QUESTIONS_IDLE = 40;

    private final ServerClient server;
    private final ProcessHandle process;
    private final Path figures;
    private final List<Double> times = new ArrayList<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final boolean quiet;
    private long most;
    private long mostOfWorkers;

    private IngestBenchmark(
            ServerClient server, ProcessHandle process, Path figures, boolean quiet) {
        this.quiet = quiet;
        this.server = server;
        this.process = process;
        this.figures = figures;
    }

    /// @param arguments the server's address and process, by what to divide the amounts, and a
    /// folder for the files and for `figures.tsv`; a fifth, `quiet`, for no questions meanwhile
    public static void main(String[] arguments) throws Exception {
        ConsoleDatabase.quietLogs();
        int less = Integer.parseInt(arguments[2]);
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        try (ServerClient server = new ServerClient(arguments[0], System.getenv("ZHIWEN_KEY"))) {
            var process = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
            boolean quiet = List.of(arguments).contains("quiet");
            new IngestBenchmark(server, process, folder.resolve("figures.tsv"), quiet)
                    .run(new BenchmarkFiles(folder), less);
        }
    }

    private void run(BenchmarkFiles files, int less) throws IOException, InterruptedException {
        String base = server.createBase("Benchmark");
        Path first = files.notes(1).getFirst();
        load(base, List.of(first));
        System.out.println(
                "| file | amount | s | a second | passages | server at most | parser at most"
                        + " | idle p95 | answers p95 | to idle |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|");
        int pages = 1500 / less;
        measure(base, "PDF", pages, "pages", List.of(files.pdf(pages)));
        int rows = 120_000 / less;
        measure(base, "XLSX", rows, "rows", List.of(files.sheet(rows)));
        measure(base, "CSV", rows, "rows", List.of(files.csv(rows)));
        int notes = 2000 / less;
        measure(base, "TXT", notes, "files", files.notes(notes));
    }

    private void measure(String base, String kind, int amount, String unit, List<Path> files)
            throws IOException, InterruptedException {
        double idle = quiet ? 0 : atRest(base);
        times.clear();
        most = 0;
        mostOfWorkers = 0;
        asking.set(!quiet);
        Thread asker = Thread.ofPlatform().name("asker").start(() -> askOn(base));
        long since = System.nanoTime();
        int passages = load(base, files);
        double seconds = (System.nanoTime() - since) / 1e9;
        asking.set(false);
        asker.join();
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d %s | %.1f | %.1f | %,d | %d MB | %d MB | %.0f ms | %.0f ms | %.2f |%n",
                kind,
                amount,
                unit,
                seconds,
                amount / seconds,
                passages,
                most >> 20,
                mostOfWorkers >> 20,
                idle,
                percentile(),
                quiet ? 0 : percentile() / idle);
        for (Path file : files) {
            Files.writeString(
                    figures,
                    "%s\t%d %s\t%s\t%s%n".formatted(kind, amount, unit, seconds, file),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /// The percentile while nothing is read.
    private double atRest(String base) throws IOException, InterruptedException {
        times.clear();
        for (int i = 0; i < QUESTIONS_IDLE; i++) {
            ask(base);
        }
        return percentile();
    }

    /// @return passages, when all are ready
    private int load(String base, List<Path> files) throws IOException, InterruptedException {
        Deque<Document> open = new ArrayDeque<>();
        int passages = 0;
        for (Path file : files) {
            open.add(server.upload(base, file));
            watchMemory();
        }
        while (!open.isEmpty()) {
            Document now = server.document(open.getFirst().id());
            watchMemory();
            if (now.status().equals("failed")) {
                throw new IOException(now.name() + ": " + now.reason());
            }
            if (now.isDone()) {
                open.removeFirst();
                passages += now.chunks();
            } else {
                server.pause(LOOK);
            }
        }
        return passages;
    }

    private void askOn(String base) {
        try {
            while (asking.get()) {
                ask(base);
                server.pause(BETWEEN_QUESTIONS);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(String base) throws IOException, InterruptedException {
        long since = System.nanoTime();
        server.ask(base, "Which valve and seal were in the report, number " + times.size() + "?");
        times.add((System.nanoTime() - since) / 1e6);
    }

    private double percentile() {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.95));
    }

    private void watchMemory() throws IOException {
        most = Math.max(most, resident(process));
        long workers = 0;
        for (ProcessHandle child : process.descendants().toList()) {
            if (child.info().command().orElse("").endsWith("java")) {
                workers += resident(child);
            }
        }
        mostOfWorkers = Math.max(mostOfWorkers, workers);
    }

    /// Bytes; 0 for a process that is gone, or where the system does not say.
    private static long resident(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        }
    }
}
