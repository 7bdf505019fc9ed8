package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// The chats of each user. Every method sees only the chats of the user it is given. Safe for
/// concurrent use.
@Component
public class Conversations {

    private final ConversationStore store;
    private final MessageStore messages;
    private final AnswerStore endings;
    private final ChatAnswers answers;
    private final Branches branches;
    private final ChatActs acts;
    private final Access access;
    private final Questions questions;

    Conversations(
            ConversationStore store,
            MessageStore messages,
            AnswerStore endings,
            ChatAnswers answers,
            Branches branches,
            ChatActs acts,
            Access access,
            Questions questions) {
        this.store = store;
        this.messages = messages;
        this.endings = endings;
        this.answers = answers;
        this.branches = branches;
        this.acts = acts;
        this.access = access;
        this.questions = questions;
    }

    /// Newest first.
    public List<ConversationRow> list(UUID user) {
        return store.list(user);
    }

    /// Those of this user in which the words stand, newest first; what may no longer be read is not
    /// looked at.
    public List<ConversationRow> search(Principal.User user, String words) {
        return store.search(user.id(), words.strip(), access.readableBy(user).bases());
    }

    /// The message of a chat's last question.
    public Optional<UUID> lastQuestion(UUID user, UUID id) {
        return store.find(user, id).flatMap(row -> store.lastQuestion(row.id()));
    }

    /// Makes room for another question in the place of this one: the last one goes with its answer,
    /// an earlier one stays and the chat goes on in a copy.
    ///
    /// @param text the question that will be asked
    /// @return the chat to ask it in
    public UUID instead(Principal.User user, UUID id, UUID question, String text) {
        questions.checked(text);
        answers.check();
        return branches.instead(user.id(), id, question);
    }

    /// A new chat with all that was said until the answer to this question.
    public UUID branch(UUID user, UUID id, UUID question) {
        return branches.after(user, id, question);
    }

    /// A chat without its messages.
    public Optional<ConversationRow> find(UUID user, UUID id) {
        return store.find(user, id);
    }

    public ConversationRow create(UUID user, List<KnowledgeBaseId> bases) {
        return create(user, Choice.ofBases(bases));
    }

    public ConversationRow create(UUID user, Choice choice) {
        return store.create(user, choice);
    }

    /// The chat with its messages and their citations; what rests on bases this user may no longer
    /// read is withheld.
    public Optional<Conversation> open(Principal.User user, UUID id) {
        return store.find(user.id(), id).map(row -> opened(user, row));
    }

    /// The same to take along, which is written down.
    ///
    /// @param format of the file, e.g. `pdf`
    public Optional<Conversation> export(Principal.User user, UUID id, String format) {
        var chat = open(user, id);
        chat.ifPresent(_ -> acts.exported(user, id, format));
        return chat;
    }

    /// @return whether there is such a chat of this user
    public boolean rename(UUID user, UUID id, String title) {
        String clean = Titles.of(title);
        return !clean.isEmpty() && store.rename(user, id, clean);
    }

    /// A running answer of it is stopped.
    ///
    /// @return whether there was such a chat of this user
    public boolean delete(Principal.User user, UUID id) {
        stop(user.id(), id);
        return acts.did(user, "conversation.delete", id, () -> store.delete(user.id(), id));
    }

    /// Takes a new chat back in which nothing could be asked.
    public void abandon(Principal.User user, UUID id) {
        store.delete(user.id(), id);
    }

    /// Stores the question, starts its answer and returns at once. The answer is written on for a
    /// while when nobody reads it any more, so that who comes back finds all of it, and then ended
    /// and kept as far as it came.
    ///
    /// @param bases to ask; everything the user may read when empty
    /// @throws NoSuchConversation when it is not this user's
    /// @throws AnswerAlreadyRunning when its last question is still being answered
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when one of the bases is not this user's to
    /// read
    /// @throws io.zhiwen.ask.question.UnusableQuestion when it is empty or too long
    public Attachment ask(
            Principal.User user,
            UUID id,
            String text,
            List<KnowledgeBaseId> bases,
            Consumer<AnswerEvent> events) {
        return ask(user, id, text, Choice.ofBases(bases), events);
    }

    /// The same of folders and documents.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when one of what is chosen is not this user's
    /// to read
    public Attachment ask(
            Principal.User user,
            UUID id,
            String text,
            Choice choice,
            Consumer<AnswerEvent> events) {
        String question = questions.checked(text);
        Scope scope = access.withAttached(access.chosenBy(user, Right.READ, choice), user, id);
        mustBeOf(user, id);
        return answers.start(
                Asker.of(user),
                id,
                scope,
                () -> store.begin(user.id(), id, question, choice, Titles.of(question)),
                events);
    }

    /// Answers the last question of the chat again; the new answer takes the place of the old one.
    ///
    /// @throws NoSuchConversation when it is not this user's, or nothing was asked in it
    /// @throws AnswerAlreadyRunning when its last question is still being answered
    public Attachment regenerate(Principal.User user, UUID id, Consumer<AnswerEvent> events) {
        ConversationRow row = mustBeOf(user, id);
        Scope chosen = access.chosenBy(user, Right.READ, row.choice());
        Scope scope = access.withAttached(chosen, user, id);
        return answers.start(
                Asker.of(user), id, scope, () -> store.beginAgain(user.id(), id), events);
    }

    /// Reads the running answer of a chat from its first event, after a refresh of the page or on
    /// another one, whichever node writes it; empty when none is running.
    public Optional<Attachment> attach(Principal.User user, UUID id, Consumer<AnswerEvent> events) {
        return store.find(user.id(), id).flatMap(row -> answers.attach(row.id(), events));
    }

    /// Ends the running answer, whichever node writes it; what was written is kept.
    ///
    /// @return whether one was running
    public boolean stop(UUID user, UUID id) {
        return store.find(user, id).isPresent() && answers.stop(id);
    }

    private Conversation opened(Principal.User user, ConversationRow row) {
        endings.endAbandoned(row.id());
        return new Conversation(
                row, Withholding.apply(messages.of(row.id()), access.readableBy(user), access));
    }

    private ConversationRow mustBeOf(Principal.User user, UUID id) {
        return store.find(user.id(), id).orElseThrow(() -> new NoSuchConversation(id));
    }
}
