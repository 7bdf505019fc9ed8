package io.zhiwen.search;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentLife;
import io.zhiwen.library.FileTypes;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the documents of passages that were found.
@Component
final class FoundDocuments {

    private static final String DOCUMENTS =
            """
            select d.id, v.version, d.name, b.id as base, b.name as base_name, v.media_type,
                v.uploaded_at, d.tags, place.ids, place.path, u.name as owner
            from document d
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            join document_version v on v.document_id = d.id and v.version = d.live_version
            left join app_user u on u.id = d.owner_id
            left join lateral (%s) place on true
            where d.id = any (:ids) and d.deleted_at is null and %s
            """
                    .formatted(FolderPath.ROWS, Reach.CLAUSE);

    private static final String FIELDS =
            """
            select x.document_id, f.id, f.name, x.text_value, trim_scale(x.number_value) as number,
                x.date_value, x.truth
            from document_field x join base_field f on f.id = x.field_id
            where x.document_id = any (:ids) order by x.document_id, f.position, f.name
            """;

    private final ReaderDatabase readers;

    FoundDocuments(ReaderDatabase readers) {
        this.readers = readers;
    }

    /// Without those that are gone meanwhile, or not in the scope.
    ///
    /// @param lives of those that are still there
    Map<DocumentId, FoundDocument> of(
            Scope scope, Collection<DocumentId> ids, Map<DocumentId, DocumentLife> lives) {
        if (ids.isEmpty() || lives.isEmpty()) {
            return Map.of();
        }
        var wanted =
                ids.stream().filter(lives::containsKey).map(DocumentId::value).toArray(UUID[]::new);
        var reach = scope.reach();
        return readers.within(reach, db -> documents(db, reach, wanted, lives)).stream()
                .collect(Collectors.toMap(FoundDocument::id, Function.identity()));
    }

    private static List<FoundDocument> documents(
            JdbcClient db, Reach reach, UUID[] ids, Map<DocumentId, DocumentLife> lives) {
        Map<UUID, List<FoundField>> fields = new HashMap<>();
        db.sql(FIELDS)
                .param("ids", ids)
                .query(
                        row -> {
                            fields.computeIfAbsent(
                                            row.getObject("document_id", UUID.class),
                                            _ -> new ArrayList<>())
                                    .add(field(row));
                        });
        return db.sql(DOCUMENTS)
                .params(reach.parameters())
                .param("ids", ids)
                .query(
                        (row, _) ->
                                document(
                                        row,
                                        fields.getOrDefault(
                                                row.getObject("id", UUID.class), List.of()),
                                        lives))
                .list();
    }

    private static FoundField field(ResultSet row) throws SQLException {
        @Nullable Object value = row.getString("text_value");
        if (value == null) {
            value = row.getBigDecimal("number");
        }
        if (value == null) {
            value = row.getObject("date_value", LocalDate.class);
        }
        return new FoundField(
                row.getObject("id", UUID.class),
                row.getString("name"),
                value == null ? row.getBoolean("truth") : plain(value));
    }

    private static Object plain(Object value) {
        return value instanceof BigDecimal number ? new BigDecimal(number.toPlainString()) : value;
    }

    private static FoundDocument document(
            ResultSet row, List<FoundField> fields, Map<DocumentId, DocumentLife> lives)
            throws SQLException {
        var id = new DocumentId(row.getObject("id", UUID.class));
        return new FoundDocument(
                id,
                row.getInt("version"),
                row.getString("name"),
                new KnowledgeBaseId(row.getObject("base", UUID.class)),
                row.getString("base_name"),
                FileTypes.named(row.getString("media_type")),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                List.of((String[]) row.getArray("tags").getArray()),
                folders(row),
                Objects.requireNonNullElse(row.getString("owner"), ""),
                fields,
                Objects.requireNonNull(lives.get(id)));
    }

    private static List<FoundDocument.NamedFolder> folders(ResultSet row) throws SQLException {
        @Nullable Array ids = row.getArray("ids");
        if (ids == null) {
            return List.of();
        }
        var folders = (UUID[]) ids.getArray();
        var names = (String[]) row.getArray("path").getArray();
        List<FoundDocument.NamedFolder> path = new ArrayList<>();
        for (int i = 0; i < folders.length; i++) {
            path.add(new FoundDocument.NamedFolder(folders[i], names[i]));
        }
        return path;
    }
}
