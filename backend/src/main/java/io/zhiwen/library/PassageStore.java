package io.zhiwen.library;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkEdit;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The changes of passages in the database; rights are the caller's.
@Component
final class PassageStore {

    private final JdbcClient db;

    PassageStore(JdbcClient db) {
        this.db = db;
    }

    /// A change that counts.
    record Counting(UUID id, ChunkEdit.Kind kind, String original, String text) {}

    /// The change that made a passage say this, or that it is about to be cut by.
    Optional<Counting> saying(DocumentId document, String text) {
        return db.sql(
                        """
                        select * from chunk_edit
                        where document_id = :document and ended_at is null
                            and (text = :text and kind in ('edited', 'added') or original = :text)
                        order by text = :text desc
                        limit 1
                        """)
                .param("document", document.value())
                .param("text", text)
                .query((row, _) -> counting(row))
                .optional();
    }

    Optional<Counting> find(DocumentId document, UUID id) {
        return db.sql(
                        """
                        select * from chunk_edit
                        where document_id = :document and id = :id and ended_at is null
                        """)
                .param("document", document.value())
                .param("id", id)
                .query((row, _) -> counting(row))
                .optional();
    }

    /// The newest first.
    ///
    /// @param now what the document's passages say
    List<PassageEdit> of(DocumentId document, Set<String> now) {
        return db.sql(
                        """
                        select * from chunk_edit where document_id = :document
                        order by made_at desc, id limit 500
                        """)
                .param("document", document.value())
                .query((row, _) -> edit(row, now))
                .list();
    }

    /// Texts of these documents that people wrote.
    Map<DocumentId, Set<String>> written(Collection<DocumentId> documents) {
        Map<DocumentId, Set<String>> texts = new HashMap<>();
        db.sql(
                        """
                        select document_id, text from chunk_edit
                        where document_id = any(:documents) and ended_at is null
                            and kind in ('edited', 'added')
                        """)
                .param("documents", documents.stream().map(DocumentId::value).toArray(UUID[]::new))
                .query(
                        row -> {
                            texts.computeIfAbsent(
                                            new DocumentId(row.getObject(1, UUID.class)),
                                            _ -> new HashSet<>())
                                    .add(row.getString(2));
                        });
        return texts;
    }

    /// @param beside where it is added; null for a change of what was cut
    void add(
            DocumentId document,
            ChunkEdit.Kind kind,
            String original,
            String text,
            @Nullable Chunk beside,
            @Nullable UUID follows,
            String by) {
        db.sql(
                        """
                        insert into chunk_edit (id, document_id, kind, original, text, heading_path,
                            page, sheet, near_start, near_end, made_by, follows)
                        select :id, :document, :kind, :original, :text,
                            coalesce(f.heading_path, :path), coalesce(f.page, :page),
                            coalesce(f.sheet, :sheet), coalesce(f.near_start, :start),
                            coalesce(f.near_end, :end), :by, cast(:follows as uuid)
                        from (select 1) one
                        left join chunk_edit f on f.id = cast(:follows as uuid)
                        """)
                .param("id", UUID.randomUUID())
                .param("document", document.value())
                .param("kind", kind.name().toLowerCase(Locale.ROOT))
                .param("original", original)
                .param("text", text)
                .param(
                        "path",
                        beside == null
                                ? new String[0]
                                : beside.headingPath().toArray(String[]::new))
                .param("page", beside == null ? null : beside.page(), Types.INTEGER)
                .param("sheet", beside == null ? null : beside.sheet(), Types.VARCHAR)
                .param("start", beside == null ? null : beside.span().start(), Types.INTEGER)
                .param("end", beside == null ? null : beside.span().end(), Types.INTEGER)
                .param("by", by)
                .param("follows", follows)
                .update();
    }

    void end(UUID id, String by) {
        db.sql(
                        """
                        update chunk_edit set ended_at = now(), ended_by = :by
                        where id = :id and ended_at is null
                        """)
                .param("id", id)
                .param("by", by)
                .update();
    }

    /// What this one took the place of counts again.
    void revivePredecessor(UUID id) {
        db.sql(
                        """
                        update chunk_edit p set ended_at = null, ended_by = null
                        from chunk_edit e where e.id = :id and p.id = e.follows
                        """)
                .param("id", id)
                .update();
    }

    private static Counting counting(ResultSet row) throws SQLException {
        return new Counting(
                row.getObject("id", UUID.class),
                kind(row),
                row.getString("original"),
                row.getString("text"));
    }

    private static PassageEdit edit(ResultSet row, Set<String> now) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        var kind = kind(row);
        boolean shown =
                kind == ChunkEdit.Kind.DISABLED
                        ? !now.contains(row.getString("original"))
                        : now.contains(row.getString("text"));
        return new PassageEdit(
                row.getObject("id", UUID.class),
                kind,
                row.getString("original"),
                row.getString("text"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("ended_by"),
                ended == null ? null : ended.toInstant(),
                ended == null && shown);
    }

    private static ChunkEdit.Kind kind(ResultSet row) throws SQLException {
        return ChunkEdit.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }
}
