package io.zhiwen.operate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zhiwen.ask.stream.ModelObserver;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Counts what is asked of the chat model.
@Component
final class ModelMetrics implements ModelObserver {

    private final MeterRegistry registry;
    private final Timer wait;
    private final Timer firstToken;

    ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.wait =
                Buckets.timer(
                        registry,
                        "zhiwen.llm.wait",
                        "Time in line for a slot at the chat model",
                        Buckets.LONG);
        this.firstToken =
                Buckets.timer(
                        registry,
                        "zhiwen.llm.first.token",
                        "Time from a slot to the chat model's first word",
                        Buckets.LONG);
        exchanges("finished").increment(0);
        tokens("prompt").increment(0);
        tokens("answer").increment(0);
    }

    @Override
    public void exchanged(Exchange exchange) {
        if (exchange.waited() != null) {
            wait.record(exchange.waited());
        }
        if (exchange.firstToken() != null) {
            firstToken.record(exchange.firstToken());
        }
        count("prompt", exchange.promptTokens());
        count("answer", exchange.answerTokens());
        exchanges(outcome(exchange)).increment();
    }

    private static String outcome(Exchange exchange) {
        if (exchange.failure() != null) {
            return Buckets.label(exchange.failure());
        }
        return exchange.cancelled() ? "cancelled" : "finished";
    }

    private void count(String kind, @Nullable Integer count) {
        if (count != null) {
            tokens(kind).increment(count);
        }
    }

    private Counter tokens(String kind) {
        return Counter.builder("zhiwen.llm.tokens")
                .description("Tokens as the chat model's server counts them")
                .tag("kind", kind)
                .register(registry);
    }

    private Counter exchanges(String outcome) {
        return Counter.builder("zhiwen.llm.exchanges")
                .description("Requests to the chat model, by how they ended")
                .tag("outcome", outcome)
                .register(registry);
    }
}
