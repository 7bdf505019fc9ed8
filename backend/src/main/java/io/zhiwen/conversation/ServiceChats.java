package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.question.Questions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

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

    ServiceChats(
            ConversationStore store,
            MessageStore messages,
            AnswerStore endings,
            ChatAnswers answers,
            ChatActs acts,
            Access access,
            Questions questions) {
        this.store = store;
        this.messages = messages;
        this.endings = endings;
        this.answers = answers;
        this.acts = acts;
        this.access = access;
        this.questions = questions;
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
                () -> store.begin(asker.owner(), id, question, chosen, Titles.of(question)),
                events);
    }
}
