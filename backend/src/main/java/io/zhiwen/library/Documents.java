package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.ScannedPages;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads documents, never one outside of the scope: by the condition of each query, and by the
/// database's own wall.
@Component
final class Documents {

    /// Ready is what a search finds: until the index has followed, a published version is in work.
    private static final String ROWS =
            """
            select d.id, d.knowledge_base_id, d.name, d.created_at, v.version,
                case when v.status = 'ready' and exists (
                        select from index_change c
                        where c.document_id = d.id and not c.acl_only
                          and c.tx > :applied::text::xid8)
                    then 'embedding' else v.status end as status,
                d.live_version is not null as live, v.progress_done, v.progress_total,
                v.reason_code, v.reason_detail, v.bytes, v.media_type, v.type_mismatch, v.pages,
                v.chunks, v.uploaded_by, v.uploaded_at,
                greatest(v.uploaded_at, v.started_at, v.finished_at, d.updated_at) as updated_at,
                d.folder_id, d.tags, d.link, p.id as parent_id, p.name as parent_name, d.part_name, d.enabled, d.valid_from,
                d.valid_until, o.name as owner, s.id as successor, s.name as successor_name,
                %s as life,
                inside.all_parts, inside.failed_parts, inside.working_parts,
                given.field_ids, given.field_names, given.field_kinds, given.field_values
            from document d
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            join document_version v on v.document_id = d.id and v.version = %s
            left join app_user o on o.id = d.owner_id
            left join document s
                on s.id = d.superseded_by and s.deleted_at is null and %s and %s
            left join document p on p.id = d.parent_id
            cross join lateral (
                select count(*) as all_parts,
                    count(*) filter (where pv.status = 'failed') as failed_parts,
                    count(*) filter (where pv.status not in ('ready', 'failed', 'held')) as working_parts
                from document part
                join document_version pv on pv.document_id = part.id and pv.version = %s
                where part.parent_id = d.id and part.deleted_at is null and %s) inside
            cross join lateral (
                select array_agg(f.id order by f.position) as field_ids,
                    array_agg(f.name order by f.position) as field_names,
                    array_agg(f.kind order by f.position) as field_kinds,
                    array_agg(coalesce(g.text_value, g.number_value::text, g.date_value::text,
                        case when g.truth then 'yes' else 'no' end) order by f.position)
                        as field_values
                from document_field g join base_field f on f.id = g.field_id
                where g.document_id = d.id) given
            where d.deleted_at is null and %s
            """
                    .formatted(
                            DocumentLife.STATE,
                            Shown.NEWEST,
                            Reach.CLAUSE.replace("d.", "s."),
                            Shown.DOCUMENT.replace("d.", "s."),
                            Shown.NEWEST.replace("d.", "part."),
                            Shown.DOCUMENT.replace("d.", "part."),
                            Shown.DOCUMENT);

    private static final String LIVES =
            """
            select d.id, d.enabled, d.valid_from, d.valid_until, o.name as owner,
                s.id as successor, s.name as successor_name, %s as life
            from document d
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            left join app_user o on o.id = d.owner_id
            left join document s on s.id = d.superseded_by and s.deleted_at is null and %s
            where d.id = any(:ids) and d.deleted_at is null and %s
            """
                    .formatted(DocumentLife.STATE, Reach.CLAUSE.replace("d.", "s."), Reach.CLAUSE);

    private final ReaderDatabase readers;
    private final ChunkStore chunks;
    private final IndexFollower follower;

    Documents(ReaderDatabase readers, ChunkStore chunks, IndexFollower follower) {
        this.follower = follower;
        this.readers = readers;
        this.chunks = chunks;
    }

    Optional<DocumentRow> one(Scope scope, DocumentId id) {
        return within(
                scope,
                db ->
                        db.sql(ROWS + " and d.id = :id and " + Reach.CLAUSE)
                                .param("applied", follower.position())
                                .param("id", id.value())
                                .params(Shown.parameters(scope))
                                .query((row, _) -> row(row))
                                .optional());
    }

