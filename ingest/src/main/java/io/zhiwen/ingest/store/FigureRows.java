package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The figures of versions.
final class FigureRows {

    private final JdbcClient db;

    FigureRows(JdbcClient db) {
        this.db = db;
    }

    void replace(Attempt attempt, List<StoredFigure> figures) {
        db.sql("delete from document_figure where document_id = :document and version = :version")
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .update();
        for (StoredFigure figure : figures) {
            db.sql(
                            """
                            insert into document_figure (document_id, version, n, place, page,
                                sha256, media_type, width, height, alt)
                            values (:document, :version, :n, :place, :page, :sha256, :type,
                                :width, :height, :alt)""")
                    .param("document", attempt.document().value())
                    .param("version", attempt.version())
                    .param("n", figure.n())
                    .param("place", figure.place())
                    .param("page", figure.page())
                    .param("sha256", figure.sha256().hex())
                    .param("type", figure.mediaType())
                    .param("width", figure.width())
                    .param("height", figure.height())
                    .param("alt", figure.alt())
                    .update();
        }
    }

    /// Of the version whose text is cut anew.
    List<StoredFigure> ofContent(DocumentId document, int version) {
        return db.sql(
                        """
                        select f.* from document_figure f
                        join document_version v
                            on v.document_id = f.document_id and v.content_of = f.version
                        where v.document_id = :document and v.version = :version order by f.n""")
                .param("document", document.value())
                .param("version", version)
                .query((row, _) -> figure(row))
                .list();
    }

    private static StoredFigure figure(ResultSet row) throws SQLException {
        return new StoredFigure(
                row.getInt("n"),
                row.getInt("place"),
                row.getObject("page", Integer.class),
                new Sha256(row.getString("sha256")),
                row.getString("media_type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("alt"));
    }
}
