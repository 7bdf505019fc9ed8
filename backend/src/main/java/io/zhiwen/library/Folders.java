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
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final FolderTree tree;
    private final AclPlaces acls;
    private final DocumentChanges documents;

    Folders(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            FolderTree tree,
            AclPlaces acls,
            DocumentChanges documents) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.tree = tree;
        this.acls = acls;
        this.documents = documents;
    }

    /// All of a base, each behind the one it is in, by name: those that may be read and those above
    /// something that may.
    public List<Folder> all(Scope scope, KnowledgeBaseId base) {
        return tree.all(scope, base);
    }

    public Optional<Folder> one(Scope scope, FolderId id) {
        return tree.one(scope, id);
    }

    /// The rights that what is put into the folder has; null for those of the base.
    @Nullable Long aclOf(FolderId id) {
        return tree.aclOf(id);
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
                placed -> {
                    if (parent != null && FolderTree.depth(placed, parent) >= DEEPEST) {
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
                placed -> {
                    if (parent != null) {
                        FolderTree.mustFit(placed, id, parent);
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

    /// Renames and moves it at once.
    ///
    /// @param parent the folder to put it in, of the same base; null for the top
    public void set(Principal principal, FolderId id, String name, @Nullable FolderId parent) {
        String checked = checked(name);
        KnowledgeBaseId base = mustChange(principal, id);
        mayFile(principal, base, parent);
        change(
                base,
                placed -> {
                    if (parent != null) {
                        FolderTree.mustFit(placed, id, parent);
                    }
                    db.sql("update folder set name = :name, parent_id = :parent where id = :id")
                            .param("name", checked)
                            .param("parent", parent == null ? null : parent.value(), Types.OTHER)
                            .param("id", id.value())
                            .update();
                    audit.record(
                            principal,
                            "folder.change",
                            object(id),
                            Map.of("name", checked, "in", parent == null ? "" : parent.toString()));
                });
    }

    /// With the folders and documents in it.
    public void delete(Principal principal, FolderId id) {
        change(
                mustChange(principal, id),
                placed -> {
                    List<UUID> gone =
                            placed.stream()
                                    .filter(folder -> folder.isIn(id))
                                    .map(folder -> folder.id().value())
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
        if (!tree.baseOf(id).equals(Optional.of(base))) {
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

    /// That something may be put there.
    void mayFile(Principal principal, KnowledgeBaseId base, @Nullable FolderId into) {
        if (into == null) {
            access.require(principal, base, Right.EDIT);
        } else {
            require(principal, base, into, Right.EDIT);
        }
    }

    private void change(KnowledgeBaseId base, Consumer<List<FolderTree.Placed>> change) {
        try {
            transaction.executeWithoutResult(
                    _ -> {
                        db.sql("select 1 from knowledge_base where id = :base for update")
                                .param("base", base.value())
                                .query(Integer.class)
                                .optional();
                        change.accept(tree.placed(base));
                        acls.follow(base);
                    });
        } catch (DuplicateKeyException e) {
            throw new FolderRefused(FolderRefused.Reason.NAME_TAKEN);
        }
    }

    private KnowledgeBaseId mustChange(Principal principal, FolderId id) {
        KnowledgeBaseId base = tree.baseOf(id).orElseThrow(() -> new NoSuchFolder(id));
        require(principal, base, id, Right.EDIT);
        return base;
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
