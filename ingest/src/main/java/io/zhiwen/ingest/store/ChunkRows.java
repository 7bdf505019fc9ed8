package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// How a chunk is read from its row.
final class ChunkRows {

    static final String COLUMNS =
            """
            c.id, c.knowledge_base_id, c.document_id, c.version, c.ordinal, c.text, c.heading_path,
            c.page, c.sheet, c.span_start, c.span_end, c.section_start, c.section_end, c.tokens,
            c.language, d.name as document_name
            """;

    /// Which chunks there are to see.
    static final String LIVE =
            """
            join document d on d.id = c.document_id and d.live_version = c.version and d.deleted_at is null
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            """;

    /// The one place that says which chunks readers may find.
    static final String FOUND = LIVE + "and " + Reach.IN_FORCE;

    /// What a model made of the chunk's text, as `made`; looked for where the base has it made.
    static final String MADE =
            """
            coalesce(case when b.question_tokens_per_day is not null then (
                select q.text from passage_questions q
                where q.knowledge_base_id = c.knowledge_base_id
                  and q.text_hash = sha256(convert_to(c.text, 'UTF8'))) end, '') as made
            """;

    private ChunkRows() {}

    static StoredChunk chunk(ResultSet row) throws SQLException {
        return new StoredChunk(
                row.getLong("id"),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                new DocumentId(row.getObject("document_id", UUID.class)),
                row.getInt("version"),
                row.getString("document_name"),
                new Chunk(
                        row.getInt("ordinal"),
                        row.getString("text"),
                        List.of((String[]) row.getArray("heading_path").getArray()),
                        row.getObject("page", Integer.class),
                        row.getString("sheet"),
                        new Span(row.getInt("span_start"), row.getInt("span_end")),
                        new Span(row.getInt("section_start"), row.getInt("section_end")),
                        row.getInt("tokens"),
                        Language.valueOf(row.getString("language"))));
    }
}
