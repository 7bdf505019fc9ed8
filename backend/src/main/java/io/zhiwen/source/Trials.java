package io.zhiwen.source;

import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks at the first few things of a source, to see whether it can be read at all.
@Component
final class Trials {

    private static final int FEW = 5;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Claims claims;
    private final Kinds kinds;

    Trials(Claims claims, Kinds kinds) {
        this.claims = claims;
        this.kinds = kinds;
    }

    Trial of(SourceRow row) {
        try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Trial> trial = one.submit(() -> look(row));
            try {
                return trial.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                trial.cancel(true);
                return failed(
                        Trouble.UNREACHABLE, "no answer in " + LONGEST.toSeconds() + " seconds");
            } catch (ExecutionException e) {
                return failed(Trouble.INTERNAL, "" + e.getCause());
            } catch (InterruptedException e) {
                trial.cancel(true);
                Thread.currentThread().interrupt();
                return failed(Trouble.INTERNAL, "interrupted");
            }
        }
    }

    private Trial look(SourceRow row) throws InterruptedException {
        List<String> names = new ArrayList<>();
        SourceKind kind =
                kinds.named(row.kind())
                        .orElseThrow(() -> new IllegalStateException("no kind " + row.kind()));
        try (Source source = kind.open(claims.place(row.id()))) {
            source.each(new Glance(names));
            return new Trial(null, "", names);
        } catch (Enough _) {
            return new Trial(null, "", names);
        } catch (SourceUnavailable e) {
            return failed(e.trouble(), e.detail());
        } catch (IOException e) {
            return failed(Trouble.UNREACHABLE, e.toString());
        }
    }

    private static Trial failed(Trouble trouble, String detail) {
        return new Trial(trouble, detail, List.of());
    }

    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Enough() {
            super(null, null, false, false);
        }
    }

    private record Glance(List<String> names) implements Look {

        @Override
        public @Nullable String fingerprintOf(String address) {
            return null;
        }

        @Override
        public boolean isGlance() {
            return true;
        }

        @Override
        public void found(Thing thing) {
            names.add(thing.name());
            if (names.size() == FEW) {
                throw new Enough();
            }
        }

        @Override
        public void leftOut(String address, Reason reason, String detail) {}

        @Override
        public void incomplete(Reason reason) {}
    }
}
