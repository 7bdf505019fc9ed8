package io.zhiwen.ask.retrieve;

import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A leg that is searching.
///
/// @param since when it was started, of `System.nanoTime`
/// @param searched done with `result`: whether it could search
record PendingLeg(
        Leg.Kind kind,
        boolean speaksQuestion,
        String name,
        long since,
        Future<Result> result,
        CompletableFuture<Boolean> searched) {

    private static final Logger log = LoggerFactory.getLogger(PendingLeg.class);

    /// What it finds.
    record Result(List<Hit> hits, double ceiling, Duration took) {}

    @FunctionalInterface
    interface Search {
        Result run();
    }

    static PendingLeg start(
            ExecutorService threads,
            Leg.Kind kind,
            boolean speaksQuestion,
            String name,
            Search search) {
        var searched = new CompletableFuture<Boolean>();
        Future<Result> result =
                threads.submit(
                        () -> {
                            try {
                                Result found = search.run();
                                searched.complete(true);
                                return found;
                            } finally {
                                searched.complete(false);
                            }
                        });
        return new PendingLeg(kind, speaksQuestion, name, System.nanoTime(), result, searched);
    }

    /// Until one has searched, or all have failed.
    static void awaitFirst(List<PendingLeg> pending, Duration atMost) {
        var first = new CompletableFuture<@Nullable Void>();
        for (PendingLeg leg : pending) {
            var _ =
                    leg.searched()
                            .thenAccept(
                                    could -> {
                                        if (could) {
                                            first.complete(null);
                                        }
                                    });
        }
        var _ =
                CompletableFuture.allOf(
                                pending.stream()
                                        .map(PendingLeg::searched)
                                        .toArray(CompletableFuture[]::new))
                        .thenRun(() -> first.complete(null));
        try {
            first.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.warn("no leg has searched within {}", atMost);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until its budget is over; a leg that found nothing by then is missing.
    Leg finish(Duration atMost) {
        long budget = atMost.toNanos() - (System.nanoTime() - since);
        try {
            Result found =
                    searched.isDone()
                            ? result.get()
                            : result.get(Math.max(0, budget), TimeUnit.NANOSECONDS);
            return new Leg(
                    kind,
                    speaksQuestion,
                    new Ranking(name, found.hits()),
                    found.ceiling(),
                    found.took(),
                    null);
        } catch (TimeoutException e) {
            result.cancel(true);
            log.warn("{} took longer than {}", name, atMost);
            return missing("over its budget of " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EmbeddingUnavailable down) {
                log.warn("{} is left out: {}", name, down.getMessage());
                return missing(String.valueOf(down.getMessage()));
            }
            log.error("{} failed", name, e.getCause());
            return missing(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missing("interrupted");
        }
    }

    private Leg missing(String why) {
        return new Leg(
                kind,
                speaksQuestion,
                new Ranking(name, List.of()),
                1,
                Duration.ofNanos(System.nanoTime() - since),
                why);
    }
}
