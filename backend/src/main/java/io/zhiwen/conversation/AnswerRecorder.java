package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/// Lays a running answer down in the database for readers on other nodes, and for whoever has to
/// end it should this node die: a few writes a second, whatever the speed of the model. The last
/// event is not its business: that one is stored as the answer.
final class AnswerRecorder implements Consumer<List<AnswerEvent>> {

    private static final Logger log = LoggerFactory.getLogger(AnswerRecorder.class);

    static final Duration BETWEEN_WRITES = Duration.ofMillis(400);

    private final AnswerLeases leases;
    private final TransactionOperations transaction;
    private final UUID message;
    private final List<AnswerEvent> waiting = new ArrayList<>();
    private int next;

    AnswerRecorder(AnswerLeases leases, TransactionOperations transaction, UUID message) {
        this.leases = leases;
        this.transaction = transaction;
        this.message = message;
    }

    /// What cannot be written now goes with the next batch.
    @Override
    public void accept(List<AnswerEvent> batch) {
        batch.stream().filter(event -> !event.isLast()).forEach(waiting::add);
        if (waiting.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(_ -> leases.record(message, next, waiting));
            next += waiting.size();
            waiting.clear();
        } catch (DataAccessException | TransactionException e) {
            log.warn("answer {} is ahead of what others can read: {}", message, e.getMessage());
        }
    }
}
