package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.retrieve.SearchUnavailable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class FailuresTest {

    @Test
    void whatIsAwayForAMomentSaysWhenToComeAgain() {
        List<Exception> away =
                List.of(
                        new CannotCreateTransactionException("no connection"),
                        new DataAccessResourceFailureException("the connection was cut"),
                        new TransactionSystemException("JDBC rollback failed"),
                        new SearchUnavailable("no leg could search"));
        for (Exception cause : away) {
            Failure failure = Failures.of(cause);
            assertThat(failure).as(cause.toString()).isNotNull();
            assertThat(failure.status().value()).as(cause.toString()).isEqualTo(503);
            assertThat(failure.headers().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
        }
    }
}
