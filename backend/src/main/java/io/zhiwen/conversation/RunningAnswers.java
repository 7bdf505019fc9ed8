package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.SameRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answers being written here, one a chat, each on a thread of its own. The end of an answer is
/// stored before its readers are told.
final class RunningAnswers {

    private static final Logger log = LoggerFactory.getLogger(RunningAnswers.class);

    /// Told beside an answer that nobody read while it was written.
    private static final String UNREAD = "note.unread";

    /// Writes an answer and gives its events.
    interface Work {
        void run(Consumer<AnswerEvent> events, BooleanSupplier stop);
    }

    private final AnswerStore store;
    private final ConcurrentMap<UUID, RunningAnswer> answers = new ConcurrentHashMap<>();

    RunningAnswers(AnswerStore store) {
        this.store = store;
    }

    Optional<RunningAnswer> of(UUID conversation) {
        return Optional.ofNullable(answers.get(conversation));
    }

    Collection<RunningAnswer> all() {
        return List.copyOf(answers.values());
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
        answer.begun(message);
        answer.record(store.recorder(message), AnswerRecorder.BETWEEN_WRITES);
        Thread.ofVirtual()
                .name("answer-" + message)
                .start(SameRequest.of(() -> new Run(answer, message, rights).go(work)));
    }

    /// One answer on its thread.
    private final class Run {

        private final RunningAnswer answer;
        private final UUID message;
        private final RightsWatch rights;
        private final Said said = new Said();
        private boolean ended;

        private Run(RunningAnswer answer, UUID message, RightsWatch rights) {
            this.answer = answer;
            this.message = message;
            this.rights = rights;
        }

        private void go(Work work) {
            try {
                work.run(this::take, () -> answer.stopping() != null || rights.lost());
            } catch (RuntimeException e) {
                log.error("answer {} broke off", message, e);
            } finally {
                if (!ended) {
                    end(new AnswerEvent.Failed("error.internal"));
                }
            }
        }

        private void take(AnswerEvent event) {
            said.add(event);
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
                told = rights.lost() ? new AnswerEvent.Failed("error.rights-lost") : why(last);
                if (!store(told)) {
                    told = new AnswerEvent.Failed("error.interrupted");
                }
            } catch (RuntimeException e) {
                log.error("answer {} could not be stored", message, e);
                told = new AnswerEvent.Failed("error.internal");
            } finally {
                release(answer);
                answer.emit(told);
            }
        }

        /// Only a person who asks for it stops an answer; anything else breaks it off.
        private AnswerEvent why(AnswerEvent last) {
            if (!(last instanceof AnswerEvent.Stopped(Answer made))) {
                return last;
            }
            return switch (answer.stopping()) {
                case RESTART -> new AnswerEvent.Failed("error.restarting");
                case UNREAD -> new AnswerEvent.Stopped(made.with(UNREAD));
                case null, default -> last;
            };
        }

        /// False when another node has ended it meanwhile.
        private boolean store(AnswerEvent last) {
            return switch (last) {
                case AnswerEvent.Finished(Answer made) ->
                        store.finish(message, Message.State.COMPLETE, made, said.thinking());
                case AnswerEvent.Stopped(Answer made) ->
                        store.finish(message, Message.State.STOPPED, made, said.thinking());
                case AnswerEvent.Failed(String code) ->
                        store.fail(message, rights.lost() ? new Said() : said, code);
                default -> throw new IllegalStateException("not a last event: " + last);
            };
        }
    }
}
