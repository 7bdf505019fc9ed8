package io.zhiwen.account;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// How often somebody may ask, search and upload, counted over all nodes. Safe for concurrent use.
@Component
public final class RequestLimits {

    /// What is counted apart.
    public enum Kind {
        REQUEST,
        QUESTION,
        UPLOAD
    }

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RateLimits limits;
    private final Supplier<LimitSettings> settings;

    public RequestLimits(RateLimits limits, Supplier<LimitSettings> settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /// One request of a person or a key; empty where nothing limits it. A key that acts for a
    /// person uses its own.
    public Optional<Allowance> take(Kind kind, Principal who) {
        return switch (who) {
            case Principal.Key key -> {
                var own = key.requestsPerMinute();
                yield take(kind, own == null ? usual(kind) : own, "key " + key.id());
            }
            case Principal.User user -> take(kind, usual(kind), "user " + user.id());
        };
    }

    /// The same for one that must be there.
    ///
    /// @throws TooManyRequests when there is none
    public void require(Kind kind, Principal who) {
        take(kind, who)
                .filter(allowance -> !allowance.granted())
                .ifPresent(
                        allowance -> {
                            throw new TooManyRequests(allowance);
                        });
    }

    /// One request of nobody known, from this address.
    public Optional<Allowance> takeOfStranger(String address) {
        return take(Kind.REQUEST, settings.get().strangers(), "address " + address);
    }

    private int usual(Kind kind) {
        return switch (kind) {
            case REQUEST -> settings.get().requests();
            case QUESTION -> settings.get().questions();
            case UPLOAD -> settings.get().uploads();
        };
    }

    /// The number is part of the name: a new one counts at once.
    private Optional<Allowance> take(Kind kind, int perMinute, String who) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        var name = kind.name().toLowerCase(Locale.ROOT) + "." + perMinute;
        return Optional.of(limits.probe(RateLimits.Limit.flowing(name, perMinute, WINDOW), who));
    }
}
