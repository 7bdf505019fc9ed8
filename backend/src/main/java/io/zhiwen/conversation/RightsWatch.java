package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import java.time.Duration;

/// Notices within seconds that the reader of a running answer lost something it may be made from.
/// For one
/// thread.
final class RightsWatch {

    private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final Access access;
    private final Principal.User user;
    private final Scope scope;
    private long checkedAt = System.nanoTime();
    private boolean lost;

    RightsWatch(Access access, Principal.User user, Scope scope) {
        this.access = access;
        this.user = user;
        this.scope = scope;
    }

    boolean lost() {
        long now = System.nanoTime();
        if (!lost && now - checkedAt >= EVERY_NANOS) {
            checkedAt = now;
            lost = !access.readableBy(user).covers(scope);
        }
        return lost;
    }
}