    /// Those of them that are there, in their order.
    List<DocumentRow> each(Scope scope, List<DocumentId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<DocumentId, DocumentRow> found =
                within(
                                scope,
                                db ->
                                        db.sql(ROWS + " and d.id in (:ids) and " + Reach.CLAUSE)
                                                .param("applied", follower.position())
                                                .param(
                                                        "ids",
                                                        ids.stream()
                                                                .map(DocumentId::value)
                                                                .toList())
                                                .params(Shown.parameters(scope))
                                                .query((row, _) -> row(row))
                                                .list())
                        .stream()
                        .collect(Collectors.toMap(DocumentRow::id, Function.identity()));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /// How long each of those that are there is found.
    Map<DocumentId, DocumentLife> lives(Scope scope, Collection<DocumentId> ids) {
        if (ids.isEmpty() || scope.isEmpty()) {
            return Map.of();
        }
        Map<DocumentId, DocumentLife> lives = new HashMap<>();
        within(
                        scope,
                        db ->
                                db.sql(LIVES)
                                        .param(
                                                "ids",
                                                ids.stream()
                                                        .map(DocumentId::value)
                                                        .toArray(UUID[]::new))
                                        .params(scope.reach().parameters())
                                        .query(
                                                (row, _) ->
                                                        Map.entry(
                                                                new DocumentId(
                                                                        row.getObject(
                                                                                "id", UUID.class)),
                                                                life(row)))
                                        .list())
                .forEach(one -> lives.put(one.getKey(), one.getValue()));
        return lives;
    }

    /// Those of them that are in the base, in no order.
    List<UUID> of(Scope scope, KnowledgeBaseId base, List<DocumentId> ids) {
        return ids.isEmpty()
                ? List.of()
                : within(
                        scope,
                        db ->
                                db.sql(
                                                """
                                                select d.id from document d
                                                where d.id = any(:ids) and d.deleted_at is null
                                                  and d.knowledge_base_id = :base and
                                                """
                                                        + Reach.CLAUSE)
                                        .param(
                                                "ids",
                                                ids.stream()
                                                        .map(DocumentId::value)
                                                        .toArray(UUID[]::new))
                                        .param("base", base.value())
                                        .params(scope.reach().parameters())
                                        .query(UUID.class)
                                        .list());
    }

    /// What came in an archive or a mail, by its name there.
    ///
    /// @param from how many to leave out
    List<DocumentRow> parts(Scope scope, DocumentId parent, int from, int limit) {
        return within(
                scope,
                db ->
                        db.sql(
                                        ROWS
                                                + """
                                  and d.parent_id = :parent and %s
                                  order by lower(d.part_name), d.id offset :from limit :limit
                                """
                                                        .formatted(Reach.CLAUSE))
                                .param("applied", follower.position())
                                .param("parent", parent.value())
                                .params(Shown.parameters(scope))
                                .param("from", from)
                                .param("limit", limit)
                                .query((row, _) -> row(row))
                                .list());
    }

    Optional<CleanDocument> content(Scope scope, DocumentId id, int version) {
        return original(scope, id, version).flatMap(_ -> chunks.content(id, version));
    }

    List<StoredChunk> chunks(Scope scope, DocumentId id, int version) {
        return one(scope, id).isEmpty() ? List.of() : chunks.chunksOf(id, version);
    }

    Optional<List<ScannedPage.Line>> scannedLines(
            Scope scope, DocumentId id, int version, int page) {
        return original(scope, id, version)
                .map(_ -> within(scope, db -> new ScannedPages(db).linesOf(id, version, page)));
    }

    Optional<Original> original(Scope scope, DocumentId id, int version) {
        return within(
                scope,
                db ->
                        db.sql(
                                        """
                        select v.file_name, v.sha256, v.bytes, v.media_type, v.type_mismatch
                        from document_version v
                        join document d on d.id = v.document_id and d.deleted_at is null
                        join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
                        where d.id = :id and v.version = :version and %s and %s and %s
                        """
                                                .formatted(
                                                        Reach.CLAUSE,
                                                        Shown.DOCUMENT,
                                                        Shown.VERSION))
                                .param("id", id.value())
                                .param("version", version)
                                .params(Shown.parameters(scope))
                                .query(
                                        (row, _) -> {
                                            String mediaType = row.getString("media_type");
                                            return new Original(
                                                    new Sha256(row.getString("sha256")),
                                                    row.getString("file_name"),
                                                    mediaType == null
                                                            ? "application/octet-stream"
                                                            : mediaType,
                                                    Original.isInlineSafe(
                                                            mediaType,
                                                            row.getBoolean("type_mismatch")),
                                                    row.getLong("bytes"));
                                        })
                                .optional());
    }

    private <T> T within(Scope scope, Function<JdbcClient, T> query) {
        return readers.within(scope.reach(), query);
    }

    private static DocumentRow row(ResultSet row) throws SQLException {
        UUID folder = row.getObject("folder_id", UUID.class);
        UUID parent = row.getObject("parent_id", UUID.class);
        return new DocumentRow(
                new DocumentId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getString("name"),
                row.getInt("version"),
                row.getBoolean("live"),
                Status.of(row.getString("status")),
                row.getInt("progress_done"),
                row.getInt("progress_total"),
                row.getString("reason_code"),
                row.getString("reason_detail"),
                row.getLong("bytes"),
                row.getString("media_type"),
                row.getBoolean("type_mismatch"),
                row.getObject("pages", Integer.class),
                row.getObject("chunks", Integer.class),
                row.getString("uploaded_by"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                folder == null ? null : new FolderId(folder),
                List.of((String[]) row.getArray("tags").getArray()),
                life(row),
                parent == null
                        ? null
                        : new DocumentRow.Inside(
                                new DocumentId(parent),
                                row.getString("parent_name"),
                                row.getString("part_name")),
                new DocumentRow.Parts(
                        row.getInt("all_parts"),
                        row.getInt("failed_parts"),
                        row.getInt("working_parts")),
                row.getString("link"),
                fields(row));
    }

    private static List<DocumentRow.Given> fields(ResultSet row) throws SQLException {
        if (row.getArray("field_ids") == null) {
            return List.of();
        }
        var ids = (UUID[]) row.getArray("field_ids").getArray();
        var names = (String[]) row.getArray("field_names").getArray();
        var kinds = (String[]) row.getArray("field_kinds").getArray();
        var values = (String[]) row.getArray("field_values").getArray();
        return IntStream.range(0, ids.length)
                .mapToObj(
                        i ->
                                new DocumentRow.Given(
                                        new FieldId(ids[i]),
                                        names[i],
                                        FieldValue.of(
                                                FieldKind.named(kinds[i]).orElseThrow(),
                                                values[i])))
                .toList();
    }

    private static DocumentLife life(ResultSet row) throws SQLException {
        UUID successor = row.getObject("successor", UUID.class);
        return new DocumentLife(
                row.getBoolean("enabled"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_until", LocalDate.class),
                successor == null
                        ? null
                        : new DocumentLife.Successor(
                                new DocumentId(successor), row.getString("successor_name")),
                row.getString("owner"),
                DocumentLife.State.valueOf(row.getString("life")));
    }
}
