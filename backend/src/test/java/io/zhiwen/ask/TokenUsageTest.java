package io.zhiwen.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

class TokenUsageTest {

    private static final KnowledgeBaseId BASE = KnowledgeBaseId.random();

    @Test
    void aPersonsAndABasesOwnLimitsAreSetByAdminsAndHold() throws Exception {
        var db = JdbcClient.create(TestPostgres.fresh());
        var an = UUID.randomUUID();
        db.sql(
                        "insert into app_user (id, name, password_hash, role) values (:id, 'an', 'x', 'member')")
                .param("id", an)
                .update();
        db.sql("insert into knowledge_base (id, name) values (:id, 'Handbook')")
                .param("id", BASE.value())
                .update();
        var root = new Principal.User(UUID.randomUUID(), "root", true);
        var limits = new TokenLimits(db, TransactionOperations.withoutTransaction(), new Audit(db));
        var usage = new TokenUsage(db, () -> new TokenSettings(10));
        usage.add(an.toString(), BASE, new Spending(40, 9, 49, 0));
        assertThat(usage.usedUp(an.toString(), BASE)).contains(TokenLedger.UsedUp.ASKER);
        assertThat(usage.of(root, 1))
                .extracting(TokenUsage.Row::estimatedTokens)
                .containsExactly(49L);

        assertThat(limits.set(root, TokenLimits.Of.USER, an, 50L)).isTrue();
        assertThat(usage.usedUp(an.toString(), BASE)).isEmpty();
        assertThat(limits.set(root, TokenLimits.Of.BASE, BASE.value(), 49L)).isTrue();
        assertThat(usage.usedUp(an.toString(), BASE)).contains(TokenLedger.UsedUp.BASE);
        assertThat(usage.usedUp(an.toString(), KnowledgeBaseId.random())).isEmpty();
        assertThat(limits.all(root))
                .extracting(TokenLimits.Limit::name, TokenLimits.Limit::perDay)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("an", 50L),
                        org.assertj.core.groups.Tuple.tuple("Handbook", 49L));
        limits.set(root, TokenLimits.Of.BASE, BASE.value(), null);
        assertThat(usage.usedUp(an.toString(), BASE)).isEmpty();
        assertThat(limits.set(root, TokenLimits.Of.BASE, UUID.randomUUID(), 1L)).isFalse();
        var member = new Principal.User(an, "an", false);
        assertThatThrownBy(() -> limits.set(member, TokenLimits.Of.USER, an, null))
                .isInstanceOf(NotAllowed.class);
    }

    private static Spending spent(int prompt, int answer) {
        return new Spending(prompt, answer, 0, 1);
    }

    @Test
    void anAskersTokensAddUpByBaseUntilTheDaysLimit() throws Exception {
        var db = JdbcClient.create(TestPostgres.fresh());
        var usage = new TokenUsage(db, () -> new TokenSettings(100));
        var an = UUID.randomUUID();
        var base = KnowledgeBaseId.random();
        usage.add(an.toString(), base, spent(50, 9));
        assertThat(usage.isUsedUp(an.toString(), BASE)).isFalse();
        usage.add(an.toString(), KnowledgeBaseId.random(), spent(30, 10));
        assertThat(usage.isUsedUp(an.toString(), BASE)).isFalse();
        usage.add(an.toString(), base, spent(1, 0));
        assertThat(usage.isUsedUp(an.toString(), BASE)).isTrue();
        assertThat(usage.isUsedUp(UUID.randomUUID().toString(), BASE)).isFalse();
        assertThat(usage.isUsedUp("", BASE)).isFalse();
        assertThat(new TokenUsage(db, () -> new TokenSettings(0)).isUsedUp(an.toString(), BASE))
                .isFalse();

        db.sql("update token_usage set day = day - 1 where knowledge_base_id = :base")
                .param("base", base.value())
                .update();
        assertThat(usage.isUsedUp(an.toString(), BASE)).isFalse();
        var root = new Principal.User(UUID.randomUUID(), "root", true);
        assertThat(usage.of(root, 1)).extracting(TokenUsage.Row::tokens).containsExactly(40L);
        assertThat(usage.of(root, 30))
                .extracting(TokenUsage.Row::tokens, TokenUsage.Row::answers)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(40L, 1L),
                        org.assertj.core.groups.Tuple.tuple(60L, 2L));
        var member = new Principal.User(an, "an", false);
        assertThatThrownBy(() -> usage.of(member, 30)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void aKeysOwnLimitStandsInPlaceOfTheUsualOne() throws Exception {
        var db = JdbcClient.create(TestPostgres.fresh());
        var key = UUID.randomUUID();
        db.sql(
                        """
                        insert into api_key (id, name, prefix, secret_hash, all_bases, tokens_per_day)
                        values (:key, 'portal', 'zw_x', '\\x00', true, 50)
                        """)
                .param("key", key)
                .update();
        var unlimited = new TokenUsage(db, () -> new TokenSettings(0));
        var stricter = new TokenUsage(db, () -> new TokenSettings(10));

        unlimited.add(key.toString(), KnowledgeBaseId.random(), spent(40, 9));
        assertThat(unlimited.isUsedUp(key.toString(), BASE)).isFalse();
        assertThat(stricter.isUsedUp(key.toString(), BASE)).isFalse();
        unlimited.add(key.toString(), KnowledgeBaseId.random(), spent(1, 0));
        assertThat(unlimited.isUsedUp(key.toString(), BASE)).isTrue();
        assertThat(stricter.isUsedUp(key.toString(), BASE)).isTrue();
    }
}
