package io.zhiwen.conversation;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Notices within seconds that the reader of a running answer lost something it may be made from.
/// For one thread.
final class RightsWatch {

    static final Duration EVERY = Duration.ofSeconds(3);

    private final BooleanSupplier allowed;
    private final LongSupplier nanos;
    private long checkedAt;
    private boolean lost;

    RightsWatch(BooleanSupplier allowed) {
        this(allowed, System::nanoTime);
    }

    RightsWatch(BooleanSupplier allowed, LongSupplier nanos) {
        this.allowed = allowed;
        this.nanos = nanos;
        this.checkedAt = nanos.getAsLong();
    }

    boolean lost() {
        long now = nanos.getAsLong();
        if (!lost && now - checkedAt >= EVERY.toNanos()) {
            checkedAt = now;
            lost = !allowed.getAsBoolean();
        }
        return lost;
    }
}
