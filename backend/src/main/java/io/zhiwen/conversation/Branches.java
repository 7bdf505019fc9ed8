package io.zhiwen.conversation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Chats that go another way from some question on. What was said is never lost: only the last
/// question of a chat is replaced in its place, an earlier one in a chat of its own. The files of
/// the chat go along.
@Component
class Branches {

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final AnswerStore answers;
    private final AnswerLeases leases;

    Branches(
            JdbcClient db,
            PlatformTransactionManager transactions,
            AnswerStore answers,
            AnswerLeases leases) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.answers = answers;
        this.leases = leases;
    }

    /// Makes room for another question in the place of this one.
    ///
    /// @return the chat to ask it in
    UUID instead(UUID user, UUID chat, UUID question) {
        return inTransaction(
                () -> {
                    int ordinal = lockedAt(user, chat, question);
                    boolean last =
                            db.sql(
                                            """
                                            select not exists (select 1 from message
                                                where conversation_id = :chat and role = 'user'
                                                    and ordinal > :ordinal)""")
                                    .param("chat", chat)
                                    .param("ordinal", ordinal)
                                    .query(Boolean.class)
                                    .single();
                    if (!last) {
                        return copy(chat, ordinal);
                    }
                    db.sql(
                                    """
                                    delete from message
                                    where conversation_id = :chat and ordinal >= :ordinal""")
                            .param("chat", chat)
                            .param("ordinal", ordinal)
                            .update();
                    return chat;
                });
    }

    /// A new chat with all that was said until the answer to this question.
    UUID after(UUID user, UUID chat, UUID question) {
        return inTransaction(
                () -> {
                    int ordinal = lockedAt(user, chat, question);
                    List<Integer> next =
                            db.sql(
                                            """
                                            select ordinal from message where conversation_id = :chat
                                                and role = 'user' and ordinal > :ordinal
                                            order by ordinal limit 1""")
                                    .param("chat", chat)
                                    .param("ordinal", ordinal)
                                    .query(Integer.class)
                                    .list();
                    return copy(chat, next.isEmpty() ? Integer.MAX_VALUE : next.getFirst());
                });
    }

    /// Everybody locks a chat first.
    private int lockedAt(UUID user, UUID chat, UUID question) {
        if (db.sql("select id from conversation where id = :id and user_id = :user for update")
                .param("id", chat)
                .param("user", user)
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            throw new NoSuchConversation(chat);
        }
        answers.endAbandoned(chat);
        if (leases.of(chat).isPresent()) {
            throw new AnswerAlreadyRunning(chat);
        }
        return db.sql(
                        """
                        select ordinal from message
                        where id = :question and conversation_id = :chat and role = 'user'""")
                .param("question", question)
                .param("chat", chat)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new NoSuchConversation(chat));
    }

    private UUID copy(UUID chat, int before) {
        UUID copy = UUID.randomUUID();
        db.sql(
                        """
                        insert into conversation (id, user_id, title, knowledge_base_ids,
                            folder_ids, document_ids, assistant_id)
                        select :copy, user_id, title, knowledge_base_ids, folder_ids, document_ids,
                            assistant_id
                        from conversation where id = :chat""")
                .param("copy", copy)
                .param("chat", chat)
                .update();
        db.sql(
                        """
                        insert into conversation_file
                        select :copy, d.id from document d
                        join knowledge_base b on b.id = d.knowledge_base_id
                        where b.chat_only and b.conversation_id = :chat
                            and b.deleted_at is null and d.deleted_at is null
                        union
                        select :copy, document_id from conversation_file
                        where conversation_id = :chat""")
                .param("chat", chat)
                .param("copy", copy)
                .update();
        db.sql(
                        """
                        with copied as materialized (
                            select gen_random_uuid() as copy_id, m.* from message m
                            where m.conversation_id = :chat and m.ordinal < :before),
                        said as (
                            insert into message (id, conversation_id, ordinal, role, text, thinking, state,
                                engine, refused, note, trace_id, created_at)
                            select copy_id, :copy, ordinal, role, text, thinking, state,
                                engine, refused, note, trace_id, created_at
                            from copied)
                        insert into message_citation (message_id, number, knowledge_base_id, document_id,
                            version, document_name, page, sheet, heading_path, span_start, span_end, text)
                        select m.copy_id, c.number, c.knowledge_base_id, c.document_id, c.version,
                            c.document_name, c.page, c.sheet, c.heading_path, c.span_start, c.span_end, c.text
                        from copied m join message_citation c on c.message_id = m.id""")
                .param("chat", chat)
                .param("copy", copy)
                .param("before", before)
                .update();
        return copy;
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(_ -> work.get());
        return Objects.requireNonNull(result, "a transaction gave nothing");
    }
}
