package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest {

    private final AccountDatabase accounts = new AccountDatabase();
    private final Principal.User root = accounts.admin();
    private final Principal.User mei = accounts.member("mei");
    private final AuditChain chain = new AuditChain(AccountDatabase.DB, AccountDatabase.TX);
    private final AuditTrail trail =
            new AuditTrail(AccountDatabase.DB, AccountDatabase.TX, accounts.audit);

    @Test
    void aSoundChainSaysItsLastHashAndGrowsFromIt() {
        record("a");
        record("b");
        long before = rows();
        var first = chain.check(root);
        assertThat(first.links()).isEqualTo(before);
        assertThat(first.broken()).isNull();
        record("c");
        var second = chain.check(root);
        assertThat(second.links()).isEqualTo(before + 1);
        assertThat(second.hash()).isNotEqualTo(first.hash()).hasSize(64);
    }

    @Test
    void whatWasChangedRemovedOrMadeUpIsFound() {
        for (var object : List.of("a", "b", "c")) {
            record(object);
        }
        chain.seal();
        assertBroken("update audit_event set detail = '{\"x\": 1}' where object = 'b'", "b");
        assertBroken("update audit_event set at = at - interval '1 hour' where object = 'b'", "b");
        assertBroken("delete from audit_event where object = 'b'", "c");
        assertBroken(
                """
                with gone as (delete from audit_event where object = 'b' returning link, hash)
                insert into audit_event (actor, action, object, link, hash)
                select 'mei', 'x', 'made up', link, hash from gone
                """,
                "made up");
        assertThat(chain.check(root).broken()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set detail = '{\"x\": 1}'",
                "update audit_event set link = 7, hash = '\\x00', actor = 'somebody'",
                "update audit_event set link = null, hash = null",
                "delete from audit_event",
                "truncate audit_event",
                "truncate audit_event cascade"
            })
    @DisplayName("T34: UPDATE and DELETE are refused, sealed or not")
    void theDatabaseItselfRefusesToChangeWhatWasWritten(String sql) {
        record("a");
        assertThatThrownBy(() -> AccountDatabase.DB.sql(sql).update())
                .rootCause()
                .hasMessageContaining("the audit trail only grows");
        chain.seal();
        assertThatThrownBy(() -> AccountDatabase.DB.sql(sql).update())
                .rootCause()
                .hasMessageContaining("the audit trail only grows");
        assertThat(chain.check(root).broken()).isNull();
    }

    @Test
    void theTrailIsFilteredAndGivenOutWholeToAdminsOnly() {
        accounts.audit.record(mei, "document.delete", "document:1", Map.of());
        accounts.audit.record(root, "document.upload", "document:1", Map.of("name", "a"));
        var all = new AuditTrail.Filter("", "document", "", null, null);
        assertThat(trail.page(root, all, null, 10))
                .extracting(AuditRow::action)
                .containsExactly("document.upload", "document.delete");
        assertThat(
                        trail.page(
                                root,
                                new AuditTrail.Filter("MEI", "document", "", null, null),
                                null,
                                9))
                .extracting(AuditRow::actor)
                .containsExactly("user:mei");
        List<AuditRow> exported = new ArrayList<>();
        trail.export(root, all, exported::add);
        assertThat(exported).hasSize(2);
        assertThat(
                        trail.page(
                                root,
                                new AuditTrail.Filter("", "audit.export", "", null, null),
                                null,
                                9))
                .hasSize(1);
        assertThatThrownBy(() -> trail.page(mei, all, null, 1)).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> chain.check(mei)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void peopleEndTheirOwnSessionsAndAdminsEverybodys() {
        var sessions =
                new OpenSessions(
                        AccountDatabase.DB,
                        AccountDatabase.TX,
                        accounts.audit,
                        () -> new SessionSettings(Duration.ofHours(2)));
        AccountDatabase.DB
                .sql(
                        "insert into web_session (id_hash, user_id, attributes) values (:hash, :user, '')")
                .param("hash", Secrets.sha256("cookie"))
                .param("user", mei.id())
                .update();
        var id = OpenSessions.idOf("cookie");
        assertThat(sessions.of(mei, mei.id())).extracting(OpenSession::id).containsExactly(id);
        assertThat(sessions.end(root, root.id(), id)).isFalse();
        assertThatThrownBy(() -> sessions.of(mei, root.id())).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> sessions.end(mei, root.id(), id)).isInstanceOf(NotAllowed.class);
        assertThat(sessions.end(root, mei.id(), id)).isTrue();
        assertThat(sessions.of(mei, mei.id())).isEmpty();
    }

    /// Does it, checks the chain, and takes it back.
    private void assertBroken(String sql, String at) {
        AccountDatabase.TX.executeWithoutResult(
                tx -> {
                    AccountDatabase.DB.sql("alter table audit_event disable trigger user").update();
                    AccountDatabase.DB.sql(sql).update();
                    long id =
                            AccountDatabase.DB
                                    .sql("select id from audit_event where object = :at")
                                    .param("at", at)
                                    .query(Long.class)
                                    .single();
                    assertThat(chain.check(root).broken()).as(sql).isEqualTo(id);
                    tx.setRollbackOnly();
                });
    }

    private void record(String object) {
        accounts.audit.record(root, "x", object, Map.of());
    }

    private static long rows() {
        return AccountDatabase.DB
                .sql("select count(*) from audit_event")
                .query(Long.class)
                .single();
    }
}
