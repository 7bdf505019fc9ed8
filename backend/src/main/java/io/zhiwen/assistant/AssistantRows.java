package io.zhiwen.assistant;

import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Assistants as the database has them, whoever asks for them.
final class AssistantRows {

    private static final String SELECT =
            """
            select a.*, array(select b.id from assistant_base ab
                join knowledge_base b on b.id = ab.knowledge_base_id and b.deleted_at is null
                where ab.assistant_id = a.id order by lower(b.name), b.id) as bases
            from assistant a
            """;

    private AssistantRows() {}

    /// In the order of their names.
    static List<Assistant> all(JdbcClient db) {
        return db.sql(SELECT + " order by lower(a.name)").query((row, _) -> assistant(row)).list();
    }

    static Optional<Assistant> one(JdbcClient db, UUID id) {
        return db.sql(SELECT + " where a.id = :id")
                .param("id", id)
                .query((row, _) -> assistant(row))
                .optional();
    }

    /// What a wish makes of its columns.
    static Map<String, @Nullable Object> fields(AssistantWish wish) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", wish.name());
        fields.put("description", wish.description());
        fields.put("role", wish.instructions().role());
        fields.put("task", wish.instructions().task());
        fields.put("requirements", wish.instructions().requirements());
        fields.put("notes", wish.instructions().notes());
        fields.put("server", wish.server());
        fields.put("openings", wish.openings().toArray(String[]::new));
        fields.put("enabled", wish.enabled());
        return fields;
    }

    private static Assistant assistant(ResultSet row) throws SQLException {
        return new Assistant(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                Stream.of((UUID[]) row.getArray("bases").getArray())
                        .map(KnowledgeBaseId::new)
                        .toList(),
                new Instructions(
                        row.getString("prompt_role"),
                        row.getString("prompt_task"),
                        row.getString("prompt_requirements"),
                        row.getString("prompt_notes")),
                row.getObject("model_server_id", UUID.class),
                List.of((String[]) row.getArray("openings").getArray()),
                row.getBoolean("enabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
