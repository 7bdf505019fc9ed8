package io.zhiwen.operate.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;

/// A span drawn when its work is over: the stages tell how long they took and know nothing of
/// traces.
///
/// @param span open until `end`
record Drawn(Tracer tracer, Span span, Instant start, Instant end) {

    static Drawn root(Tracer tracer, String name, Duration took) {
        Instant end = Instant.now();
        return drawn(tracer, name, Context.root(), end.minus(took), end);
    }

    /// @param after the beginning of this one
    Drawn child(String name, Duration after, Duration took) {
        Instant from = start.plus(after);
        return drawn(tracer, name, Context.root().with(span), from, from.plus(took));
    }

    Drawn with(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    Drawn with(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    Drawn failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
        return this;
    }

    void done() {
        span.end(end);
    }

    private static Drawn drawn(
            Tracer tracer, String name, Context parent, Instant start, Instant end) {
        Span span = tracer.spanBuilder(name).setParent(parent).setStartTimestamp(start).startSpan();
        return new Drawn(tracer, span, start, end);
    }
}
