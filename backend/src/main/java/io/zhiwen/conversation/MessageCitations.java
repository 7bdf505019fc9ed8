package io.zhiwen.conversation;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The citations of messages, kept as they were shown.
final class MessageCitations {

    private final JdbcClient db;

    MessageCitations(JdbcClient db) {
        this.db = db;
    }

    Map<UUID, List<Citation>> of(UUID conversation) {
        Map<UUID, List<Citation>> cited = new HashMap<>();
        db.sql(
                        """
                        select c.* from message_citation c join message m on m.id = c.message_id
                        where m.conversation_id = :conversation order by c.message_id, c.number""")
                .param("conversation", conversation)
                .query(
                        row -> {
                            cited.computeIfAbsent(
                                            row.getObject("message_id", UUID.class),
                                            _ -> new ArrayList<>())
                                    .add(citation(row));
                        });
        return cited;
    }

    void store(UUID message, List<Citation> citations) {
        for (Citation citation : citations) {
            db.sql(
                            """
                            insert into message_citation (message_id, number, knowledge_base_id, document_id, version,
                                document_name, page, sheet, heading_path, span_start, span_end, text)
                            values (:message, :number, :base, :document, :version,
                                :name, :page, :sheet, :headings, :start, :end, :text)""")
                    .param("message", message)
                    .param("number", citation.number())
                    .param("base", citation.base().value())
                    .param("document", citation.document().value())
                    .param("version", citation.version())
                    .param("name", citation.documentName())
                    .param("page", citation.page())
                    .param("sheet", citation.sheet())
                    .param("headings", citation.headingPath().toArray(String[]::new))
                    .param("start", citation.span().start())
                    .param("end", citation.span().end())
                    .param("text", citation.text())
                    .update();
        }
    }

    private static Citation citation(ResultSet row) throws SQLException {
        return new Citation(
                row.getInt("number"),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                new DocumentId(row.getObject("document_id", UUID.class)),
                row.getInt("version"),
                row.getString("document_name"),
                row.getObject("page", Integer.class),
                row.getString("sheet"),
                List.of((String[]) row.getArray("heading_path").getArray()),
                new Span(row.getInt("span_start"), row.getInt("span_end")),
                row.getString("text"));
    }
}
