package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Leaves a server alone for a while after it failed several times in a row; then one request tries
/// whether it is back. Safe for concurrent use.
final class Breaker {

    private final int failuresToOpen;
    private final long restNanos;
    private final LongSupplier nanos;
    private int failures;
    private long openedAt;
    private boolean trying;

    Breaker(int failuresToOpen, Duration rest, LongSupplier nanos) {
        this.failuresToOpen = failuresToOpen;
        this.restNanos = rest.toNanos();
        this.nanos = nanos;
    }

    /// Whether the server may be asked now; who may must say how it ended.
    synchronized boolean mayAsk() {
        if (failures < failuresToOpen) {
            return true;
        }
        if (trying || nanos.getAsLong() - openedAt < restNanos) {
            return false;
        }
        trying = true;
        return true;
    }

    synchronized ModelState.Rest rest() {
        if (failures < failuresToOpen) {
            return ModelState.Rest.ASKED;
        }
        return trying ? ModelState.Rest.TRYING : ModelState.Rest.RESTING;
    }

    synchronized void worked() {
        failures = 0;
        trying = false;
    }

    synchronized void failed() {
        failures = Math.min(failures + 1, failuresToOpen);
        openedAt = nanos.getAsLong();
        trying = false;
    }

    /// It ended in a way that says nothing about the server.
    synchronized void undecided() {
        trying = false;
    }
}
