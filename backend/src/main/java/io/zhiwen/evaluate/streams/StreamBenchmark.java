package io.zhiwen.evaluate.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/// `./run bench streams`: answers of a scripted model streamed to many readers at once by the
/// packaged product; how much later than the model's own first word one more reader sees it, and
/// whether every reader got every word of its own answer and no other.
public final class StreamBenchmark {

    private static final List<Integer> STREAMS = List.of(0, 50, 200);
    private static final int ASKERS = 16;
    private static final int WORDS = 250;
    private static final int PROBES = 60;
    private static final int WARM_UP = 60;
    private static final int WORDS_OF_A_PROBE = 3;
    private static final int FIRST_TICKET_OF_STREAMS = 10_000;
    private static final String DOCUMENT =
            "Annual leave. Every employee has 21 days of annual leave; after ten years 25 days.";

    private final Product product;
    private final AtomicInteger tickets = new AtomicInteger();

    private StreamBenchmark(Product product) {
        this.product = product;
    }

    /// @param args the program that starts the packaged product
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("zhiwen-streams");
        try (ScriptedModel model = ScriptedModel.start();
                Product product =
                        Product.start(
                                Path.of(args[0]),
                                folder,
                                ASKERS,
                                Map.of(
                                        "ZHIWEN_LLM_URL", model.url(),
                                        "ZHIWEN_LLM_MODEL", "scripted",
                                        "ZHIWEN_LLM_SLOTS", "300",
                                        "ZHIWEN_HEAP", "1g"))) {
            product.furnish(DOCUMENT);
            new StreamBenchmark(product).run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        probe(WARM_UP);
        System.out.println(
                """
                | streams running | added to the first word: p50 ms | p95 ms | all under way after | complete | lost or mixed up | most heap | process |
                |---|---|---|---|---|---|---|---|\
                """);
        for (int streams : STREAMS) {
            measure(streams);
        }
    }

    private void measure(int streams) throws IOException, InterruptedException, ExecutionException {
        CountDownLatch underWay = new CountDownLatch(streams);
        long since = System.nanoTime();
        int whole = 0;
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                int ticket = FIRST_TICKET_OF_STREAMS + tickets.incrementAndGet();
                answers.add(readers.submit(() -> isWhole(ticket, underWay)));
            }
            underWay.await(60, TimeUnit.SECONDS);
            double begun = (System.nanoTime() - since) / 1e9;
            double[] added = probe(PROBES);
            long heap = product.heap();
            long resident = product.resident();
            for (Future<Boolean> answer : answers) {
                whole += answer.get() ? 1 : 0;
            }
            Arrays.sort(added);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.1f s | %d | %d | %d MB | %d MB |%n",
                    streams,
                    added[added.length / 2],
                    added[(int) (added.length * 0.95)],
                    begun,
                    whole,
                    streams - whole,
                    heap >> 20,
                    resident >> 20);
        }
    }

    /// Whether exactly the words of this ticket come, in their order.
    private boolean isWhole(int ticket, CountDownLatch underWay)
            throws IOException, InterruptedException {
        AnswerText text = new AnswerText();
        try (var lines = product.ask(ticket, ScriptedModel.question(ticket, WORDS))) {
            lines.forEach(
                    line -> {
                        boolean first = text.isEmpty();
                        text.add(line);
                        if (first && !text.isEmpty()) {
                            underWay.countDown();
                        }
                    });
        }
        boolean whole = text.isWhole(ticket, WORDS);
        if (!whole) {
            System.err.println("ticket " + ticket + ": " + text);
        }
        return whole;
    }

    /// One question after another.
    ///
    /// @return milliseconds from the question to the first word, less what the model took
    private double[] probe(int count) throws IOException, InterruptedException {
        double[] added = new double[count];
        for (int i = 0; i < count; i++) {
            AnswerText text = new AnswerText();
            int ticket = tickets.incrementAndGet();
            long[] first = new long[1];
            long asked = System.nanoTime();
            try (var lines =
                    product.ask(ticket, ScriptedModel.question(ticket, WORDS_OF_A_PROBE))) {
                lines.forEach(
                        line -> {
                            text.add(line);
                            if (first[0] == 0 && !text.isEmpty()) {
                                first[0] = System.nanoTime();
                            }
                        });
            }
            if (!text.isWhole(ticket, WORDS_OF_A_PROBE)) {
                throw new IOException("an answer that is not the question's: " + text);
            }
            added[i] = (first[0] - asked - ScriptedModel.FIRST_WORD.toNanos()) / 1e6;
        }
        return added;
    }
}
