package io.zhiwen.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Counts tries of passwords: ten for an account and fifty from an address in a quarter of an hour.
/// An account that does not exist is counted like one that does. Safe for concurrent use.
@Component
public final class SignInThrottle {

    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final LoadingCache<String, Bucket> accounts;
    private final LoadingCache<String, Bucket> addresses;

    public SignInThrottle() {
        this(TimeMeter.SYSTEM_MILLISECONDS);
    }

    SignInThrottle(TimeMeter clock) {
        this.accounts = buckets(PER_ACCOUNT, clock);
        this.addresses = buckets(PER_ADDRESS, clock);
    }

    /// Takes one try of both; false when either has none left.
    boolean mayTry(String account, String address) {
        return addresses.get(address).tryConsume(1) && mayTry(account);
    }

    boolean mayTry(String account) {
        return accounts.get(key(account)).tryConsume(1);
    }

    /// After the right password: the account's tries are whole again.
    void forgive(String account) {
        accounts.invalidate(key(account));
    }

    /// After the right password: it does not count for the address, behind which may be a whole
    /// office.
    void forgive(String account, String address) {
        forgive(account);
        addresses.get(address).addTokens(1);
    }

    private static String key(String account) {
        var lower = account.strip().toLowerCase(Locale.ROOT);
        return lower.length() > 80 ? lower.substring(0, 80) : lower;
    }

    private static LoadingCache<String, Bucket> buckets(int tries, TimeMeter clock) {
        return Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterAccess(WINDOW)
                .build(
                        _ ->
                                Bucket.builder()
                                        .addLimit(
                                                limit ->
                                                        limit.capacity(tries)
                                                                .refillIntervally(tries, WINDOW))
                                        .withCustomTimePrecision(clock)
                                        .build());
    }
}
