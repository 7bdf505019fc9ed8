package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What was said in a chat, with its citations, in the database.
@Component
class MessageStore {

    private final JdbcClient db;
    private final MessageCitations citations;

    MessageStore(JdbcClient db) {
        this.db = db;
        this.citations = new MessageCitations(db);
    }

    MessageCitations citations() {
        return citations;
    }

    /// Oldest first.
    List<Message> of(UUID conversation) {
        Map<UUID, List<Citation>> cited = citations.of(conversation);
        return db.sql(
                        """
                        select id, role, text, thinking, state, engine, refused, note, trace_id, created_at
                        from message where conversation_id = :conversation order by ordinal""")
                .param("conversation", conversation)
                .query((row, _) -> message(row, cited))
                .list();
    }

    Optional<Message> one(UUID id) {
        return db.sql("select conversation_id from message where id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .flatMap(
                        conversation ->
                                of(conversation).stream()
                                        .filter(message -> message.id().equals(id))
                                        .findFirst());
    }

    private static Message message(ResultSet row, Map<UUID, List<Citation>> cited)
            throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String engine = row.getString("engine");
        return new Message(
                id,
                Message.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getString("text"),
                row.getString("thinking"),
                Message.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                engine == null ? null : Answer.Engine.valueOf(engine.toUpperCase(Locale.ROOT)),
                row.getBoolean("refused"),
                row.getString("note"),
                row.getObject("trace_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                cited.getOrDefault(id, List.of()),
                false);
    }
}
