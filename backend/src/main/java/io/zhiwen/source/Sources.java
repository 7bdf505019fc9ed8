package io.zhiwen.source;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BroughtDocuments;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.NoSuchFolder;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The sources of bases, for those who manage them. What they hold is seen by whoever may read the
/// base; what is secret in them nobody gets to see again. Safe for concurrent use.
@Component
public class Sources {

    public static final int LONGEST_NAME = 80;

    /// A year.
    private static final int RAREST = 366 * 24 * 60;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final SourceTable table;
    private final Places places;
    private final Kinds kinds;
    private final Folders folders;
    private final BroughtDocuments documents;

    Sources(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            SourceTable table,
            Places places,
            Kinds kinds,
            Folders folders,
            BroughtDocuments documents) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.table = table;
        this.places = places;
        this.kinds = kinds;
        this.folders = folders;
        this.documents = documents;
    }

    /// By name.
    public List<SourceRow> of(Principal principal, KnowledgeBaseId base) {
        access.require(principal, base, Right.MANAGE);
        return table.of(base);
    }

    public SourceRow one(Principal principal, KnowledgeBaseId base, SourceId id) {
        return table.mustManage(principal, base, id);
    }

    /// Reads nothing yet; its schedule runs from now on.
    ///
    /// @throws SourceRefused when it cannot be so
    public SourceId add(Principal principal, KnowledgeBaseId base, SourceDraft draft) {
        access.require(principal, base, Right.MANAGE);
        var id = new SourceId(UUID.randomUUID());
        SourceKind kind = kind(draft.kind());
        check(principal, base, draft);
        Places.Kept kept = places.close(kind, id, draft.values(), Map.of());
        unlessTaken(
                () -> {
                    with(
                                    db.sql(
                                            """
                                            insert into source (id, knowledge_base_id, folder_id,
                                                kind, name, place, sealed, every_minutes,
                                                created_by, due_at)
                                            values (:id, :base, :folder, :kind, :name,
                                                cast(:place as jsonb), :sealed, :every, :by,
                                                now() + make_interval(mins => :every))
                                            """),
                                    id,
                                    draft,
                                    kept)
                            .param("base", base.value())
                            .param("kind", kind.name())
                            .param("by", principal.label())
                            .update();
                    record(principal, "source.add", id, draft, kept);
                });
        return id;
    }

    /// @param draft its kind is not looked at
    /// @throws SourceRefused when it cannot be so
    public void change(Principal principal, KnowledgeBaseId base, SourceId id, SourceDraft draft) {
        SourceRow row = table.mustManage(principal, base, id);
        check(principal, row.base(), draft);
        SourceKind kind = kind(row.kind());
        Map<String, String> stay = Places.staying(kind, row.place(), draft.values(), secrets(id));
        Places.Kept kept = places.close(kind, id, draft.values(), stay);
        unlessTaken(
                () -> {
                    with(
                                    db.sql(
                                            """
                                            update source set folder_id = :folder, name = :name,
                                                place = cast(:place as jsonb), sealed = :sealed,
                                                every_minutes = :every,
                                                due_at = now() + make_interval(mins => :every)
                                            where id = :id
                                            """),
                                    id,
                                    draft,
                                    kept)
                            .update();
                    record(principal, "source.change", id, draft, kept);
                });
    }

    /// A paused source is not read by its schedule; a run in work ends.
    public void pause(Principal principal, KnowledgeBaseId base, SourceId id, boolean paused) {
        table.mustManage(principal, base, id);
        transaction.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    update source set paused = :paused,
                                        due_at = case when every_minutes is null then null
                                            else now() end
                                    where id = :id
                                    """)
                            .param("paused", paused)
                            .param("id", id.value())
                            .update();
                    if (paused) {
                        stop(id);
                    }
                    audit.record(
                            principal,
                            paused ? "source.pause" : "source.resume",
                            object(id),
                            Map.of());
                });
    }

    /// @param withDocuments whether what it made goes too; else it stays, as if uploaded by hand
    public void delete(
            Principal principal, KnowledgeBaseId base, SourceId id, boolean withDocuments) {
        SourceRow row = table.mustManage(principal, base, id);
        var into = new BroughtDocuments.Into(row.base(), row.folder(), principal.label());
        transaction.executeWithoutResult(
                _ -> {
                    stop(id);
                    List<DocumentId> made = withDocuments ? made(id) : List.of();
                    made.forEach(document -> documents.remove(into, document));
                    db.sql("delete from source where id = :id").param("id", id.value()).update();
                    audit.record(
                            principal,
                            "source.delete",
                            object(id),
                            Map.of("name", row.name(), "documents", made.size()));
                });
        documents.removed();
    }

    /// What a document was made from.
    ///
    /// @param name of the source
    /// @param address in it
    public record Origin(SourceId source, String name, String address) {}

    /// Where the document came from, for whoever may see it; nothing when a person uploaded it.
    public List<Origin> originsOf(DocumentId document) {
        return db.sql(
                        """
                        select s.id, s.name, i.address from source_item i
                        join source s on s.id = i.source_id
                        where i.document_id = :document order by lower(s.name), i.address limit 10
                        """)
                .param("document", document.value())
                .query(
                        (row, _) ->
                                new Origin(
                                        new SourceId(row.getObject("id", UUID.class)),
                                        row.getString("name"),
                                        row.getString("address")))
                .list();
    }

    /// Those no other source holds.
    private List<DocumentId> made(SourceId id) {
        return db
                .sql(
                        """
                        select i.document_id from source_item i
                        where i.source_id = :id and i.made and not exists (
                            select 1 from source_item o
                            where o.document_id = i.document_id and o.source_id <> :id)
                        order by i.document_id
                        """)
                .param("id", id.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(DocumentId::new)
                .toList();
    }

    private void stop(SourceId id) {
        db.sql(
                        """
                        update source_run set state = 'stopped', finished_at = now()
                        where source_id = :id and state in ('waiting', 'running')
                        """)
                .param("id", id.value())
                .update();
    }

    private void check(Principal principal, KnowledgeBaseId base, SourceDraft draft) {
        String name = draft.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new SourceRefused(SourceRefused.Reason.NAMELESS, "name");
        }
        Integer every = draft.everyMinutes();
        if (every != null && (every < 1 || every > RAREST)) {
            throw new SourceRefused(SourceRefused.Reason.ODD_SCHEDULE, "every");
        }
        FolderId folder = draft.folder();
        if (folder != null
                && folders.one(access.everythingFor(principal), folder)
                        .filter(found -> found.base().equals(base))
                        .isEmpty()) {
            throw new NoSuchFolder(folder);
        }
    }

    private SourceKind kind(String name) {
        return kinds.named(name)
                .orElseThrow(() -> new SourceRefused(SourceRefused.Reason.NO_SUCH_KIND, "kind"));
    }

    /// Those that cannot be opened any more are written anew.
    private Map<String, String> secrets(SourceId id) {
        try {
            return places.secrets(
                    id,
                    db.sql("select sealed from source where id = :id")
                            .param("id", id.value())
                            .query((row, _) -> row.getBytes(1))
                            .optional()
                            .orElse(null));
        } catch (SourceUnavailable _) {
            return Map.of();
        }
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec sql, SourceId id, SourceDraft draft, Places.Kept kept) {
        FolderId folder = draft.folder();
        return sql.param("id", id.value())
                .param("folder", folder == null ? null : folder.value(), Types.OTHER)
                .param("name", draft.name().strip())
                .param("place", kept.open())
                .param("sealed", kept.sealed(), Types.BINARY)
                .param("every", draft.everyMinutes(), Types.INTEGER);
    }

    private void record(
            Principal principal, String action, SourceId id, SourceDraft draft, Places.Kept kept) {
        audit.record(
                principal,
                action,
                object(id),
                Map.of(
                        "name",
                        draft.name().strip(),
                        "place",
                        Places.told(places.open(kept.open())),
                        "secret",
                        kept.sealed() != null));
    }

    private void unlessTaken(Runnable change) {
        try {
            transaction.executeWithoutResult(_ -> change.run());
        } catch (DuplicateKeyException e) {
            throw new SourceRefused(SourceRefused.Reason.NAME_TAKEN, "name");
        }
    }

    static String object(SourceId id) {
        return "source:" + id;
    }
}
