package io.zhiwen.ingest.store;

import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.upload.DocumentId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps what versions are compared by, in the caller's transaction. Safe for concurrent use.
public final class LikenessRows {

    private final JdbcClient db;

    public LikenessRows(JdbcClient db) {
        this.db = db;
    }

    /// In place of what was kept of this version.
    public void replace(DocumentId document, int version, Likeness likeness) {
        db.sql(
                        """
                        insert into document_likeness (document_id, version, scheme, least, bands)
                        values (:document, :version, :scheme, :least, :bands)
                        on conflict (document_id, version) do update
                        set scheme = excluded.scheme, least = excluded.least, bands = excluded.bands
                        """)
                .param("document", document.value())
                .param("version", version)
                .param("scheme", Likeness.SCHEME)
                .param("least", likeness.least())
                .param("bands", likeness.bands())
                .update();
    }
}
