package io.zhiwen.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class NotificationsTest {

    private final DataSource database = TestPostgres.fresh();
    private final JdbcClient db = JdbcClient.create(database);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void aChangeOfTheLogIsHeardOnceItIsCommittedAndNotBefore() throws Exception {
        try (var notifications = Notifications.start(database::getConnection)) {
            listen(notifications, Channel.INDEX);
            new TransactionTemplate(new JdbcTransactionManager(database))
                    .executeWithoutResult(
                            _ -> {
                                change();
                                change();
                                assertThat(heard).isEmpty();
                            });
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEmpty();
            // the same words of one transaction are said once
            db.sql("select pg_notify('zhiwen_index', 'last')").query((_, _) -> 1).list();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("last");
        }
    }

    @Test
    void afterTheLineWasCutEverybodyIsWokenAndItHearsAgain() throws Exception {
        var line = new AtomicReference<Connection>();
        var refused = new AtomicInteger(2);
        try (var notifications =
                Notifications.start(
                        () -> {
                            if (line.get() != null && refused.getAndDecrement() > 0) {
                                throw new SQLException("not yet");
                            }
                            line.set(database.getConnection());
                            return line.get();
                        })) {
            listen(notifications, Channel.ANSWER);
            line.get().abort(Runnable::run);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).as("woken again").isEmpty();
            db.sql("select pg_notify('zhiwen_answer', 'x')").query((_, _) -> 1).list();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("x");
        }
    }

    @Test
    void aListenerThatFailsDoesNotSilenceTheOthers() throws Exception {
        try (var notifications = Notifications.start(database::getConnection)) {
            notifications.on(
                    Channel.JOB,
                    _ -> {
                        throw new IllegalStateException("a listener failed");
                    });
            listen(notifications, Channel.JOB);
            db.sql("select pg_notify('zhiwen_job', 'x')").query((_, _) -> 1).list();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("x");
        }
    }

    private void change() {
        db.sql("insert into index_change (document_id) values (gen_random_uuid())").update();
    }

    private void listen(Notifications notifications, Channel channel) throws Exception {
        notifications.on(channel, heard::add);
        boolean inTime = !notifications.isListening();
        while (!notifications.isListening()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        // the word of the new line itself, if this listener was in time for it
        heard.poll(inTime ? 20_000 : 300, TimeUnit.MILLISECONDS);
    }
}
