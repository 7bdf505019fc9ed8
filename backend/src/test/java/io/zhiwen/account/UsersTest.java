package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.AccountRefused.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UsersTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final Users users = accounts.users;
    private final Principal.User root = accounts.admin();

    @Test
    void aNewPersonGetsAOneTimePasswordThatIsKeptOnlyAsAnArgon2idHash() {
        var accounts = new AccountDatabase(InstantSource.system(), new Passwords());
        var made = accounts.users.create(accounts.admin(), " 李 雷 ", Role.MEMBER);

        assertThat(made.user().name()).isEqualTo("李 雷");
        assertThat(made.user().oneTimePassword()).isTrue();
        assertThat(made.oneTimePassword()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(hash(made.user())).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(accounts.inDump(made.oneTimePassword())).isFalse();
        assertThat(accounts.audited("user.create")).isEqualTo(2);
    }

    @Test
    void aPasswordIsTenCharactersOrMoreAndNotTheName() {
        refused(
                () -> users.create(root, "lin", "123456789", Role.MEMBER),
                Reason.PASSWORD_TOO_SHORT);
        refused(
                () -> users.create(root, "lin", "x".repeat(257), Role.MEMBER),
                Reason.PASSWORD_TOO_LONG);
        refused(
                () -> users.create(root, "longenough1", "LongEnough1", Role.MEMBER),
                Reason.PASSWORD_IS_NAME);
        assertThat(users.create(root, "lin", "密码就是要够长才行呀", Role.MEMBER).name()).isEqualTo("lin");
    }

    @Test
    void aNameIsOneLineAndTakenOnceWhateverItsCase() {
        users.create(root, "Lin", Role.MEMBER);

        refused(() -> users.create(root, "lIN", Role.MEMBER), Reason.NAME_TAKEN);
        for (var bad :
                List.of("", "  ", "a\r\nb", "a\0b", "\u001b[31mred", "x".repeat(65), "<b>")) {
            refused(() -> users.create(root, bad, Role.MEMBER), Reason.NAME_INVALID);
        }
    }

    @Test
    void theLastAdminCannotBeTakenAway() {
        refused(() -> users.disable(root, root.id()), Reason.LAST_ADMIN);
        refused(() -> users.delete(root, root.id()), Reason.LAST_ADMIN);
        refused(() -> users.setRole(root, root.id(), Role.MEMBER), Reason.LAST_ADMIN);
        var second = users.create(root, "second", Role.ADMIN).user();
        users.disable(root, second.id());
        refused(() -> users.disable(root, root.id()), Reason.LAST_ADMIN);
        users.enable(root, second.id());

        users.setRole(root, root.id(), Role.MEMBER);

        assertThat(users.find(root.id()).orElseThrow().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void twoAdminsCannotRemoveEachOtherAtTheSameMoment() throws Exception {
        for (int round = 0; round < 10; round++) {
            var fresh = new AccountDatabase();
            var a = fresh.admin();
            var b = fresh.users.create(a, "b", Role.ADMIN).user().principal();
            try (var pool = Executors.newFixedThreadPool(2)) {
                List<Callable<Object>> both =
                        List.of(
                                () -> attempt(() -> fresh.users.disable(a, b.id())),
                                () -> attempt(() -> fresh.users.setRole(b, a.id(), Role.MEMBER)));
                for (var done : pool.invokeAll(both)) {
                    done.get();
                }
            }
            assertThat(
                            AccountDatabase.DB
                                    .sql(
                                            "select count(*) from app_user"
                                                    + " where role = 'admin' and enabled")
                                    .query(Long.class)
                                    .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void aMemberChangesNobody() {
        var member = accounts.member("mei");

        forbidden(() -> users.list(member));
        forbidden(() -> users.create(member, "x", Role.ADMIN));
        forbidden(() -> users.setRole(member, member.id(), Role.ADMIN));
        forbidden(() -> users.resetPassword(member, root.id()));
        forbidden(() -> users.delete(member, root.id()));
        forbidden(() -> users.disable(member, root.id()));
        forbidden(() -> users.enable(member, root.id()));
        forbidden(() -> accounts.grants.set(member, member.id(), Map.of()));
        forbidden(() -> accounts.groups.list(member));
        forbidden(() -> accounts.groups.create(member, "G"));
        forbidden(() -> accounts.reasons.everywhere(member, root.id()));
        var base = accounts.base("A");
        accounts.grants.give(root, base, new Grantee.Everyone(), BaseRole.EDITOR);
        forbidden(() -> accounts.grants.grant(member, member.id(), base));
        forbidden(() -> accounts.grants.revoke(member, root.id(), base));
        forbidden(() -> accounts.reasons.of(member, root.id(), base));
        forbidden(() -> accounts.keys.create(member, "k", true, List.of()));
        forbidden(() -> accounts.keys.list(member));
        forbidden(() -> accounts.keys.revoke(member, AccountDatabase.nobody()));
    }

    @Test
    void changingOnesPasswordNeedsTheOldOneAndEndsOtherSessions() {
        var member = accounts.member("mei");
        int before = users.current(member.id()).orElseThrow().credentials();
        refused(
                () -> users.changePassword(member, "wrong password", "another good one"),
                Reason.PASSWORD_WRONG);
        refused(
                () ->
                        users.changePassword(
                                member, "correct horse battery", "correct horse battery"),
                Reason.PASSWORD_UNCHANGED);

        users.changePassword(member, "correct horse battery", "another good one");

        var now = users.current(member.id()).orElseThrow();
        assertThat(now.credentials()).isEqualTo(before + 1);
        assertThat(accounts.signIn.attempt("mei", "another good one", "::1"))
                .isInstanceOf(SignIn.Outcome.Welcome.class);
        assertThat(accounts.signIn.attempt("mei", "correct horse battery", "::1"))
                .isInstanceOf(SignIn.Outcome.Refused.class);
    }

    @Test
    void anAdminsResetGivesAOneTimePasswordUntilItsOwnerChoosesOne() {
        var member = accounts.member("mei");

        var once = users.resetPassword(root, member.id());

        assertThat(users.current(member.id()).orElseThrow().oneTimePassword()).isTrue();
        users.changePassword(member, once, "my very own words");
        assertThat(users.current(member.id()).orElseThrow().oneTimePassword()).isFalse();
    }

    @Test
    void aDisabledOrDeletedPersonIsNobodyAtOnce() {
        var member = accounts.member("mei");
        var other = accounts.member("han");

        users.disable(root, member.id());
        users.delete(root, other.id());

        assertThat(users.current(member.id())).isEmpty();
        assertThat(users.current(other.id())).isEmpty();
        assertThat(accounts.signIn.attempt("mei", "correct horse battery", "::1"))
                .isInstanceOf(SignIn.Outcome.Refused.class);
        refused(() -> users.disable(root, other.id()), Reason.NO_SUCH_USER);
    }

    private static Object attempt(Runnable change) {
        try {
            change.run();
            return "done";
        } catch (AccountRefused e) {
            return e.reason();
        }
    }

    private static String hash(UserRow user) {
        return AccountDatabase.DB
                .sql("select password_hash from app_user where id = :id")
                .param("id", user.id())
                .query(String.class)
                .single();
    }

    static void refused(ThrowingCallable change, Reason reason) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        AccountRefused.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void forbidden(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(NotAllowed.class);
    }
}
