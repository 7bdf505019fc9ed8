package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The folders of bases. Whoever changes one holds the lock of its base, so no two moves make a
/// circle.
@Component
public class Folders {

    static final int DEEPEST = 12;
    private static final int LONGEST_NAME = 120;

    private static final String TREE =
            """
            with recursive tree as (
                select id, parent_id, array[name] as path, array[id] as ids, own_acl_id as acl,
                    own_acl_id is not null as guarded
                from folder where knowledge_base_id = :base and parent_id is null
                union all
                select f.id, f.parent_id, t.path || f.name, t.ids || f.id,
                    coalesce(f.own_acl_id, t.acl), f.own_acl_id is not null
                from folder f join tree t on f.parent_id = t.id)
            """;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final AclPlaces acls;
    private final DocumentChanges documents;

    Folders(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            AclPlaces acls,
            DocumentChanges documents) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.acls = acls;
        this.documents = documents;
    }

    /// All of a base, each behind the one it is in, by name: those that may be read and those above
    /// something that may.
    public List<Folder> all(Scope scope, KnowledgeBaseId base) {
        if (!scope.allows(base)) {
            return List.of();
        }
        List<Found> all =
                db.sql(
                                TREE
                                        + """
                                  , filled as (
                                      select d.folder_id, count(*) as documents from document d
                                      where d.knowledge_base_id = :base and d.deleted_at is null
                                        and d.folder_id is not null and %s
                                      group by d.folder_id)
                                  select t.id, t.parent_id, t.path, t.ids, t.guarded,
                                      coalesce(t.acl, 0) as acl, (
                                      select coalesce(sum(i.documents), 0) from filled i
                                      join tree below on below.id = i.folder_id
                                      where t.id = any(below.ids)) as documents
                                  from tree t order by array(
                                      select lower(name) from unnest(t.path) name)
                                  """
                                                .formatted(Reach.CLAUSE))
                        .param("base", base.value())
                        .params(scope.reach().parameters())
                        .query(
                                (row, _) ->
                                        new Found(folder(row, base), row.getLong("acl"), ids(row)))
                        .list();
        Set<UUID> shown = new HashSet<>();
        for (var found : all) {
            if (found.folder().documents() > 0 || scope.allows(base, found.acl())) {
                shown.addAll(found.ids());
            }
        }
        return all.stream()
                .map(Found::folder)
                .filter(folder -> shown.contains(folder.id().value()))
                .toList();
    }

    /// @param ids of the folders from the top down to its own
    private record Found(Folder folder, long acl, List<UUID> ids) {}

    public Optional<Folder> one(Scope scope, FolderId id) {
        return baseOf(id)
                .flatMap(
                        base ->
                                all(scope, base).stream()
                                        .filter(folder -> folder.id().equals(id))
                                        .findFirst());
    }

    /// @param parent the folder to make it in; null for the top of the base
    /// @throws FolderRefused when there is one of this name
    public FolderId create(
            Principal principal, KnowledgeBaseId base, @Nullable FolderId parent, String name) {
        var id = new FolderId(UUID.randomUUID());
        String checked = checked(name);
        mayFile(principal, base, parent);
        change(
                base,
                tree -> {
                    if (parent != null && depth(tree, parent) >= DEEPEST) {
                        throw new FolderRefused(FolderRefused.Reason.TOO_DEEP);
                    }
                    db.sql(
                                    """
                                    insert into folder (id, knowledge_base_id, parent_id, name,
                                        created_by)
                                    values (:id, :base, :parent, :name, :by)
                                    """)
                            .param("id", id.value())
                            .param("base", base.value())
                            .param("parent", parent == null ? null : parent.value(), Types.OTHER)
                            .param("name", checked)
                            .param("by", principal.label())
                            .update();
                    audit.record(
                            principal,
                            "folder.create",
                            object(id),
                            Map.of("name", checked, "base", base.toString()));
                });
        return id;
    }

    /// @throws NoSuchFolder when it is not there for the principal
    public void rename(Principal principal, FolderId id, String name) {
        String checked = checked(name);
        change(
                mustChange(principal, id),
                _ -> {
                    db.sql("update folder set name = :name where id = :id")
                            .param("name", checked)
                            .param("id", id.value())
                            .update();
                    audit.record(principal, "folder.rename", object(id), Map.of("name", checked));
                });
    }

    /// With all that is in it.
    ///
    /// @param parent the folder to put it in, of the same base; null for the top
    /// @throws FolderRefused when that is the folder itself or one in it
    public void move(Principal principal, FolderId id, @Nullable FolderId parent) {
        KnowledgeBaseId base = mustChange(principal, id);
        mayFile(principal, base, parent);
        change(
                base,
                tree -> {
                    if (parent != null) {
                        mustFit(tree, id, parent);
                    }
                    db.sql("update folder set parent_id = :parent where id = :id")
                            .param("parent", parent == null ? null : parent.value(), Types.OTHER)
                            .param("id", id.value())
                            .update();
                    audit.record(
                            principal,
                            "folder.move",
                            object(id),
                            Map.of("to", parent == null ? "" : parent.toString()));
                });
    }

    /// With the folders and documents in it.
    public void delete(Principal principal, FolderId id) {
        change(
                mustChange(principal, id),
                tree -> {
                    List<UUID> gone =
                            tree.stream()
                                    .filter(placed -> placed.isIn(id))
                                    .map(placed -> placed.id().value())
                                    .toList();
                    List<DocumentId> inside =
                            db.sql(
                                            """
                                            select id from document
                                            where folder_id in (:gone) and deleted_at is null
                                            order by id for update
                                            """)
                                    .param("gone", gone)
                                    .query((row, _) -> new DocumentId(row.getObject(1, UUID.class)))
                                    .list();
                    inside.forEach(documents::remove);
                    db.sql("delete from folder where id = :id").param("id", id.value()).update();
                    audit.record(
                            principal,
                            "folder.delete",
                            object(id),
                            Map.of("documents", inside.size(), "folders", gone.size()));
                });
    }

    /// Passes those who have the right in a folder of this base.
    ///
    /// @throws NoSuchFolder when it is not there for the principal
    /// @throws NotAllowed when they have other rights there
    void require(Principal principal, KnowledgeBaseId base, FolderId id, Right right) {
        if (!baseOf(id).equals(Optional.of(base))) {
            throw new NoSuchFolder(id);
        }
        Long acl = aclOf(id);
        long own = acl == null ? Reach.NO_ACL : acl;
        if (access.everythingFor(principal, right).allows(base, own)) {
            return;
        }
        if (one(access.everythingFor(principal), id).isEmpty()) {
            throw new NoSuchFolder(id);
        }
        throw new NotAllowed(right + " in " + id);
    }

    /// The rights that what is put into the folder has; null for those of the base.
    @Nullable Long aclOf(FolderId id) {
        return db
                .sql(
                        """
                        with recursive way as (
                            select parent_id, own_acl_id, 1 as step from folder where id = :id
                            union all
                            select f.parent_id, f.own_acl_id, w.step + 1 from folder f
                            join way w on f.id = w.parent_id)
                        select own_acl_id from way where own_acl_id is not null
                        order by step limit 1
                        """)
                .param("id", id.value())
                .query(Long.class)
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private record Placed(FolderId id, List<UUID> ids) {

        boolean isIn(FolderId folder) {
            return ids.contains(folder.value());
        }
    }

    /// That something may be put there.
    void mayFile(Principal principal, KnowledgeBaseId base, @Nullable FolderId into) {
        if (into == null) {
            access.require(principal, base, Right.EDIT);
        } else {
            require(principal, base, into, Right.EDIT);
        }
    }

    private void change(KnowledgeBaseId base, Consumer<List<Placed>> change) {
        try {
            transaction.executeWithoutResult(
                    _ -> {
                        db.sql("select 1 from knowledge_base where id = :base for update")
                                .param("base", base.value())
                                .query(Integer.class)
                                .optional();
                        change.accept(tree(base));
                        acls.follow(base);
                    });
        } catch (DuplicateKeyException e) {
            throw new FolderRefused(FolderRefused.Reason.NAME_TAKEN);
        }
    }

    private List<Placed> tree(KnowledgeBaseId base) {
        return db.sql(TREE + "select id, ids from tree")
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new Placed(new FolderId(row.getObject("id", UUID.class)), ids(row)))
                .list();
    }

    private static int depth(List<Placed> tree, FolderId id) {
        return tree.stream()
                .filter(placed -> placed.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchFolder(id))
                .ids()
                .size();
    }

    private static void mustFit(List<Placed> tree, FolderId id, FolderId parent) {
        int above = depth(tree, parent);
        var inside = tree.stream().filter(placed -> placed.isIn(id)).toList();
        if (inside.stream().anyMatch(placed -> placed.id().equals(parent))) {
            throw new FolderRefused(FolderRefused.Reason.INTO_ITSELF);
        }
        int height =
                inside.stream().mapToInt(placed -> placed.ids().size()).max().orElse(0)
                        - depth(tree, id);
        if (above + 1 + height > DEEPEST) {
            throw new FolderRefused(FolderRefused.Reason.TOO_DEEP);
        }
    }

    private KnowledgeBaseId mustChange(Principal principal, FolderId id) {
        KnowledgeBaseId base = baseOf(id).orElseThrow(() -> new NoSuchFolder(id));
        require(principal, base, id, Right.EDIT);
        return base;
    }

    private Optional<KnowledgeBaseId> baseOf(FolderId id) {
        return db.sql("select knowledge_base_id from folder where id = :id")
                .param("id", id.value())
                .query((row, _) -> new KnowledgeBaseId(row.getObject(1, UUID.class)))
                .optional();
    }

    private static Folder folder(ResultSet row, KnowledgeBaseId base) throws SQLException {
        UUID parent = row.getObject("parent_id", UUID.class);
        Array path = row.getArray("path");
        return new Folder(
                new FolderId(row.getObject("id", UUID.class)),
                base,
                parent == null ? null : new FolderId(parent),
                List.of((String[]) path.getArray()),
                row.getLong("documents"),
                row.getBoolean("guarded"));
    }

    private static List<UUID> ids(ResultSet row) throws SQLException {
        return List.of((UUID[]) row.getArray("ids").getArray());
    }

    private static String checked(String name) {
        String words = name.replace('\0', ' ').strip();
        if (words.isEmpty() || words.length() > LONGEST_NAME) {
            throw new FolderRefused(FolderRefused.Reason.NAMELESS);
        }
        return words;
    }

    private static String object(FolderId id) {
        return "folder:" + id;
    }
}
