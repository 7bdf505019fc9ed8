package io.zhiwen.operate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zhiwen.ask.AskObserver;
import io.zhiwen.ask.retrieve.Leg;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// Counts questions and searches.
@Component
final class AskMetrics implements AskObserver {

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> answers = new EnumMap<>(Outcome.class);
    private final AtomicInteger running = new AtomicInteger();
    private final Timer fuse;
    private final Timer load;
    private final Timer rerank;
    private final Counter overBudget;

    AskMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            answers.put(
                    outcome,
                    Buckets.timer(
                            registry,
                            "zhiwen.answer",
                            "Time from a question to the end of its answer",
                            Buckets.LONG,
                            "outcome",
                            Buckets.label(outcome)));
        }
        Gauge.builder("zhiwen.answers.running", running, AtomicInteger::get)
                .description("Answers being made now")
                .register(registry);
        this.fuse = stage("fuse");
        this.load = stage("load");
        this.rerank = stage("rerank");
        this.overBudget =
                Counter.builder("zhiwen.rerank.over.budget")
                        .description("Searches whose candidates were not all reread in time")
                        .register(registry);
        legMissing("keyword").increment(0);
    }

    @Override
    public void began() {
        running.incrementAndGet();
    }

    @Override
    public void retrieved(Retrieved retrieved) {
        retrieved.legs().forEach(this::count);
        fuse.record(retrieved.fuse());
        load.record(retrieved.load());
        rerank.record(retrieved.rerank());
        if (retrieved.overBudget()) {
            overBudget.increment();
        }
    }

    @Override
    public void answered(Answered answered) {
        running.decrementAndGet();
        Timer timer = answers.get(answered.outcome());
        if (timer != null) {
            timer.record(answered.took());
        }
    }

    private void count(Leg leg) {
        String name = leg.ranking().leg();
        if (leg.missing() != null) {
            legMissing(name).increment();
            return;
        }
        legTime(name).record(leg.took());
        candidates(name).record(leg.ranking().hits().size());
    }

    private Timer stage(String stage) {
        return Buckets.timer(
                registry,
                "zhiwen.retrieval.stage",
                "Time of what follows the legs of a search",
                Buckets.SHORT,
                "stage",
                stage);
    }

    private Timer legTime(String leg) {
        return Buckets.timer(
                registry,
                "zhiwen.retrieval.leg",
                "Time of one leg of a search, the question's embedding included",
                Buckets.SHORT,
                "leg",
                leg);
    }

    private Counter legMissing(String leg) {
        return Counter.builder("zhiwen.retrieval.leg.missing")
                .description("Searches a leg was left out of: it failed or took too long")
                .tag("leg", leg)
                .register(registry);
    }

    private DistributionSummary candidates(String leg) {
        return DistributionSummary.builder("zhiwen.retrieval.candidates")
                .description("Passages a leg found")
                .tag("leg", leg)
                .register(registry);
    }
}
