package io.zhiwen.operate.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Timers with the buckets a percentile over several nodes is computed from; few, for each is a
/// series of its own.
final class Buckets {

    /// What a search takes.
    static final Duration[] SHORT = of(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);

    /// What a model or a file takes.
    static final Duration[] LONG = of(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120);

    private Buckets() {}

    static Timer timer(
            MeterRegistry registry, String name, String what, Duration[] buckets, String... tags) {
        return Timer.builder(name)
                .description(what)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /// A label's value: `FIRST_TOKEN_TIMEOUT` becomes `first-token-timeout`.
    static String label(Enum<?> value) {
        return label(value.name());
    }

    static String label(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration[] of(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(second -> Duration.ofNanos(Math.round(second * 1e9)))
                .toArray(Duration[]::new);
    }
}
