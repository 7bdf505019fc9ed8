package io.zhiwen.operate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fact that is read again when it is older than it may be, by one reader at a time however many
/// ask, on a thread of its own: whoever asks waits a bounded time, whatever the database does. Safe
/// for concurrent use.
final class Fresh<T> {

    private static final Logger log = LoggerFactory.getLogger(Fresh.class);

    private final String name;
    private final Supplier<T> reader;
    private final long ageNanos;
    private final Duration patience;
    private CompletableFuture<T> reading = new CompletableFuture<>();
    private long since;
    private boolean failing;

    /// @param age from when on it is read again
    /// @param patience for who asks
    Fresh(String name, Duration age, Duration patience, Supplier<T> reader) {
        this.name = name;
        this.reader = reader;
        this.ageNanos = age.toNanos();
        this.patience = patience;
        this.reading.cancel(false);
    }

    /// Null when it could not be read in time.
    @Nullable T get() {
        try {
            return current().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            failed("not known within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            failed(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private synchronized CompletableFuture<T> current() {
        boolean old = System.nanoTime() - since > ageNanos;
        if (reading.isDone() && (old || reading.isCompletedExceptionally())) {
            since = System.nanoTime();
            reading =
                    CompletableFuture.supplyAsync(
                            this::read, work -> Thread.ofVirtual().name(name).start(work));
        }
        return reading;
    }

    private T read() {
        T value = reader.get();
        synchronized (this) {
            if (failing) {
                log.info("{} is known again", name);
            }
            failing = false;
        }
        return value;
    }

    /// Said once, not at every look.
    private synchronized void failed(String why) {
        if (!failing) {
            failing = true;
            log.warn("{} is not known: {}", name, why);
        }
    }
}
