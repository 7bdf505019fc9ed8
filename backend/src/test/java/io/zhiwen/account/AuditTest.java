package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {

    private final AccountDatabase accounts = new AccountDatabase();

    @Test
    void aRowIsThereOnlyWhenItsChangeIs() {
        AccountDatabase.TX.executeWithoutResult(
                tx -> {
                    accounts.audit.record("test", "thing.done", "thing:1", Map.of());
                    tx.setRollbackOnly();
                });
        assertThat(accounts.audited("thing.done")).isZero();

        AccountDatabase.TX.executeWithoutResult(
                _ -> accounts.audit.record("test", "thing.done", "thing:1", Map.of()));
        assertThat(accounts.audited("thing.done")).isEqualTo(1);
    }

    @Test
    void namesWithLineBreaksAndEscapesStayOneRecord() {
        accounts.audit.record(
                "user:a\r\nb", "thing.done", "x\u001b[31m\0", Map.of("name", "a\nb\0"));

        assertThat(
                        AccountDatabase.DB
                                .sql("select actor || '|' || object from audit_event")
                                .query(String.class)
                                .single())
                .isEqualTo("user:a  b|x [31m ");
    }
}
