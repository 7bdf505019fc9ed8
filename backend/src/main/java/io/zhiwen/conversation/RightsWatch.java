package io.zhiwen.conversation;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Notices within seconds that the reader of a running answer lost something it may be made from.
/// For one thread.
final class RightsWatch {

    private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final BooleanSupplier allowed;
    private long checkedAt = System.nanoTime();
    private boolean lost;

    RightsWatch(BooleanSupplier allowed) {
        this.allowed = allowed;
    }

    boolean lost() {
        long now = System.nanoTime();
        if (!lost && now - checkedAt >= EVERY_NANOS) {
            checkedAt = now;
            lost = !allowed.getAsBoolean();
        }
        return lost;
    }
}
