package io.zhiwen.ingest.embed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// One thread a core, for the benchmark.
final class Callers implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    /// Does the work for each number and waits for all.
    void each(IntStream numbers, IntConsumer work) {
        CompletableFuture.allOf(
                        numbers.mapToObj(
                                        i ->
                                                CompletableFuture.runAsync(
                                                        () -> work.accept(i), threads))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @Override
    public void close() {
        threads.close();
    }
}
