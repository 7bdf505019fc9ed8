package io.zhiwen.conversation;

import io.zhiwen.account.Choice;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Chats and their questions in the database. A chat is always loaded together with its
/// owner, a user or a key.
@Component
class ConversationStore {

    /// A stored question whose answer is to be written into `answer`.
    ///
    /// @param earlier the messages before the question
    record Begun(UUID answer, String question, List<Message> earlier) {}

    /// Past its lease an answer is not running, whoever has to say so.
    private static final String RUNNING =
            """
            exists (select 1 from running_answer r
                where r.conversation_id = c.id and r.lease_until >= now()) as running""";

    private static final String OWN = "(user_id = :owner or key_id = :owner)";

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final MessageStore messages;
    private final AnswerStore answers;
    private final AnswerLeases leases;

    ConversationStore(
            JdbcClient db,
            PlatformTransactionManager transactions,
            MessageStore messages,
            AnswerStore answers,
            AnswerLeases leases) {
        this.db = db;
        this.messages = messages;
        this.answers = answers;
        this.leases = leases;
        this.transaction = new TransactionTemplate(transactions);
    }

    List<ConversationRow> list(UUID owner) {
        return db.sql(
                        """
                        select c.*, %s from conversation c where %s
                        order by updated_at desc, id"""
                                .formatted(RUNNING, OWN))
                .param("owner", owner)
                .query((row, _) -> conversation(row))
                .list();
    }

