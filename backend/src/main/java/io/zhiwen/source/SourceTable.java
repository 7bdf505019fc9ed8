package io.zhiwen.source;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FolderId;
import io.zhiwen.source.place.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads sources, and holds who may see them: those who manage their base.
@Component
final class SourceTable {

    private static final String ROWS =
            """
            select s.*, r.id as run_id, r.mode, r.asked_by, r.state, r.asked_at, r.started_at,
                r.finished_at, r.same, r.reason, r.detail, r.source_id, t.*,
                (select count(distinct i.document_id) from source_item i
                    join document d on d.id = i.document_id and d.deleted_at is null
                    where i.source_id = s.id) as documents
            from source s
            join knowledge_base b on b.id = s.knowledge_base_id and b.deleted_at is null
            left join lateral (select * from source_run
                where source_id = s.id order by asked_at desc, id limit 1) r on true
            cross join lateral (%s) t
            """
                    .formatted(RunTable.TALLY);

    private final JdbcClient db;
    private final Access access;
    private final Places places;
    private final Kinds kinds;

    SourceTable(JdbcClient db, Access access, Places places, Kinds kinds) {
        this.db = db;
        this.access = access;
        this.places = places;
        this.kinds = kinds;
    }

    /// By name.
    List<SourceRow> of(KnowledgeBaseId base) {
        return db.sql(ROWS + " where s.knowledge_base_id = :base order by lower(s.name), s.id")
                .param("base", base.value())
                .query((row, _) -> row(row))
                .list();
    }

    Optional<SourceRow> one(SourceId id) {
        return db.sql(ROWS + " where s.id = :id")
                .param("id", id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /// Passes those who manage the base, to a source of it.
    ///
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when they have another right in it
    /// @throws NoSuchSource when it has no such source
    SourceRow mustManage(Principal principal, KnowledgeBaseId base, SourceId id) {
        access.require(principal, base, Right.MANAGE);
        return one(id).filter(row -> row.base().equals(base))
                .orElseThrow(() -> new NoSuchSource(id));
    }

    private SourceRow row(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        UUID folder = row.getObject("folder_id", UUID.class);
        Map<String, String> place = places.open(row.getString("place"));
        return new SourceRow(
                new SourceId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                folder == null ? null : new FolderId(folder),
                kind,
                row.getString("name"),
                kinds.named(kind).map(known -> known.where(new Place(place))).orElse(""),
                place,
                row.getBytes("sealed") != null,
                row.getObject("every_minutes", Integer.class),
                row.getBoolean("paused"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "due_at"),
                row.getLong("documents"),
                row.getObject("run_id") == null ? null : RunTable.row(row));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
