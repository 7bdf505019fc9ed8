package io.zhiwen.ingest.store;

import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Where the lines of scanned pages stand. Safe for concurrent use.
public final class ScannedPages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<ScannedPage.Line>> LINES = new TypeReference<>() {};

    private final JdbcClient db;

    public ScannedPages(JdbcClient db) {
        this.db = db;
    }

    void replace(Attempt attempt, List<ScannedPage> scans) {
        db.sql("delete from scanned_page where document_id = :document and version = :version")
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .update();
        for (ScannedPage scan : scans) {
            db.sql(
                            """
                            insert into scanned_page (document_id, version, page, lines)
                            values (:document, :version, :page, cast(:lines as jsonb))""")
                    .param("document", attempt.document().value())
                    .param("version", attempt.version())
                    .param("page", scan.page())
                    // a NUL is no text for the database
                    .param("lines", JSON.writeValueAsString(scan.lines()).replace("\\u0000", ""))
                    .update();
        }
    }

    /// The lines of a page, also where the version was only cut anew from what an earlier one read
    /// of the same file; empty for a page that is no scan.
    public List<ScannedPage.Line> linesOf(DocumentId document, int version, int page) {
        return db.sql(
                        """
                        select s.lines from scanned_page s
                        join document_version v using (document_id, version)
                        where s.document_id = :document and s.page = :page and v.sha256 =
                            (select sha256 from document_version
                             where document_id = :document and version = :version)
                        order by s.version = :version desc, s.version desc limit 1""")
                .param("document", document.value())
                .param("version", version)
                .param("page", page)
                .query(String.class)
                .optional()
                .map(text -> JSON.readValue(text, LINES))
                .orElse(List.of());
    }
}
