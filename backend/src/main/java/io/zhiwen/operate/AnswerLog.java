package io.zhiwen.operate;

import io.zhiwen.ask.AskObserver;
import java.sql.Types;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes down how each answer of any node went. An answer is not worth less because that could not
/// be written.
@Component
final class AnswerLog implements AskObserver {

    private static final Logger log = LoggerFactory.getLogger(AnswerLog.class);

    /// After so many answers of this node the old ones are dropped.
    private static final int PURGE_EVERY = 1000;

    private final JdbcClient db;
    private final AtomicInteger written = new AtomicInteger();

    AnswerLog(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void answered(Answered answered) {
        try {
            db.sql(
                            """
                            insert into answer_outcome (outcome, millis, first_token_millis)
                            values (:outcome, :millis, :first)
                            """)
                    .param("outcome", code(answered.outcome()))
                    .param("millis", answered.took().toMillis())
                    .param("first", firstToken(answered), Types.INTEGER)
                    .update();
            if (written.incrementAndGet() % PURGE_EVERY == 0) {
                db.sql("delete from answer_outcome where at < now() - interval '8 days'").update();
            }
        } catch (DataAccessException e) {
            log.warn("how an answer went could not be written: {}", e.toString());
        }
    }

    static String code(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /// From the question on, as its asker waits.
    private static @Nullable Long firstToken(Answered answered) {
        long millis = 0;
        for (Lap lap : answered.laps()) {
            millis += lap.took().toMillis();
            if (lap.stage().equals("firstToken")) {
                return millis;
            }
        }
        return null;
    }
}
