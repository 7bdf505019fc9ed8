package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.AccountRefused.Reason;
import io.zhiwen.account.Why.Way;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final Principal.User root = accounts.admin();
    private final Principal.User mei = accounts.member("mei");
    private final KnowledgeBaseId a = accounts.base("A");

    @Test
    void whoIsInAGroupHasWhatItWasGrantedUntilTheyLeaveIt() {
        var sales = accounts.groups.create(root, "Sales").id();
        accounts.grants.give(root, a, new Grantee.Group(sales), BaseRole.EDITOR);
        assertThat(accounts.access.rights(mei, a)).isEmpty();

        accounts.groups.addPerson(root, sales, mei.id());
        assertThat(accounts.access.rights(mei, a)).isEqualTo(BaseRole.EDITOR.rights());
        assertThat(accounts.reasons.of(root, mei.id(), a))
                .containsExactly(new Why(BaseRole.EDITOR, Way.GROUP, "Sales", ""));

        accounts.groups.removePerson(root, sales, mei.id());
        assertThat(accounts.access.rights(mei, a)).isEmpty();
    }

    @Test
    void whoIsInAnInnerGroupIsInTheOuterOneButNotTheOtherWayRound() {
        var company = accounts.groups.create(root, "Company").id();
        var sales = accounts.groups.create(root, "Sales").id();
        var b = accounts.base("B");
        accounts.groups.addGroup(root, company, sales);
        accounts.grants.give(root, a, new Grantee.Group(company), BaseRole.READER);
        accounts.grants.give(root, b, new Grantee.Group(sales), BaseRole.READER);
        var lin = accounts.member("lin");
        accounts.groups.addPerson(root, sales, mei.id());
        accounts.groups.addPerson(root, company, lin.id());

        assertThat(accounts.access.everythingFor(mei).bases()).containsExactlyInAnyOrder(a, b);
        assertThat(accounts.access.everythingFor(lin).bases()).containsExactly(a);
        assertThat(accounts.reasons.of(root, mei.id(), a))
                .containsExactly(new Why(BaseRole.READER, Way.INNER_GROUP, "Company", "Sales"));

        accounts.groups.delete(root, sales);
        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();
    }

    @Test
    void groupsHoldGroupsOneLevelDeep() {
        var outer = accounts.groups.create(root, "Outer").id();
        var middle = accounts.groups.create(root, "Middle").id();
        var inner = accounts.groups.create(root, "Inner").id();
        accounts.groups.addGroup(root, outer, middle);

        UsersTest.refused(
                () -> accounts.groups.addGroup(root, middle, inner), Reason.GROUPS_TOO_DEEP);
        UsersTest.refused(
                () -> accounts.groups.addGroup(root, inner, outer), Reason.GROUPS_TOO_DEEP);
        UsersTest.refused(
                () -> accounts.groups.addGroup(root, inner, inner), Reason.GROUPS_TOO_DEEP);
        UsersTest.refused(() -> accounts.groups.create(root, "OUTER"), Reason.NAME_TAKEN);
        UsersTest.refused(() -> accounts.groups.create(root, "  "), Reason.NAME_INVALID);
    }

    @Test
    void whatIsGrantedToEveryoneIsForWhoeverMaySignIn() {
        accounts.grants.give(root, a, new Grantee.Everyone(), BaseRole.READER);
        assertThat(accounts.access.everythingFor(mei).bases()).containsExactly(a);
        assertThat(accounts.reasons.basesOfEach(root)).containsEntry(mei.id(), 1);

        accounts.users.disable(root, mei.id());
        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();
        assertThat(accounts.reasons.of(root, mei.id(), a)).isEmpty();
        assertThat(accounts.reasons.basesOfEach(root)).doesNotContainKey(mei.id());

        assertThat(accounts.grants.revoke(root, a, new Grantee.Everyone())).isTrue();
        assertThat(accounts.grants.revoke(root, a, new Grantee.Everyone())).isFalse();
    }

    @Test
    void aManagerGrantsInTheirOwnBaseAndSeesNoOther() {
        var b = accounts.base("B");
        accounts.grants.give(root, a, new Grantee.Person(mei.id()), BaseRole.MANAGER);
        var lin = accounts.member("lin");

        accounts.grants.give(mei, a, new Grantee.Person(lin.id()), BaseRole.READER);
        accounts.grants.give(mei, a, new Grantee.Person(lin.id()), BaseRole.EDITOR);

        assertThat(accounts.grants.of(mei, a))
                .extracting(GrantRow::name, GrantRow::role)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("lin", BaseRole.EDITOR),
                        org.assertj.core.groups.Tuple.tuple("mei", BaseRole.MANAGER));
        assertThatThrownBy(() -> accounts.grants.of(lin, a)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> accounts.grants.of(mei, b))
                .isInstanceOf(NoSuchKnowledgeBase.class);
        assertThatThrownBy(
                        () -> accounts.grants.give(mei, b, new Grantee.Everyone(), BaseRole.READER))
                .isInstanceOf(NoSuchKnowledgeBase.class);
        assertThat(accounts.audited("base.grant")).isEqualTo(3);
    }
}
