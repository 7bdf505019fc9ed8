package io.zhiwen.operate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zhiwen.ingest.IngestObserver;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.library.JobObserver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Counts the work on files.
@Component
final class IngestMetrics implements IngestObserver, JobObserver {

    private final MeterRegistry registry;
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Buckets.timer(
                            registry,
                            "zhiwen.ingest.stage",
                            "Time a file spent in a stage",
                            Buckets.LONG,
                            "stage",
                            Buckets.label(stage)));
        }
        for (End end : End.values()) {
            jobs(end, null).increment(0);
        }
    }

    @Override
    public void passed(Attempt attempt, Stage stage, Duration took) {
        Timer timer = stages.get(stage);
        if (timer != null) {
            timer.record(took);
        }
    }

    @Override
    public void ended(Attempt attempt, End end, @Nullable String reason, Duration took) {
        jobs(end, reason).increment();
    }

    private Counter jobs(End end, @Nullable String reason) {
        return Counter.builder("zhiwen.ingest.jobs")
                .description("Pieces of work on files that ended")
                .tag("outcome", Buckets.label(end))
                .tag("reason", reason == null ? "none" : Buckets.label(reason))
                .register(registry);
    }
}
