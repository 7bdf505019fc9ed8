package io.zhiwen.evaluate.scale;

import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Question;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// How long questions took, in milliseconds.
record Timings(double p50, double p95, double p99) {

    private static final int WARM_UP = 150;
    private static final int MEASURED = 600;
    private static final int PASSAGES = 10;

    /// Every question is embedded, searched by words and in both spaces, fused and loaded.
    static Timings of(
            HybridRetrieval retrieval, List<Corpus.Asked> questions, Searched scope, int callers)
            throws InterruptedException {
        run(retrieval, questions, scope, callers, WARM_UP);
        double[] took = run(retrieval, questions, scope, callers, MEASURED);
        Arrays.sort(took);
        return new Timings(at(took, 0.50), at(took, 0.95), at(took, 0.99));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
    }

    private static double[] run(
            HybridRetrieval retrieval,
            List<Corpus.Asked> questions,
            Searched scope,
            int callers,
            int count)
            throws InterruptedException {
        double[] took = new double[count];
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> running =
                    IntStream.range(0, callers)
                            .<Future<?>>mapToObj(
                                    _ ->
                                            threads.submit(
                                                    () -> {
                                                        for (int i = next.getAndIncrement();
                                                                i < count;
                                                                i = next.getAndIncrement()) {
                                                            took[i] =
                                                                    ask(
                                                                            retrieval,
                                                                            questions.get(
                                                                                    i
                                                                                            % questions
                                                                                                    .size()),
                                                                            scope);
                                                        }
                                                    }))
                            .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question failed", e.getCause());
        }
        return took;
    }

    private static double ask(HybridRetrieval retrieval, Corpus.Asked asked, Searched scope) {
        Question question =
                new Question(
                        asked.text(), asked.text(), asked.language(), scope.of(asked.language()));
        long since = System.nanoTime();
        retrieval.find(question, PASSAGES, new Trace.Recorder());
        return (System.nanoTime() - since) / 1e6;
    }
}
