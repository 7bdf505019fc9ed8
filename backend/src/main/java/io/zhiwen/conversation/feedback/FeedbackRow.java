package io.zhiwen.conversation.feedback;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A row of `answer_feedback`.
final class FeedbackRow {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<RatedSource>> SOURCES = new TypeReference<>() {};

    private FeedbackRow() {}

    static Feedback of(ResultSet row) throws SQLException {
        return new Feedback(
                row.getObject("id", UUID.class),
                row.getObject("answer_id", UUID.class),
                row.getString("reader"),
                verdict(row),
                row.getString("question"),
                row.getString("answer"),
                row.getBoolean("refused"),
                JSON.readValue(row.getString("sources"), SOURCES),
                Arrays.stream((UUID[]) row.getArray("knowledge_base_ids").getArray())
                        .map(KnowledgeBaseId::new)
                        .toList(),
                revision(row),
                instant(row, "created_at"));
    }

    static Verdict verdict(ResultSet row) throws SQLException {
        var reason = row.getString("reason");
        return new Verdict(
                row.getBoolean("good"),
                reason == null ? null : Reason.of(reason).orElseThrow(),
                row.getString("comment"),
                row.getString("correction"));
    }

    private static Feedback.@Nullable Revision revision(ResultSet row) throws SQLException {
        var by = row.getString("revised_by");
        return by == null
                ? null
                : new Feedback.Revision(row.getString("revision"), by, instant(row, "revised_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
