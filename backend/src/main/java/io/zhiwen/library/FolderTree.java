package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The folders of a base as a tree.
@Component
final class FolderTree {

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

    FolderTree(JdbcClient db) {
        this.db = db;
    }

    /// All of a base, each behind the one it is in, by name: those that may be read and those above
    /// something that may.
    List<Folder> all(Scope scope, KnowledgeBaseId base) {
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
                                        and d.folder_id is not null and %s and %s
                                      group by d.folder_id)
                                  select t.id, t.parent_id, t.path, t.ids, t.guarded,
                                      coalesce(t.acl, 0) as acl, (
                                      select coalesce(sum(i.documents), 0) from filled i
                                      join tree below on below.id = i.folder_id
                                      where t.id = any(below.ids)) as documents
                                  from tree t order by array(
                                      select lower(name) from unnest(t.path) name)
                                  """
                                                .formatted(Reach.CLAUSE, Shown.DOCUMENT))
                        .param("base", base.value())
                        .params(Shown.parameters(scope))
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

    Optional<Folder> one(Scope scope, FolderId id) {
        return baseOf(id)
                .flatMap(
                        base ->
                                all(scope, base).stream()
                                        .filter(folder -> folder.id().equals(id))
                                        .findFirst());
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

    /// Where a folder lies.
    ///
    /// @param ids of the folders from the top down to its own
    record Placed(FolderId id, List<UUID> ids) {

        boolean isIn(FolderId folder) {
            return ids.contains(folder.value());
        }
    }

    List<Placed> placed(KnowledgeBaseId base) {
        return db.sql(TREE + "select id, ids from tree")
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new Placed(new FolderId(row.getObject("id", UUID.class)), ids(row)))
                .list();
    }

    static int depth(List<Placed> tree, FolderId id) {
        return tree.stream()
                .filter(placed -> placed.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchFolder(id))
                .ids()
                .size();
    }

    /// @throws FolderRefused when the folder cannot lie there
    static void mustFit(List<Placed> tree, FolderId id, FolderId parent) {
        int above = depth(tree, parent);
        var inside = tree.stream().filter(placed -> placed.isIn(id)).toList();
        if (inside.stream().anyMatch(placed -> placed.id().equals(parent))) {
            throw new FolderRefused(FolderRefused.Reason.INTO_ITSELF);
        }
        int height =
                inside.stream().mapToInt(placed -> placed.ids().size()).max().orElse(0)
                        - depth(tree, id);
        if (above + 1 + height > Folders.DEEPEST) {
            throw new FolderRefused(FolderRefused.Reason.TOO_DEEP);
        }
    }

    Optional<KnowledgeBaseId> baseOf(FolderId id) {
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
}
