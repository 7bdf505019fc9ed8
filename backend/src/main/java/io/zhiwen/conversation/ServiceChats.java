package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.AskersTraces;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.question.Questions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The chats of services: of the user a key acts for, or of a key on its own. Every method sees
/// only those. What a user attached to a chat is not searched for a key. Safe for concurrent use.
@Component
public class ServiceChats {

    private final ConversationStore store;
    private final MessageStore messages;
    private final AnswerStore endings;
    private final ChatAnswers answers;
    private final ChatActs acts;
    private final Access access;
    private final Questions questions;
    private final AskedOnce once;
    private final AskersTraces traces;
    private final TransactionOperations transaction;

    ServiceChats(
            ConversationStore store,
            MessageStore messages,
            AnswerStore endings,
            ChatAnswers answers,
            ChatActs acts,
            Access access,
            Questions questions,
            AskedOnce once,
            AskersTraces traces,
            TransactionOperations transaction) {
        this.store = store;
        this.messages = messages;
        this.endings = endings;
        this.answers = answers;
        this.acts = acts;
        this.access = access;
        this.questions = questions;
        this.once = once;
        this.traces = traces;
        this.transaction = transaction;
    }

    /// Newest first.
    public List<ConversationRow> list(Principal.Key key) {
        return store.list(Asker.of(key).owner());
    }

    public ConversationRow create(Principal.Key key, Choice choice) {
        return store.create(Asker.of(key).owner(), choice);
    }

    /// A chat without its messages.
    public Optional<ConversationRow> find(Principal.Key key, UUID id) {
        return store.find(Asker.of(key).owner(), id);
    }

    /// The chat as the key may read it: what rests on anything else is withheld.
    public Optional<Conversation> open(Principal.Key key, UUID id) {
        var asker = Asker.of(key);
        return store.find(asker.owner(), id)
                .map(
                        row -> {
                            endings.endAbandoned(row.id());
                            return new Conversation(
                                    row,
                                    Withholding.apply(
                                            messages.of(row.id()), asker.readable(access), access));
                        });
    }

    /// The same to take along, which is written down.
    ///
    /// @param format of the file, e.g. `pdf`
    public Optional<Conversation> export(Principal.Key key, UUID id, String format) {
        var chat = open(key, id);
        chat.ifPresent(_ -> acts.exported(key, id, format));
        return chat;
    }

    /// A running answer of it is stopped.
    ///
    /// @return whether there was such a chat
    public boolean delete(Principal.Key key, UUID id) {
        var owner = Asker.of(key).owner();
        if (store.find(owner, id).isEmpty()) {
            return false;
        }
        answers.stop(id);
        return acts.did(key, "conversation.delete", id, () -> store.delete(owner, id));
    }

    /// Takes a new chat back in which nothing could be asked.
    public void abandon(Principal.Key key, UUID id) {
        store.delete(Asker.of(key).owner(), id);
    }

    /// Asks in the chat, with what was said before; the question and its answer are kept, also when
    /// nobody reads it to the end.
    ///
    /// @param choice to ask; what the chat asked last when it names nothing
    /// @param filter narrows what this question alone is asked of
    /// @param claim to ask it under its key; null where it has none
    /// @throws NoSuchConversation when it is not theirs
    /// @throws AnswerAlreadyRunning when its last question is still being answered
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when one of what is chosen is not to be asked
    /// @throws io.zhiwen.ask.question.UnusableQuestion when it is empty or too long
    public Attachment ask(
            Principal.Key key,
            UUID id,
            String text,
            Choice choice,
            UnaryOperator<Scope> filter,
            @Nullable Claim claim,
            Consumer<AnswerEvent> events) {
        String question = questions.checked(text);
        var asker = Asker.of(key);
        var row = store.find(asker.owner(), id).orElseThrow(() -> new NoSuchConversation(id));
        Choice chosen = choice.isEmpty() ? row.choice() : choice;
        Scope scope = filter.apply(access.chosenBy(key, Right.ASK, chosen));
        return answers.start(
                asker,
                id,
                scope,
                () ->
                        begun(
                                key,
                                id,
                                claim,
                                () ->
                                        store.begin(
                                                asker.owner(),
                                                id,
                                                question,
                                                chosen,
                                                Titles.of(question))),
                events);
    }

    private ConversationStore.Begun begun(
            Principal.Key key,
            UUID chat,
            @Nullable Claim claim,
            Supplier<ConversationStore.Begun> begin) {
        if (claim == null) {
            return begin.get();
        }
        return Objects.requireNonNull(
                transaction.execute(
                        _ -> {
                            var begun = begin.get();
                            if (!once.asked(
                                    key.id(), claim.key(), claim.id(), chat, begun.answer())) {
                                throw new AnswerAlreadyRunning(chat);
                            }
                            return begun;
                        }));
    }

    /// What makes a question the same as an earlier one.
    ///
    /// @param key its `Idempotency-Key`
    public record Once(String key, String requestHash) {}

    /// A question that was asked under a key.
    ///
    /// @param chat null with its answer where it is not the same request
    public record Asked(String requestHash, @Nullable UUID chat, @Nullable UUID answer) {

        boolean settles(Once once) {
            return answer != null || !requestHash.equals(once.requestHash());
        }
    }

    /// The right to ask a question under its key.
    public record Claim(String key, UUID id) {}

    /// What was asked under the key before, or else the claim to ask it now, which is to be given
    /// back when it comes to nothing. Waits while another request is about to ask it.
    public sealed interface Turn {
        record Mine(Claim claim) implements Turn {}

        record Before(Asked asked) implements Turn {}
    }

    public Turn turn(Principal.Key key, Once question) {
        var claim = new Claim(question.key(), UUID.randomUUID());
        try {
            return once.begin(key.id(), question, claim.id())
                    .<Turn>map(Turn.Before::new)
                    .orElseGet(() -> new Turn.Mine(claim));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it waited for the same question", e);
        }
    }

    /// Nothing was asked under the claim.
    public void release(Principal.Key key, Claim claim) {
        once.release(key.id(), claim.key(), claim.id());
    }

    /// Reads the answer of this chat along, or its end where it has ended, as far as the key may
    /// read it today.
    ///
    /// @throws NoSuchConversation when the chat is gone
    public Attachment follow(
            Principal.Key key, UUID chat, UUID answer, Consumer<AnswerEvent> events) {
        var asker = Asker.of(key);
        if (store.find(asker.owner(), chat).isEmpty()) {
            throw new NoSuchConversation(chat);
        }
        return answers.follow(answer, event -> events.accept(readable(asker, event)));
    }

    private AnswerEvent readable(Asker asker, AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Finished(var answer) ->
                    mayRead(asker, answer)
                            ? new AnswerEvent.Finished(doubted(answer))
                            : new AnswerEvent.Failed("error.rights-lost");
            case AnswerEvent.Stopped(var answer) ->
                    mayRead(asker, answer)
                            ? new AnswerEvent.Stopped(doubted(answer))
                            : new AnswerEvent.Failed("error.rights-lost");
            default -> event;
        };
    }

    private boolean mayRead(Asker asker, Answer answer) {
        var cited = answer.citations().stream().map(Citation::document).distinct().toList();
        return access.readable(asker.readable(access), cited).containsAll(cited);
    }

    /// With the doubts that its message does not keep.
    private Answer doubted(Answer answer) {
        return answer.with(traces.unsupported(answer.trace()));
    }
}
