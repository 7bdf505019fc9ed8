package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The versions of a document, and what changed from one to the next.
@Component
public class History {

    private final JdbcClient db;
    private final Documents documents;

    History(JdbcClient db, Documents documents) {
        this.db = db;
        this.documents = documents;
    }

    /// Newest first; none when the document is not there.
    public List<VersionRow> of(Scope scope, DocumentId id) {
        if (documents.one(scope, id).isEmpty()) {
            return List.of();
        }
        return db.sql(
                        """
                        select v.version, v.file_name, v.bytes, v.status, v.pages, v.chunks,
                            v.uploaded_by, v.uploaded_at, d.live_version = v.version as live,
                            c.version is not null as readable
                        from document_version v join document d on d.id = v.document_id
                        left join document_content c
                            on c.document_id = v.document_id and c.version = v.version
                        where v.document_id = :id and %s order by v.version desc
                        """
                                .formatted(Shown.VERSION))
                .params(Shown.parameters(scope))
                .param("id", id.value())
                .query(
                        (row, _) ->
                                new VersionRow(
                                        row.getInt("version"),
                                        row.getString("file_name"),
                                        row.getLong("bytes"),
                                        Status.of(row.getString("status")),
                                        row.getBoolean("live"),
                                        row.getBoolean("readable"),
                                        row.getObject("pages", Integer.class),
                                        row.getObject("chunks", Integer.class),
                                        row.getString("uploaded_by"),
                                        row.getObject("uploaded_at", OffsetDateTime.class)
                                                .toInstant()))
                .list();
    }

    /// From the version that readers found before `version`, or else the readable one before, to
    /// it; empty where one of them is not there.
    public Optional<Comparison> changes(Scope scope, DocumentId id, int version) {
        List<VersionRow> before =
                of(scope, id).stream()
                        .filter(row -> row.version() < version && row.readable())
                        .toList();
        return before.stream()
                .filter(row -> row.status() == Status.READY)
                .findFirst()
                .or(() -> before.stream().findFirst())
                .flatMap(row -> documents.content(scope, id, row.version()))
                .flatMap(
                        older ->
                                documents
                                        .content(scope, id, version)
                                        .map(newer -> Comparison.of(older, newer)));
    }
}
