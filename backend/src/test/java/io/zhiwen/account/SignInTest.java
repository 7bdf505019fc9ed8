package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignInTest {

    private Instant now = Instant.now();
    private final AccountDatabase accounts = new AccountDatabase(() -> now);
    private final Principal.User root = accounts.admin();

    @Test
    void theRightPasswordIsWelcomeWhateverTheCaseOfTheName() {
        assertThat(accounts.signIn.attempt(" ROOT ", "correct horse battery", "::1"))
                .isInstanceOfSatisfying(
                        SignIn.Outcome.Welcome.class,
                        in -> assertThat(in.current().user()).isEqualTo(root));
        assertThat(accounts.audited("user.sign-in")).isEqualTo(1);
    }

    @Test
    void aRefusedSignInIsInTheAuditLogWithoutWhatWasTyped() {
        accounts.signIn.attempt("root", "wrong", "10.0.0.1");
        accounts.signIn.attempt("hunter2 typed here", "x", "10.0.0.1");

        assertThat(
                        AccountDatabase.DB
                                .sql(
                                        """
                                        select object || detail from audit_event
                                        where action = 'user.sign-in-refused' order by id
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "user:" + root.id() + "{\"address\": \"10.0.0.1\"}",
                        "user:unknown{\"address\": \"10.0.0.1\"}");
    }

    @Test
    void anAccountHasTenTriesInAQuarterOfAnHourKnownOrNot() {
        for (var name : List.of("root", "nobody")) {
            for (int i = 0; i < SignInThrottle.PER_ACCOUNT; i++) {
                assertThat(accounts.signIn.attempt(name, "wrong", "10.0.0." + i))
                        .isInstanceOf(SignIn.Outcome.Refused.class);
            }
            assertThat(accounts.signIn.attempt(name, "correct horse battery", "10.0.1.1"))
                    .isInstanceOf(SignIn.Outcome.Throttled.class);
        }

        now = now.plus(SignInThrottle.WINDOW).plusSeconds(1);

        assertThat(accounts.signIn.attempt("root", "correct horse battery", "10.0.1.1"))
                .isInstanceOf(SignIn.Outcome.Welcome.class);
    }

    @Test
    void nodesCountTogetherAndWhatIsFullAgainIsForgotten() {
        var other = new SignInThrottle(new RateLimits(AccountDatabase.SOURCE, () -> now));
        for (int i = 0; i < SignInThrottle.PER_ACCOUNT; i++) {
            var throttle = i % 2 == 0 ? accounts.throttle : other;
            assertThat(throttle.mayTry("root", "10.0.0." + i)).isTrue();
        }
        assertThat(other.mayTry("root", "10.0.1.1")).isFalse();
        assertThat(accounts.throttle.mayTry("root", "10.0.1.2")).isFalse();
        accounts.limits.sweep();
        assertThat(kept()).isPositive();

        now = now.plus(SignInThrottle.WINDOW).plusSeconds(120);
        accounts.limits.sweep();

        assertThat(kept()).isZero();
    }

    private static long kept() {
        return AccountDatabase.DB.sql("select count(*) from rate_limit").query(Long.class).single();
    }

    @Test
    void anAddressHasFiftyTriesOverAllAccounts() {
        var throttle = accounts.throttle;
        for (int i = 0; i < SignInThrottle.PER_ADDRESS; i++) {
            assertThat(throttle.mayTry("name" + i, "10.0.0.9")).isTrue();
        }

        assertThat(throttle.mayTry("root", "10.0.0.9")).isFalse();
        assertThat(throttle.mayTry("root", "10.0.0.8")).isTrue();
    }

    @Test
    void theRightPasswordGivesTheTriesBack() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < SignInThrottle.PER_ACCOUNT - 1; i++) {
                accounts.signIn.attempt("root", "wrong", "10." + round + ".0." + i);
            }
            assertThat(accounts.signIn.attempt("root", "correct horse battery", "::1"))
                    .isInstanceOf(SignIn.Outcome.Welcome.class);
        }
    }

    @Test
    void anOfficeBehindOneAddressSignsInAsOftenAsItLikes() {
        for (int i = 0; i < SignInThrottle.PER_ADDRESS + 5; i++) {
            assertThat(accounts.signIn.attempt("root", "correct horse battery", "10.8.0.1"))
                    .isInstanceOf(SignIn.Outcome.Welcome.class);
        }
    }

    @Test
    void anUnknownNameTakesAsLongAsAWrongPassword() {
        var accounts = new AccountDatabase(() -> now, new Passwords());
        accounts.admin();
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        accounts.signIn.attempt("warm", "up", "10.9.0.1");
        for (int i = 0; i < 9; i++) {
            known.add(time(accounts, "root", i));
            unknown.add(time(accounts, "nobody", i));
        }

        assertThat((double) Collections.min(unknown) / Collections.min(known)).isBetween(0.7, 1.4);
    }

    private long time(AccountDatabase accounts, String name, int i) {
        long start = System.nanoTime();
        assertThat(accounts.signIn.attempt(name, "wrong password", "10.1.0." + i))
                .isInstanceOf(SignIn.Outcome.Refused.class);
        return System.nanoTime() - start;
    }
}
