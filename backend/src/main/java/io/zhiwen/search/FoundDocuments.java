package io.zhiwen.search;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FileTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Reads the documents of passages that were found.
@Component
final class FoundDocuments {

    private final ReaderDatabase readers;

    FoundDocuments(ReaderDatabase readers) {
        this.readers = readers;
    }

    /// Without those that are gone meanwhile, or not in the scope.
    Map<DocumentId, FoundDocument> of(Scope scope, Collection<DocumentId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return readers
                .within(
                        scope.reach(),
                        db ->
                                db.sql(
                                                """
                        select d.id, v.version, d.name, b.id as base, b.name as base_name, v.media_type,
                            v.uploaded_at
                        from document d
                        join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
                        join document_version v
                            on v.document_id = d.id and v.version = d.live_version
                        where d.id = any (:ids) and d.deleted_at is null and %s
                        """
                                                        .formatted(Reach.CLAUSE))
                                        .params(scope.reach().parameters())
                                        .param(
                                                "ids",
                                                ids.stream()
                                                        .map(DocumentId::value)
                                                        .toArray(UUID[]::new))
                                        .query((row, _) -> document(row))
                                        .list())
                .stream()
                .collect(Collectors.toMap(FoundDocument::id, Function.identity()));
    }

    private static FoundDocument document(ResultSet row) throws SQLException {
        return new FoundDocument(
                new DocumentId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                row.getString("name"),
                new KnowledgeBaseId(row.getObject("base", UUID.class)),
                row.getString("base_name"),
                FileTypes.named(row.getString("media_type")),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant());
    }
}
