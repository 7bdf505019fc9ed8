package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.SameRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answers being written, one a chat, each on a thread of its own. The end of an answer is
/// stored before its readers are told.
final class RunningAnswers {

    private static final Logger log = LoggerFactory.getLogger(RunningAnswers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Writes an answer and gives its events.
    interface Work {
        void run(Consumer<AnswerEvent> events, BooleanSupplier stop);
    }

    private final ConversationStore store;
    private final ConcurrentMap<UUID, RunningAnswer> answers = new ConcurrentHashMap<>();

    RunningAnswers(ConversationStore store) {
        this.store = store;
    }

    Optional<RunningAnswer> of(UUID conversation) {
        return Optional.ofNullable(answers.get(conversation));
    }

    RunningAnswer reserve(UUID conversation) {
        var answer = new RunningAnswer(conversation);
        if (answers.putIfAbsent(conversation, answer) != null) {
            throw new AnswerAlreadyRunning(conversation);
        }
        return answer;
    }

    void release(RunningAnswer answer) {
        answers.remove(answer.conversation(), answer);
    }

    void run(RunningAnswer answer, UUID message, RightsWatch rights, Work work) {
        Thread.ofVirtual()
                .name("answer-" + message)
                .start(SameRequest.of(() -> new Run(answer, message, rights).go(work)));
    }

    /// Asks all to end and waits a little until they are stored.
    void stopAll() {
        List<RunningAnswer> open = List.copyOf(answers.values());
        open.forEach(RunningAnswer::stop);
        try {
            for (RunningAnswer answer : open) {
                answer.awaitEnd(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One answer on its thread.
    private final class Run {

        private final RunningAnswer answer;
        private final UUID message;
        private final RightsWatch rights;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private boolean ended;

        private Run(RunningAnswer answer, UUID message, RightsWatch rights) {
            this.answer = answer;
            this.message = message;
            this.rights = rights;
        }

        private void go(Work work) {
            try {
                work.run(this::take, () -> answer.isStopping() || rights.lost());
            } catch (RuntimeException e) {
                log.error("answer {} broke off", message, e);
            } finally {
                if (!ended) {
                    end(new AnswerEvent.Failed("error.internal"));
                }
            }
        }

        private void take(AnswerEvent event) {
            switch (event) {
                case AnswerEvent.Token(String piece) -> text.append(piece);
                case AnswerEvent.Thinking(String piece) -> thinking.append(piece);
                case AnswerEvent.Restarted _ -> text.setLength(0);
                default -> {}
            }
            if (event.isLast()) {
                end(event);
            } else {
                answer.emit(event);
            }
        }

        private void end(AnswerEvent last) {
            ended = true;
            AnswerEvent told = last;
            try {
                told = rights.lost() ? new AnswerEvent.Failed("error.rights-lost") : last;
                store(told);
            } catch (RuntimeException e) {
                log.error("answer {} could not be stored", message, e);
                told = new AnswerEvent.Failed("error.internal");
            } finally {
                release(answer);
                answer.emit(told);
            }
        }

        private void store(AnswerEvent last) {
            switch (last) {
                case AnswerEvent.Finished(Answer made) ->
                        store.finish(message, Message.State.COMPLETE, made, thoughts());
                case AnswerEvent.Stopped(Answer made) ->
                        store.finish(message, Message.State.STOPPED, made, thoughts());
                case AnswerEvent.Failed(String code) ->
                        store.fail(message, rights.lost() ? "" : text.toString(), code);
                default -> throw new IllegalStateException("not a last event: " + last);
            }
        }

        private @Nullable String thoughts() {
            return thinking.isEmpty() ? null : thinking.toString();
        }
    }
}
