package io.zhiwen.ingest.index.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.lucene.util.IOUtils;

/// Closes what may take much longer than a process that ends can wait.
final class BoundedClose {

    private BoundedClose() {}

    /// Closes them one after the other; what has not been closed in time is closed on a daemon
    /// thread as long as the process lives.
    ///
    /// @return whether all are closed
    /// @throws IOException as the first of them that failed
    static boolean within(Duration patience, Closeable... things) throws IOException {
        var closing =
                new FutureTask<Void>(
                        () -> {
                            IOUtils.close(things);
                            return null;
                        });
        Thread.ofPlatform().name("index-close").daemon().start(closing);
        try {
            closing.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed
                    ? failed
                    : new IOException("closing failed", e.getCause());
        }
    }
}
