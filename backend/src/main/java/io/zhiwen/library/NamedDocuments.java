package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.Sha256;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The documents of a place by their names, or by those of their files where they were given
/// others.
/// Capitals make no difference.
@Component
final class NamedDocuments {

    private static final String THERE =
            """
            from document d
            join document_version v on v.document_id = d.id and v.version = d.latest_version
            where d.knowledge_base_id = :base and d.folder_id is not distinct from :folder
              and d.parent_id is null and d.deleted_at is null and %s
            """
                    .formatted(Reach.CLAUSE);

    private final JdbcClient db;

    NamedDocuments(JdbcClient db) {
        this.db = db;
    }

    /// @param bytes of its newest version
    record Named(DocumentId id, int version, Sha256 bytes) {}

    /// The one with this name, locked to the end of the transaction; where several have it, the one
    /// that was there first. Until then nobody else looks for the same name in the same place, so
    /// that two uploads at once do not both find nothing.
    Optional<Named> lock(
            Scope scope, KnowledgeBaseId base, @Nullable FolderId folder, String name) {
        db.sql(
                        "select pg_advisory_xact_lock(hashtextextended(:base || :folder || lower(:name), 2))::text")
                .param("base", base.toString())
                .param("folder", String.valueOf(folder))
                .param("name", name)
                .query(String.class)
                .single();
        return in(
                        "select d.id, d.latest_version, v.sha256 "
                                + THERE
                                + """
                                  and (lower(d.name) = lower(:name)
                                       or d.renamed and lower(v.file_name) = lower(:name))
                                order by d.created_at, d.id limit 1 for update of d
                                """,
                        scope,
                        base,
                        folder)
                .param("name", name)
                .query(
                        (row, _) ->
                                new Named(
                                        new DocumentId(row.getObject("id", UUID.class)),
                                        row.getInt("latest_version"),
                                        new Sha256(row.getString("sha256"))))
                .optional();
    }

    /// Which of the names are taken.
    List<String> taken(
            Scope scope,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            Collection<String> names) {
        return in(
                        "select wanted from unnest(:names) wanted where exists (select 1 "
                                + THERE
                                + """
                                  and (lower(d.name) = lower(wanted)
                                       or d.renamed and lower(v.file_name) = lower(wanted)))
                                """,
                        scope,
                        base,
                        folder)
                .param("names", names.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private JdbcClient.StatementSpec in(
            String sql, Scope scope, KnowledgeBaseId base, @Nullable FolderId folder) {
        return db.sql(sql)
                .params(scope.reach().parameters())
                .param("base", base.value())
                .param("folder", folder == null ? null : folder.value(), Types.OTHER);
    }
}
