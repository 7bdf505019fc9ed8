package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Chats and messages in the database. A chat is always loaded together with its owner.
@Component
class ConversationStore {

    /// A stored question whose answer is to be written into `answer`.
    ///
    /// @param earlier the messages before the question
    record Begun(UUID answer, String question, List<Message> earlier) {}

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final MessageCitations citations;

    ConversationStore(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.citations = new MessageCitations(db);
    }

    List<ConversationRow> list(UUID user) {
        return db.sql(
                        """
                        select id, title, knowledge_base_ids, created_at, updated_at
                        from conversation where user_id = :user order by updated_at desc, id""")
                .param("user", user)
                .query((row, _) -> conversation(row))
                .list();
    }

    Optional<ConversationRow> find(UUID user, UUID id) {
        return db.sql(
                        """
                        select id, title, knowledge_base_ids, created_at, updated_at
                        from conversation where id = :id and user_id = :user""")
                .param("id", id)
                .param("user", user)
                .query((row, _) -> conversation(row))
                .optional();
    }

    ConversationRow create(UUID user, List<KnowledgeBaseId> bases) {
        return db.sql(
                        """
                        insert into conversation (id, user_id, title, knowledge_base_ids)
                        values (:id, :user, '', cast(:bases as uuid[]))
                        returning id, title, knowledge_base_ids, created_at, updated_at""")
                .param("id", UUID.randomUUID())
                .param("user", user)
                .param("bases", uuids(bases))
                .query((row, _) -> conversation(row))
                .single();
    }

    boolean rename(UUID user, UUID id, String title) {
        return db.sql("update conversation set title = :title where id = :id and user_id = :user")
                        .param("title", title)
                        .param("id", id)
                        .param("user", user)
                        .update()
                > 0;
    }

    boolean delete(UUID user, UUID id) {
        return db.sql("delete from conversation where id = :id and user_id = :user")
                        .param("id", id)
                        .param("user", user)
                        .update()
                > 0;
    }

    List<Message> messages(UUID conversation) {
        Map<UUID, List<io.zhiwen.ask.cite.Citation>> cited = citations.of(conversation);
        return db.sql(
                        """
                        select id, role, text, thinking, state, engine, refused, note, trace_id, created_at
                        from message where conversation_id = :conversation order by ordinal""")
                .param("conversation", conversation)
                .query((row, _) -> message(row, cited))
                .list();
    }

    /// Adds a question and an empty running answer.
    Begun begin(UUID user, UUID id, String text, List<KnowledgeBaseId> bases, String title) {
        return inTransaction(
                () -> {
                    lock(user, id);
                    List<Message> earlier = messages(id);
                    add(id, Message.Role.USER, text, Message.State.COMPLETE);
                    UUID answer = add(id, Message.Role.ASSISTANT, "", Message.State.RUNNING);
                    db.sql(
                                    """
                                    update conversation set updated_at = now(),
                                        knowledge_base_ids = cast(:bases as uuid[]),
                                        title = case when title = '' then :title else title end
                                    where id = :id""")
                            .param("bases", uuids(bases))
                            .param("title", title)
                            .param("id", id)
                            .update();
                    return new Begun(answer, text, earlier);
                });
    }

    /// Puts an empty running answer in the place of the last one.
    Begun beginAgain(UUID user, UUID id) {
        return inTransaction(
                () -> {
                    lock(user, id);
                    List<Message> all = messages(id);
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
                    db.sql("update conversation set updated_at = now() where id = :id")
                            .param("id", id)
                            .update();
                    return new Begun(answer, all.get(question).text(), all.subList(0, question));
                });
    }

    /// Nothing happens when the chat was deleted meanwhile.
    void finish(UUID message, Message.State state, Answer answer, @Nullable String thinking) {
        inTransaction(
                () -> {
                    int updated =
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
                    if (updated > 0) {
                        citations.store(message, answer.citations());
                    }
                    return updated;
                });
    }

    void fail(UUID message, String text, String code) {
        db.sql("update message set text = :text, state = 'failed', note = :code where id = :id")
                .param("text", text)
                .param("code", code)
                .param("id", message)
                .update();
    }

    /// An answer nobody writes any more: its process died.
    void failInterrupted() {
        db.sql(
                        "update message set state = 'failed', note = 'error.interrupted' where state ="
                                + " 'running'")
                .update();
    }

    private void lock(UUID user, UUID id) {
        boolean own =
                db.sql("select id from conversation where id = :id and user_id = :user for update")
                        .param("id", id)
                        .param("user", user)
                        .query(UUID.class)
                        .optional()
                        .isPresent();
        if (!own) {
            throw new NoSuchConversation(id);
        }
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
        UUID[] bases = (UUID[]) row.getArray("knowledge_base_ids").getArray();
        return new ConversationRow(
                row.getObject("id", UUID.class),
                row.getString("title"),
                Arrays.stream(bases).map(KnowledgeBaseId::new).toList(),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                false);
    }

    private static Message message(
            ResultSet row, Map<UUID, List<io.zhiwen.ask.cite.Citation>> cited) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String engine = row.getString("engine");
        return new Message(
                id,
                Message.Role.valueOf(upper(row.getString("role"))),
                row.getString("text"),
                row.getString("thinking"),
                Message.State.valueOf(upper(row.getString("state"))),
                engine == null ? null : Answer.Engine.valueOf(upper(engine)),
                row.getBoolean("refused"),
                row.getString("note"),
                row.getObject("trace_id", UUID.class),
                instant(row, "created_at"),
                cited.getOrDefault(id, List.of()),
                false);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String uuids(List<KnowledgeBaseId> bases) {
        return bases.stream()
                .map(KnowledgeBaseId::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
