package io.zhiwen.operate.telemetry;

import io.opentelemetry.api.trace.Tracer;
import io.zhiwen.ingest.IngestObserver;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.library.JobObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One trace a piece of work on a file, with its stages. Nothing of the file but its id.
final class IngestSpans implements IngestObserver, JobObserver {

    private record Lap(Stage stage, Duration took) {}

    private final Tracer tracer;
    private final Map<Attempt, List<Lap>> laps = new ConcurrentHashMap<>();

    IngestSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void passed(Attempt attempt, Stage stage, Duration took) {
        laps.computeIfAbsent(attempt, _ -> new ArrayList<>()).add(new Lap(stage, took));
    }

    @Override
    public void ended(Attempt attempt, End end, @Nullable String reason, Duration took) {
        Drawn job =
                Drawn.root(tracer, "ingest", took)
                        .with("zhiwen.document", attempt.document().toString())
                        .with("zhiwen.version", attempt.version())
                        .with("zhiwen.attempt", attempt.number())
                        .with("zhiwen.outcome", end.name().toLowerCase(Locale.ROOT));
        if (reason != null) {
            job.failed(reason);
        }
        Duration from = Duration.ZERO;
        List<Lap> passed = laps.remove(attempt);
        for (Lap lap : passed == null ? List.<Lap>of() : passed) {
            job.child(lap.stage().name().toLowerCase(Locale.ROOT), from, lap.took()).done();
            from = from.plus(lap.took());
        }
        job.done();
    }
}
