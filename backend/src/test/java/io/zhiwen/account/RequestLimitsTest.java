package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.RequestLimits.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private static final LimitSettings SETTINGS = new LimitSettings(3, 2, 0, 2);

    private Instant now = Instant.now();
    private final AccountDatabase accounts = new AccountDatabase(() -> now);
    private final RequestLimits limits = new RequestLimits(accounts.limits, () -> SETTINGS);
    private final Principal.User lin = new Principal.User(UUID.randomUUID(), "lin", false);

    @Test
    void nodesCountQuestionsTogetherAndTheyComeBackOneByOne() {
        var other =
                new RequestLimits(
                        new RateLimits(AccountDatabase.SOURCE, () -> now), () -> SETTINGS);
        assertThat(limits.take(Kind.QUESTION, lin).orElseThrow().remaining()).isEqualTo(1);
        assertThat(other.take(Kind.QUESTION, lin).orElseThrow().remaining()).isZero();

        var refused = limits.take(Kind.QUESTION, lin).orElseThrow();

        assertThat(refused.granted()).isFalse();
        assertThat(refused.limit()).isEqualTo(2);
        assertThat(refused.next()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
        assertThat(refused.whole()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
        now = now.plusSeconds(31);
        assertThat(other.take(Kind.QUESTION, lin).orElseThrow().granted()).isTrue();
        assertThat(limits.take(Kind.QUESTION, lin).orElseThrow().granted()).isFalse();
    }

    @Test
    void kindsPeopleAndAddressesAreCountedApart() {
        for (int i = 0; i < 2; i++) {
            assertThat(limits.take(Kind.QUESTION, lin).orElseThrow().granted()).isTrue();
            assertThat(limits.takeOfStranger("10.0.0.1").orElseThrow().granted()).isTrue();
        }
        assertThat(limits.take(Kind.QUESTION, lin).orElseThrow().granted()).isFalse();
        assertThat(limits.takeOfStranger("10.0.0.1").orElseThrow().granted()).isFalse();

        var mei = new Principal.User(UUID.randomUUID(), "mei", false);
        assertThat(limits.take(Kind.QUESTION, mei).orElseThrow().granted()).isTrue();
        assertThat(limits.take(Kind.REQUEST, lin).orElseThrow().granted()).isTrue();
        assertThat(limits.takeOfStranger("10.0.0.2").orElseThrow().granted()).isTrue();
        assertThat(limits.take(Kind.UPLOAD, lin)).isEmpty();
    }

    @Test
    void aKeysOwnLimitCountsAtOnceAlsoForThoseItActsFor() {
        var id = UUID.randomUUID();
        var key = new Principal.Key(id, "portal", true, KeyScope.ALL, true, 1, null);
        assertThat(limits.take(Kind.REQUEST, key).orElseThrow().limit()).isEqualTo(1);
        assertThat(limits.take(Kind.REQUEST, key.actingFor(lin)).orElseThrow().granted()).isFalse();

        var wider = new Principal.Key(id, "portal", true, KeyScope.ALL, true, 5, null);
        assertThat(limits.take(Kind.REQUEST, wider).orElseThrow().remaining()).isEqualTo(4);
        var usual = new Principal.Key(id, "portal", true);
        assertThat(limits.take(Kind.REQUEST, usual).orElseThrow().limit()).isEqualTo(3);
    }
}
