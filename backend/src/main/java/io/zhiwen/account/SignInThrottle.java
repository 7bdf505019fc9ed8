package io.zhiwen.account;

import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Counts tries of passwords over all nodes: ten for an account and fifty from an address in a
/// quarter of an hour. An account that does not exist is counted like one that does. Safe for
/// concurrent use.
@Component
public final class SignInThrottle {

    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final RateLimits.Limit ACCOUNT =
            new RateLimits.Limit("sign-in.account", PER_ACCOUNT, WINDOW);
    private static final RateLimits.Limit ADDRESS =
            new RateLimits.Limit("sign-in.address", PER_ADDRESS, WINDOW);

    private final RateLimits limits;

    public SignInThrottle(RateLimits limits) {
        this.limits = limits;
    }

    /// Takes one try of both; false when either has none left.
    boolean mayTry(String account, String address) {
        return limits.take(ADDRESS, address) && mayTry(account);
    }

    boolean mayTry(String account) {
        return limits.take(ACCOUNT, key(account));
    }

    /// After the right password: the account's tries are whole again.
    void forgive(String account) {
        limits.forget(ACCOUNT, key(account));
    }

    /// After the right password: it does not count for the address, behind which may be a whole
    /// office.
    void forgive(String account, String address) {
        forgive(account);
        limits.giveBack(ADDRESS, address);
    }

    private static String key(String account) {
        var lower = account.strip().toLowerCase(Locale.ROOT);
        return lower.length() > 80 ? lower.substring(0, 80) : lower;
    }
}
