package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How answers end, in the database: by the node that holds the lease, or, once that has passed, by
/// whoever comes first. Each ends once.
@Component
class AnswerStore {

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final MessageStore messages;
    private final AnswerLeases leases;

    AnswerStore(
            JdbcClient db,
            PlatformTransactionManager transactions,
            MessageStore messages,
            AnswerLeases leases) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.messages = messages;
        this.leases = leases;
    }

    /// Stores what was written, unless another node has ended it meanwhile or its chat is gone.
    boolean finish(UUID message, Message.State state, Answer answer, @Nullable String thinking) {
        return inTransaction(
                () -> {
                    if (!leases.giveUp(message)) {
                        return false;
                    }
                    db.sql(
                                    """
                                    update message set text = :text, thinking = :thinking, state = :state,
                                        engine = :engine, refused = :refused, note = :note, trace_id = :trace
                                    where id = :id""")
                            .param("text", answer.text())
                            .param("thinking", thinking)
                            .param("state", lower(state))
                            .param("engine", lower(answer.engine()))
                            .param("refused", answer.refused())
                            .param("note", answer.note())
                            .param("trace", answer.trace())
                            .param("id", message)
                            .update();
                    messages.citations().store(message, answer.citations());
                    return true;
                });
    }

    /// Stores that it broke off, with what was written until then, unless another node has ended it
    /// meanwhile or its chat is gone.
    boolean fail(UUID message, Said said, String code) {
        return inTransaction(() -> leases.giveUp(message) && broken(message, said, code));
    }

    /// Ends an answer whose node is dead, with what that has left behind; nothing happens to one
    /// that is alive or has ended.
    void interrupt(UUID message) {
        inTransaction(
                () -> {
                    var events =
                            leases.since(message, 0).stream()
                                    .map(AnswerLeases.Recorded::event)
                                    .toList();
                    return leases.takeAway(message)
                            && broken(message, Said.of(events), "error.interrupted");
                });
    }

    /// Ends the running answer of a chat if its node is dead.
    void endAbandoned(UUID conversation) {
        leases.of(conversation)
                .filter(message -> !leases.isAlive(message).orElse(true))
                .ifPresent(this::interrupt);
    }

    /// The last event of an answer that another node writes; empty while it does.
    Optional<AnswerEvent> ending(UUID message) {
        var alive = leases.isAlive(message);
        if (alive.isPresent() && alive.get()) {
            return Optional.empty();
        }
        alive.ifPresent(_ -> interrupt(message));
        return Optional.of(
                messages.one(message)
                        .map(Endings::of)
                        .orElse(new AnswerEvent.Failed("error.interrupted")));
    }

    AnswerRecorder recorder(UUID message) {
        return new AnswerRecorder(leases, transaction, message);
    }

    private boolean broken(UUID message, Said said, String code) {
        db.sql(
                        """
                        update message set text = :text, thinking = :thinking, state = 'failed',
                            note = :code where id = :id""")
                .param("text", said.text())
                .param("thinking", said.thinking())
                .param("code", code)
                .param("id", message)
                .update();
        messages.citations().store(message, said.sources());
        return true;
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(_ -> work.get());
        return Objects.requireNonNull(result, "a transaction gave nothing");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
