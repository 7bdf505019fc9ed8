package io.zhiwen.library;

import io.zhiwen.account.Named;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Documents of a base that can be found, to choose from in a form: by name, with the folder they
/// lie in. Safe for concurrent use.
@Component
public class DocumentChoices {

    private static final String FOUND =
            """
            select d.id, case when f.id is null then d.name else d.name || ' · ' || f.name end
            from document d left join folder f on f.id = d.folder_id
            where d.knowledge_base_id = :base and d.deleted_at is null
                and d.live_version is not null and %s and %%s
            order by lower(d.name), d.id limit :limit
            """
                    .formatted(Reach.CLAUSE);

    private final ReaderDatabase readers;

    DocumentChoices(ReaderDatabase readers) {
        this.readers = readers;
    }

    /// Those whose names hold the words.
    ///
    /// @param words empty for all
    public List<Named> named(Scope scope, KnowledgeBaseId base, String words, int limit) {
        return read(
                scope,
                base,
                db ->
                        db.sql(FOUND.formatted("strpos(lower(d.name), lower(:words)) > 0"))
                                .param("words", words)
                                .param("limit", limit));
    }

    /// Those of these that can be read.
    public List<Named> of(Scope scope, KnowledgeBaseId base, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : read(
                        scope,
                        base,
                        db ->
                                db.sql(FOUND.formatted("d.id = any(:ids)"))
                                        .param("ids", ids.toArray(UUID[]::new))
                                        .param("limit", ids.size()));
    }

    private interface Asked {
        JdbcClient.StatementSpec of(JdbcClient db);
    }

    private List<Named> read(Scope scope, KnowledgeBaseId base, Asked asked) {
        return scope.allows(base)
                ? readers.within(
                        scope.reach(),
                        db ->
                                asked.of(db)
                                        .param("base", base.value())
                                        .params(scope.reach().parameters())
                                        .query(
                                                (row, _) ->
                                                        new Named(
                                                                row.getObject(1, UUID.class),
                                                                row.getString(2)))
                                        .list())
                : List.of();
    }
}
