package io.zhiwen.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TokenUsageTest {

    @Test
    void anAskersTokensAddUpByBaseUntilTheDaysLimit() throws Exception {
        var db = JdbcClient.create(TestPostgres.fresh());
        var usage = new TokenUsage(db, () -> new TokenSettings(100));
        var an = UUID.randomUUID();
        var base = KnowledgeBaseId.random();
        usage.add(an.toString(), base, new Answer.Usage(50, 9));
        assertThat(usage.isUsedUp(an.toString())).isFalse();
        usage.add(an.toString(), KnowledgeBaseId.random(), new Answer.Usage(30, 10));
        assertThat(usage.isUsedUp(an.toString())).isFalse();
        usage.add(an.toString(), base, new Answer.Usage(1, 0));
        assertThat(usage.isUsedUp(an.toString())).isTrue();
        assertThat(usage.isUsedUp(UUID.randomUUID().toString())).isFalse();
        assertThat(usage.isUsedUp("")).isFalse();
        assertThat(new TokenUsage(db, () -> new TokenSettings(0)).isUsedUp(an.toString()))
                .isFalse();

        db.sql("update token_usage set day = day - 1 where knowledge_base_id = :base")
                .param("base", base.value())
                .update();
        assertThat(usage.isUsedUp(an.toString())).isFalse();
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

        unlimited.add(key.toString(), KnowledgeBaseId.random(), new Answer.Usage(40, 9));
        assertThat(unlimited.isUsedUp(key.toString())).isFalse();
        assertThat(stricter.isUsedUp(key.toString())).isFalse();
        unlimited.add(key.toString(), KnowledgeBaseId.random(), new Answer.Usage(1, 0));
        assertThat(unlimited.isUsedUp(key.toString())).isTrue();
        assertThat(stricter.isUsedUp(key.toString())).isTrue();
    }
}