    /// Those in whose title, questions or answers the words stand; an answer counts only when it
    /// rests on nothing but these bases.
    List<ConversationRow> search(UUID owner, String words, Set<KnowledgeBaseId> readable) {
        return db.sql(
                        """
                        select c.*, %s from conversation c where %s and title <> ''
                            and (title ilike :like or exists (
                                select 1 from message m where m.conversation_id = c.id
                                    and m.text ilike :like
                                    and not exists (select 1 from message_citation s
                                        where s.message_id = m.id
                                            and s.knowledge_base_id <> all(:bases))))
                        order by updated_at desc, id limit 50"""
                                .formatted(RUNNING, OWN))
                .param("owner", owner)
                .param("like", "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("bases", Reach.ids(readable))
                .query((row, _) -> conversation(row))
                .list();
    }

    /// The message of the last question; empty before the first.
    Optional<UUID> lastQuestion(UUID chat) {
        return db.sql(
                        """
                        select id from message where conversation_id = :chat and role = 'user'
                        order by ordinal desc limit 1""")
                .param("chat", chat)
                .query(UUID.class)
                .optional();
    }

    Optional<ConversationRow> find(UUID owner, UUID id) {
        return db.sql(
                        """
                        select c.*, %s from conversation c where id = :id and %s"""
                                .formatted(RUNNING, OWN))
                .param("id", id)
                .param("owner", owner)
                .query((row, _) -> conversation(row))
                .optional();
    }

    ConversationRow create(UUID owner, Choice choice) {
        return db.sql(
                        """
                        insert into conversation (id, user_id, key_id, title, knowledge_base_ids,
                            folder_ids, document_ids, assistant_id)
                        values (:id, (select id from app_user where id = :owner),
                            (select id from api_key where id = :owner),
                            '', :bases, :folders, :documents, cast(:assistant as uuid))
                        returning *, false as running""")
                .param("id", UUID.randomUUID())
                .param("owner", owner)
                .params(parameters(choice))
                .query((row, _) -> conversation(row))
                .single();
    }

    boolean rename(UUID owner, UUID id, String title) {
        return db.sql("update conversation set title = :title where id = :id and " + OWN)
                        .param("title", title)
                        .param("id", id)
                        .param("owner", owner)
                        .update()
                > 0;
    }

    /// Everybody locks a chat first, its running answer second and its messages last.
    boolean delete(UUID owner, UUID id) {
        return inTransaction(
                () -> {
                    if (!lockIfOwn(owner, id)) {
                        return false;
                    }
                    db.sql("delete from running_answer where conversation_id = :id")
                            .param("id", id)
                            .update();
                    db.sql(
                                    """
                                    delete from answer_trace where id in
                                        (select trace_id from message where conversation_id = :id)
                                    and id not in
                                        (select trace_id from message
                                         where conversation_id <> :id and trace_id is not null)""")
                            .param("id", id)
                            .update();
                    db.sql("delete from conversation where id = :id").param("id", id).update();
                    return true;
                });
    }

    /// Adds a question and an empty running answer.
    Begun begin(UUID owner, UUID id, String text, Choice choice, String title) {
        return inTransaction(
                () -> {
                    lock(owner, id);
                    answers.endAbandoned(id);
                    List<Message> earlier = messages.of(id);
                    add(id, Message.Role.USER, text, Message.State.COMPLETE);
                    UUID answer = add(id, Message.Role.ASSISTANT, "", Message.State.RUNNING);
                    leases.take(answer, id);
                    db.sql(
                                    """
                                    update conversation set updated_at = now(),
                                        knowledge_base_ids = :bases, folder_ids = :folders,
                                        document_ids = :documents,
                                        assistant_id = cast(:assistant as uuid),
                                        title = case when title = '' then :title else title end
                                    where id = :id""")
                            .params(parameters(choice))
                            .param("title", title)
                            .param("id", id)
                            .update();
                    return new Begun(answer, text, earlier);
                });
    }

    /// Puts an empty running answer in the place of the last one.
    Begun beginAgain(UUID owner, UUID id) {
        return inTransaction(
                () -> {
                    lock(owner, id);
                    answers.endAbandoned(id);
                    if (leases.of(id).isPresent()) {
                        throw new AnswerAlreadyRunning(id);
                    }
                    List<Message> all = messages.of(id);
                    int question = all.size() - 1;
                    while (question >= 0 && all.get(question).role() != Message.Role.USER) {
                        question--;
                    }
                    if (question < 0) {
                        throw new NoSuchConversation(id);
                    }
                    for (Message old : all.subList(question + 1, all.size())) {
                        db.sql("delete from message where id = :id").param("id", old.id()).update();
                    }
                    UUID answer = add(id, Message.Role.ASSISTANT, "", Message.State.RUNNING);
                    leases.take(answer, id);
                    db.sql("update conversation set updated_at = now() where id = :id")
                            .param("id", id)
                            .update();
                    return new Begun(answer, all.get(question).text(), all.subList(0, question));
                });
    }

    private void lock(UUID owner, UUID id) {
        if (!lockIfOwn(owner, id)) {
            throw new NoSuchConversation(id);
        }
    }

    private boolean lockIfOwn(UUID owner, UUID id) {
        return db.sql("select id from conversation where id = :id and " + OWN + " for update")
                .param("id", id)
                .param("owner", owner)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    private UUID add(UUID conversation, Message.Role role, String text, Message.State state) {
        UUID id = UUID.randomUUID();
        db.sql(
                        """
                        insert into message (id, conversation_id, ordinal, role, text, state)
                        select :id, :conversation, coalesce(max(ordinal) + 1, 0), :role, :text, :state
                        from message where conversation_id = :conversation""")
                .param("id", id)
                .param("conversation", conversation)
                .param("role", lower(role))
                .param("text", text)
                .param("state", lower(state))
                .update();
        return id;
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        T result = transaction.execute(_ -> work.get());
        return java.util.Objects.requireNonNull(result, "a transaction gave nothing");
    }

    private static ConversationRow conversation(ResultSet row) throws SQLException {
        return new ConversationRow(
                row.getObject("id", UUID.class),
                row.getString("title"),
                new Choice(
                        ids(row, "knowledge_base_ids").stream().map(KnowledgeBaseId::new).toList(),
                        ids(row, "folder_ids"),
                        ids(row, "document_ids").stream().map(DocumentId::new).toList(),
                        row.getObject("assistant_id", UUID.class)),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getBoolean("running"));
    }

    private static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }

    private static Map<String, @Nullable Object> parameters(Choice choice) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("bases", Reach.ids(choice.bases()));
        parameters.put("folders", choice.folders().toArray(UUID[]::new));
        parameters.put(
                "documents",
                choice.documents().stream().map(DocumentId::value).toArray(UUID[]::new));
        parameters.put("assistant", choice.assistant());
        return parameters;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
