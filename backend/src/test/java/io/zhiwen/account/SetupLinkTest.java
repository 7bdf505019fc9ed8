package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.AccountRefused.Reason;
import org.junit.jupiter.api.Test;

class SetupLinkTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final SetupLink setup = accounts.setup;

    @Test
    void theLinkMakesTheFirstAdminOnceAndOnlyAHashOfItIsKept() {
        var token = setup.issueIfNeeded().orElseThrow();
        assertThat(token).hasSize(43);
        assertThat(accounts.inDump(token)).isFalse();
        assertThat(setup.isValid(token)).isTrue();

        var admin = setup.redeem(token, "lin", "long enough words");

        assertThat(admin.isAdmin()).isTrue();
        assertThat(setup.isNeeded()).isFalse();
        assertThat(setup.isValid(token)).isFalse();
        assertThat(setup.issueIfNeeded()).isEmpty();
        UsersTest.refused(
                () -> setup.redeem(token, "eve", "long enough words"), Reason.SETUP_LINK_INVALID);
    }

    @Test
    void aNewStartReplacesTheLink() {
        var old = setup.issueIfNeeded().orElseThrow();
        var next = new SetupLink(AccountDatabase.DB, AccountDatabase.TX, accounts.users);
        var token = next.issueIfNeeded().orElseThrow();

        assertThat(next.isValid(old)).isFalse();
        UsersTest.refused(
                () -> next.redeem(old, "eve", "long enough words"), Reason.SETUP_LINK_INVALID);
        assertThat(next.redeem(token, "lin", "long enough words").name()).isEqualTo("lin");
    }

    @Test
    void aFormFilledInBadlyDoesNotUseUpTheLink() {
        var token = setup.issueIfNeeded().orElseThrow();

        UsersTest.refused(() -> setup.redeem(token, "lin", "short"), Reason.PASSWORD_TOO_SHORT);
        UsersTest.refused(
                () -> setup.redeem("guess", "lin", "long enough words"), Reason.SETUP_LINK_INVALID);

        assertThat(setup.redeem(token, "lin", "long enough words").isAdmin()).isTrue();
    }

    @Test
    void anUnattendedInstallHasItsAdminAndNoLink() {
        var token = setup.issueIfNeeded().orElseThrow();

        assertThat(setup.createUnattended("ops", "long enough words")).isPresent();

        assertThat(setup.isValid(token)).isFalse();
        assertThat(setup.createUnattended("again", "long enough words")).isEmpty();
    }
}
