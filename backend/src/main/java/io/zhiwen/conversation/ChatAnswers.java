package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.node.Ending;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The answers of chats from their question to their end: those this node writes, and the way to
/// those of others. Safe for concurrent use.
@Component
class ChatAnswers implements SmartInitializingSingleton {

    /// For what was broken off to be stored.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Access access;
    private final Answering answering;
    private final LastingNotes notes;
    private final AnswersElsewhere elsewhere;
    private final Ending ending;
    private final RunningAnswers running;
    private final LeaseKeeper keeper;

    ChatAnswers(
            AnswerStore answers,
            Access access,
            Answering answering,
            LastingNotes notes,
            AnswersElsewhere elsewhere,
            Notifications notifications,
            Ending ending) {
        this.access = access;
        this.answering = answering;
        this.notes = notes;
        this.elsewhere = elsewhere;
        this.ending = ending;
        this.running = new RunningAnswers(answers);
        this.keeper = elsewhere.keeper(notifications, running::all);
    }

    /// Refuses what would begin while this node stops.
    void check() {
        ending.check();
    }

    /// Starts the answer to what `begin` stores, and returns at once.
    ///
    /// @throws AnswerAlreadyRunning when the chat's last question is still being answered
    Attachment start(
            Asker asker,
            UUID chat,
            Scope scope,
            Supplier<ConversationStore.Begun> begin,
            Consumer<AnswerEvent> events) {
        ending.check();
        RunningAnswer answer = running.reserve(chat);
        Attachment attachment = answer.attach(events);
        try {
            ConversationStore.Begun begun = begin.get();
            var ask =
                    new Answering.Ask(
                                    begun.question(),
                                    history(asker, begun.earlier()),
                                    scope,
                                    asker.share())
                            .knowing(known(asker));
            running.run(
                    answer,
                    begun.answer(),
                    new RightsWatch(() -> asker.readable(access).covers(scope)),
                    (out, stop) -> answering.answer(ask, out, stop));
            return attachment;
        } catch (RuntimeException e) {
            attachment.close();
            running.release(answer);
            throw e;
        }
    }

    /// The running answer of a chat from its first event, whichever node writes it.
    Optional<Attachment> attach(UUID chat, Consumer<AnswerEvent> events) {
        var here = running.of(chat);
        return here.isPresent()
                ? here.map(answer -> answer.attach(events))
                : elsewhere.attach(chat, events);
    }

    /// An answer from its first event, or its last one where it has ended, whichever node writes or
    /// wrote it.
    Attachment follow(UUID answer, Consumer<AnswerEvent> events) {
        return elsewhere.follow(answer, events);
    }

    /// @return whether one was running
    boolean stop(UUID chat) {
        running.of(chat).ifPresent(answer -> answer.stop(RunningAnswer.Stop.ASKED));
        return elsewhere.stop(chat);
    }

    /// Answers that were running when this node died are ended.
    @Override
    public void afterSingletonsInstantiated() {
        elsewhere.endThoseOfTheDead();
        keeper.start();
    }

    /// Running answers may finish for a while and are broken off then, while the database is still
    /// there, so that no stream holds the shutdown.
    @EventListener(ContextClosedEvent.class)
    @Order(0)
    void end() {
        try {
            for (RunningAnswer answer : running.all()) {
                if (!answer.awaitEnd(ending.left())) {
                    answer.stop(RunningAnswer.Stop.RESTART);
                }
            }
            for (RunningAnswer answer : running.all()) {
                answer.awaitEnd(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        elsewhere.leaveAll();
        keeper.close();
    }

    private List<Turn> history(Asker asker, List<Message> earlier) {
        return History.turns(Withholding.apply(earlier, asker.readable(access), access));
    }

    private List<String> known(Asker asker) {
        var user = asker.user();
        return user == null
                ? List.of()
                : notes.of(user).stream().map(LastingNotes.Note::text).toList();
    }
}
