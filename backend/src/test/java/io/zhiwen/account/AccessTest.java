package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final Principal.User root = accounts.admin();
    private final Principal.User mei = accounts.member("mei");
    private final KnowledgeBaseId a = accounts.base("A");
    private final KnowledgeBaseId b = accounts.base("B");

    @Test
    void nothingIsReadableByDefaultAndAdminsReadAll() {
        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();
        assertThat(accounts.access.everythingFor(root).bases()).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void aGrantHoldsFromTheNextRequestUntilItIsRevoked() {
        accounts.grants.grant(root, mei.id(), a);
        assertThat(accounts.access.everythingFor(mei).bases()).containsExactly(a);

        accounts.grants.revoke(root, mei.id(), a);
        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();

        accounts.grants.set(root, mei.id(), Map.of(a, BaseRole.READER, b, BaseRole.EDITOR));
        assertThat(accounts.grants.rolesOf(mei.id()))
                .containsExactly(Map.entry(a, BaseRole.READER), Map.entry(b, BaseRole.EDITOR));
    }

    @Test
    void aBaseThatIsForbiddenLooksLikeOneThatIsAbsent() {
        var absent = KnowledgeBaseId.random();
        accounts.grants.grant(root, mei.id(), a);

        assertThat(accounts.access.chosenBy(mei, List.of(a)).bases()).containsExactly(a);
        assertThatThrownBy(() -> accounts.access.chosenBy(mei, List.of(a, b)))
                .isInstanceOf(NoSuchKnowledgeBase.class)
                .hasMessage("no knowledge base " + b);
        assertThatThrownBy(() -> accounts.access.chosenBy(mei, List.of(absent)))
                .isInstanceOf(NoSuchKnowledgeBase.class)
                .hasMessage("no knowledge base " + absent);
    }

    @Test
    void aDeletedBaseIsAbsentForEveryone() {
        accounts.grants.grant(root, mei.id(), a);
        var key = accounts.keys.create(root, "portal", false, List.of(a)).secret();
        accounts.delete(a);

        assertThat(accounts.access.everythingFor(root).bases()).containsExactly(b);
        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();
        assertThat(accounts.grants.rolesOf(mei.id())).isEmpty();
        assertThat(accounts.access.everythingFor(in(key)).bases()).isEmpty();
        assertThatThrownBy(() -> accounts.grants.grant(root, mei.id(), a))
                .isInstanceOf(NoSuchKnowledgeBase.class);
    }

    @Test
    void aDisabledPersonAndARevokedKeyReadNothing() {
        accounts.grants.grant(root, mei.id(), a);
        var made = accounts.keys.create(root, "portal", true, List.of());
        var key = in(made.secret());
        assertThat(accounts.access.everythingFor(key).bases()).containsExactlyInAnyOrder(a, b);

        accounts.users.disable(root, mei.id());
        accounts.keys.revoke(root, made.row().id());

        assertThat(accounts.access.everythingFor(mei).bases()).isEmpty();
        assertThat(accounts.access.everythingFor(key).bases()).isEmpty();
        assertThat(accounts.keys.isGood(key)).isFalse();
        assertThat(accounts.keys.authenticate(made.secret())).isEmpty();
    }

    @Test
    void aKeyIsShownOnceKeptAsAHashAndLimitedToItsBases() {
        var made = accounts.keys.create(root, "portal", false, List.of(a));

        assertThat(made.secret()).matches("zw_[a-z2-9]{6}_[A-Za-z0-9_-]{43}");
        assertThat(made.secret()).startsWith(made.row().prefix());
        assertThat(accounts.inDump(made.secret().substring(11))).isFalse();
        assertThat(accounts.access.everythingFor(in(made.secret())).bases()).containsExactly(a);
        assertThat(in(made.secret()).isAdmin()).isFalse();
        assertThat(accounts.keys.authenticate(made.secret() + "x")).isEmpty();
        assertThat(accounts.keys.authenticate("zw_" + "x".repeat(10_000))).isEmpty();
        UsersTest.refused(
                () -> accounts.keys.create(root, "none", false, List.of()),
                AccountRefused.Reason.KEY_WITHOUT_BASES);
    }

    @Test
    void aKeyExpiresAndSaysWhenItWasUsedToTheMinute() {
        var soon = Instant.now().plus(1, ChronoUnit.HOURS);
        var made = accounts.keys.create(root, "portal", true, List.of(), soon);
        var key = in(made.secret());
        var used = accounts.keys.list(root).getFirst().lastUsedAt();
        assertThat(used).isNotNull();

        in(made.secret());
        assertThat(accounts.keys.list(root).getFirst().lastUsedAt()).isEqualTo(used);

        AccountDatabase.DB
                .sql("update api_key set expires_at = now() - interval '1 second'")
                .update();
        assertThat(accounts.keys.authenticate(made.secret())).isEmpty();
        assertThat(accounts.keys.isGood(key)).isFalse();
        UsersTest.refused(
                () -> accounts.keys.create(root, "old", true, List.of(), Instant.EPOCH),
                AccountRefused.Reason.EXPIRY_PAST);
    }

    @Test
    void aKeyDoesWhatItsScopesSayAndNothingElse() {
        var ask =
                in(
                        accounts.keys
                                .create(root, wish(Set.of(a), Set.of(KeyScope.ASK), false))
                                .secret());
        assertThat(accounts.access.rights(ask, a)).containsExactly(Right.ASK);
        assertThat(accounts.access.rights(ask, b)).isEmpty();
        assertThat(accounts.access.chosenBy(ask, Right.ASK, List.of(a)).bases()).containsExactly(a);
        assertThatThrownBy(() -> accounts.access.chosenBy(ask, List.of(a)))
                .isInstanceOf(NotAllowed.class);
        assertThat(accounts.keys.list(root).getFirst().scopes()).containsExactly(KeyScope.ASK);
        UsersTest.refused(
                () -> accounts.keys.create(root, wish(Set.of(a), Set.of(), false)),
                AccountRefused.Reason.KEY_WITHOUT_SCOPES);
    }

    @Test
    void aKeyThatActsForAUserMayWhatBothMay() {
        var key = in(accounts.keys.create(root, wish(Set.of(a), KeyScope.USUAL, true)).secret());
        var forMei = key.actingFor(mei);
        assertThat(accounts.access.rights(forMei, a)).isEmpty();

        accounts.grants.grant(root, mei.id(), a);
        accounts.grants.give(root, b, new Grantee.Person(mei.id()), BaseRole.MANAGER);
        assertThat(accounts.access.rights(forMei, a))
                .containsExactlyInAnyOrder(Right.READ, Right.ASK);
        assertThat(accounts.access.rights(forMei, b)).isEmpty();
        assertThat(accounts.access.rights(key.actingFor(root), a))
                .containsExactlyInAnyOrder(Right.READ, Right.ASK, Right.UPLOAD);
        assertThat(forMei.label()).isEqualTo("key:portal for user:mei");

        accounts.users.disable(root, mei.id());
        assertThat(accounts.access.rights(forMei, a)).isEmpty();
        assertThat(accounts.users.named("MEI")).isEmpty();
    }

    private static KeyWish wish(Set<KnowledgeBaseId> bases, Set<KeyScope> scopes, boolean acts) {
        return new KeyWish("portal", false, bases, scopes, acts, null);
    }

    @Test
    void aThousandSecretsAreAllDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(Secrets.random256())).isTrue();
        }
    }

    @Test
    void whatAMemberReadsIsWhatAPlainModelSaysInRandomWorlds() {
        var random = new Random(7);
        List<KnowledgeBaseId> bases = new ArrayList<>(List.of(a, b));
        Set<KnowledgeBaseId> granted = new HashSet<>();
        Set<KnowledgeBaseId> deleted = new HashSet<>();
        for (int step = 0; step < 300; step++) {
            var base = bases.get(random.nextInt(bases.size()));
            switch (random.nextInt(4)) {
                case 0 -> bases.add(accounts.base("base " + step));
                case 1 -> {
                    if (!deleted.contains(base)) {
                        accounts.grants.grant(root, mei.id(), base);
                        granted.add(base);
                    }
                }
                case 2 -> {
                    if (!deleted.contains(base)) {
                        accounts.grants.revoke(root, mei.id(), base);
                        granted.remove(base);
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        accounts.delete(base);
                        deleted.add(base);
                    }
                }
            }
            var expected = new HashSet<>(granted);
            expected.removeAll(deleted);
            assertThat(accounts.access.everythingFor(mei).bases()).isEqualTo(expected);
        }
    }

    private Principal.Key in(String secret) {
        return accounts.keys.authenticate(secret).orElseThrow();
    }
}
