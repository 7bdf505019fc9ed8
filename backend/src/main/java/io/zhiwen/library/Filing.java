package io.zhiwen.library;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Puts documents into folders and tags on them, many at once. Those that are not there, or not for
/// the one who asks, are left out.
@Component
public class Filing {

    private static final int LONGEST_TAG = 40;
    private static final int MOST_TAGS = 20;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final DocumentChanges changes;
    private final AclPlaces acls;
    private final Folders folders;

    Filing(
            JdbcClient db,
            TransactionOperations transaction,
            Audit audit,
            DocumentChanges changes,
            AclPlaces acls,
            Folders folders) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.changes = changes;
        this.acls = acls;
        this.folders = folders;
    }

    /// What came in an archive or a mail goes with it and not by itself.
    ///
    /// @param folder of the same base; null for its top
    /// @return how many were moved
    public int move(
            Principal principal,
            KnowledgeBaseId base,
            List<DocumentId> ids,
            @Nullable FolderId folder) {
        folders.mayFile(principal, base, folder);
        var theirs = changes.changeable(principal, base, ids);
        return inTransaction(
                () -> {
                    int moved =
                            db.sql(
                                            """
                                                with recursive whole as (
                                                    select id from document
                                                    where id = any(:ids) and deleted_at is null
                                                      and parent_id is null
                                                    union all
                                                    select c.id from document c
                                                    join whole w on c.parent_id = w.id
                                                    where c.deleted_at is null),
                                                moved as (
                                                    update document set folder_id = :folder,
                                                        updated_at = now()
                                                    where id in (select id from whole)
                                                      and folder_id is distinct from :folder
                                                    returning parent_id)
                                                select count(*) from moved
                                                where parent_id is null
                                                """)
                                    .param(
                                            "folder",
                                            folder == null ? null : folder.value(),
                                            Types.OTHER)
                                    .param("ids", theirs.toArray(UUID[]::new))
                                    .query(Integer.class)
                                    .single();
                    acls.follow(base);
                    record(
                            principal,
                            "document.move",
                            base,
                            theirs,
                            Map.of("to", folder == null ? "" : folder.toString()));
                    return moved;
                });
    }

    /// Whether a document may have these.
    public static boolean areTags(List<String> tags) {
        return tags.size() <= MOST_TAGS && tags.stream().allMatch(Filing::isTag);
    }

    private static boolean isTag(String tag) {
        return !tag.isEmpty() && tag.length() <= LONGEST_TAG;
    }

    /// These and no others, in the caller's transaction, who has asked for the right.
    void tagWith(DocumentId id, List<String> tags) {
        db.sql("update document set tags = :tags where id = :id")
                .param("tags", tags.toArray(String[]::new))
                .param("id", id.value())
                .update();
    }

    /// @return how many have it now that had not
    public int tag(Principal principal, KnowledgeBaseId base, List<DocumentId> ids, String tag) {
        String checked = tag.replace('\0', ' ').strip();
        if (!isTag(checked)) {
            throw new IllegalArgumentException("a tag has 1 to " + LONGEST_TAG + " characters");
        }
        return retag(
                principal,
                base,
                ids,
                "document.tag",
                checked,
                """
                update document set tags = array(select unnest(tags || array[:tag]) order by 1)
                where id = any(:ids) and deleted_at is null and not :tag = any(tags)
                  and cardinality(tags) < %d
                """
                        .formatted(MOST_TAGS));
    }

    /// @return how many had it
    public int untag(Principal principal, KnowledgeBaseId base, List<DocumentId> ids, String tag) {
        return retag(
                principal,
                base,
                ids,
                "document.untag",
                tag.strip(),
                """
                update document set tags = array_remove(tags, :tag)
                where id = any(:ids) and deleted_at is null and :tag = any(tags)
                """);
    }

    private int retag(
            Principal principal,
            KnowledgeBaseId base,
            List<DocumentId> ids,
            String action,
            String tag,
            String sql) {
        var theirs = changes.changeable(principal, base, ids);
        if (theirs.isEmpty()) {
            return 0;
        }
        return inTransaction(
                () -> {
                    int changed =
                            db.sql(sql)
                                    .param("tag", tag)
                                    .param("ids", theirs.toArray(UUID[]::new))
                                    .update();
                    record(principal, action, base, theirs, Map.of("tag", tag));
                    return changed;
                });
    }

    private int inTransaction(java.util.function.Supplier<Integer> work) {
        return transaction.execute(_ -> work.get());
    }

    private void record(
            Principal principal,
            String action,
            KnowledgeBaseId base,
            List<UUID> ids,
            Map<String, String> detail) {
        Map<String, Object> said = new java.util.LinkedHashMap<>(detail);
        said.putAll(DocumentChanges.named(ids));
        audit.record(principal, action, Bases.object(base), said);
    }
}
