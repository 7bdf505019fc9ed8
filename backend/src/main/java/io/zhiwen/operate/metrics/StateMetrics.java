package io.zhiwen.operate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.zhiwen.ask.stream.ModelState;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.library.Status;
import io.zhiwen.operate.Facts;
import io.zhiwen.operate.Operation;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shows how things stand when somebody looks. What the database does not say in time is NaN, and
/// Prometheus shows a gap.
@Component
final class StateMetrics {

    private final MeterRegistry registry;

    StateMetrics(MeterRegistry registry, Facts facts, Operation operation, Models models) {
        this.registry = registry;
        queue(facts);
        storage(facts, operation);
        index(facts, operation);
        models(models);
        for (String part : Operation.PARTS) {
            gauge(
                    "zhiwen.health",
                    "Whether a part of the node is well: 1, or 0",
                    operation,
                    now -> now.isWell(part) ? 1 : 0,
                    "part",
                    part);
        }
    }

    private void queue(Facts facts) {
        for (Status status : Status.values()) {
            gauge(
                    "zhiwen.documents",
                    "Documents by how far the work on their newest version is",
                    facts,
                    now -> orGap(now.queue(), queue -> queue.count(status)),
                    "status",
                    status.code());
        }
        gauge(
                "zhiwen.queue.oldest.seconds",
                "Age of the upload that waits longest",
                facts,
                now -> orGap(now.queue(), queue -> queue.oldest().toMillis() / 1e3));
    }

    private void storage(Facts facts, Operation operation) {
        gauge(
                "zhiwen.blob.bytes",
                "Originals kept",
                facts,
                now -> orGap(now.storage(), Facts.Storage::blobs));
        gauge(
                "zhiwen.database.bytes",
                "Size of the database",
                facts,
                now -> orGap(now.storage(), Facts.Storage::database));
        gauge(
                "zhiwen.disk.free.bytes",
                "What may still be written where the data folder is",
                operation,
                now -> now.disk().free());
    }

    private void index(Facts facts, Operation operation) {
        gauge(
                "zhiwen.index.lag.changes",
                "Changes that are not yet in this node's index",
                facts,
                now -> orGap(now.lag(), lag -> lag.changes()));
        gauge(
                "zhiwen.index.lag.seconds",
                "Age of the oldest of them",
                facts,
                now -> orGap(now.lag(), lag -> lag.seconds()));
        gauge(
                "zhiwen.index.passages",
                "Passages in this node's index",
                operation,
                now -> now.index().passages());
        gauge(
                "zhiwen.index.bytes",
                "Size of this node's index",
                operation,
                now -> now.disk().index());
    }

    private void models(Models models) {
        gauge(
                "zhiwen.llm.resting",
                "Whether the chat model is left alone after failures: 1, or 0",
                models,
                now -> of(now, state -> state.rest() == ModelState.Rest.ASKED ? 0 : 1));
        gauge(
                "zhiwen.llm.slots",
                "Answers the chat model may write at once for all nodes",
                models,
                now -> of(now, ModelState::slots));
        gauge(
                "zhiwen.llm.slots.used",
                "Slots this node uses",
                models,
                now -> of(now, ModelState::used));
        gauge(
                "zhiwen.llm.waiting",
                "Questions of this node in line for a slot",
                models,
                now -> of(now, ModelState::waiting));
    }

    private <T> void gauge(
            String name, String what, T source, ToDoubleFunction<T> value, String... tags) {
        Gauge.builder(name, source, value)
                .description(what)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double of(Models models, ToDoubleFunction<ModelState> value) {
        return models.configured().map(writer -> value.applyAsDouble(writer.state())).orElse(0.0);
    }

    private static <T> double orGap(@Nullable T fact, ToDoubleFunction<T> value) {
        return fact == null ? Double.NaN : value.applyAsDouble(fact);
    }
}
