package io.zhiwen.library;

import io.zhiwen.account.Audit;
import io.zhiwen.ingest.PartKeeper;
import io.zhiwen.ingest.parse.Figure;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.AttemptLost;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Makes the files inside of archives and mails documents of their own: beside the one they came
/// in, with its rights, each with its own state, and gone with it. When the file around them is
/// replaced or read again, those that are the same stay as they are.
@Component
final class Unpacking {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final BlobStore blobs;
    private final NewVersions versions;
    private final DocumentChanges changes;
    private final Jobs jobs;
    private final Audit audit;
    private final UnpackSettings limits;

    Unpacking(
            JdbcClient db,
            TransactionOperations transaction,
            BlobStore blobs,
            NewVersions versions,
            DocumentChanges changes,
            Jobs jobs,
            Audit audit,
            UnpackSettings limits) {
        this.db = db;
        this.transaction = transaction;
        this.blobs = blobs;
        this.versions = versions;
        this.changes = changes;
        this.jobs = jobs;
        this.audit = audit;
        this.limits = limits;
    }

    PartKeeper of(Versions.Work work) {
        return new Keeper(work.attempt());
    }

    private record Kept(Part part, BlobStore.Stored stored) {}

    private record There(DocumentId id, int version, String sha256) {}

    private final class Keeper implements PartKeeper {

        private final Attempt attempt;
        private final List<Kept> parts = new ArrayList<>();
        private final Map<String, BlobStore.Stored> pictures = new TreeMap<>();

        private Keeper(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void take(Part part, @Nullable Path content) throws IOException, UnreadableDocument {
            if (parts.isEmpty()) {
                refuseTooDeep(attempt.document());
            }
            try (InputStream bytes =
                    content == null
                            ? InputStream.nullInputStream()
                            : Files.newInputStream(content)) {
                parts.add(new Kept(part, blobs.put(bytes, limits.mostBytes())));
            }
        }

        @Override
        public Sha256 picture(Path content) throws IOException {
            try (InputStream bytes = Files.newInputStream(content)) {
                var stored = blobs.put(bytes, Figure.LARGEST);
                pictures.put(stored.sha256().hex(), stored);
                return stored.sha256();
            }
        }

        /// The figures are rows by now: what is purged from here on minds them.
        @Override
        public void keep() {
            if (!pictures.isEmpty()) {
                transaction.executeWithoutResult(
                        _ -> pictures.values().forEach(versions::lockContent));
            }
            transaction.executeWithoutResult(_ -> follow(attempt, parts));
        }
    }

    /// An archive in an archive in an archive may unpack to any number of files.
    private void refuseTooDeep(DocumentId document) throws UnreadableDocument {
        record Around(int depth, int files) {}
        Around around =
                db.sql(
                                """
                                with recursive above as (
                                    select id, parent_id, 1 as depth from document where id = :id
                                    union all
                                    select d.id, d.parent_id, a.depth + 1
                                    from document d join above a on d.id = a.parent_id),
                                below as (
                                    select id from above where parent_id is null
                                    union all
                                    select d.id from document d join below b on d.parent_id = b.id
                                    where d.deleted_at is null)
                                select (select max(depth) from above),
                                    (select count(*) from below
                                     where id not in (select id from above))
                                """)
                        .param("id", document.value())
                        .query((row, _) -> new Around(row.getInt(1), row.getInt(2)))
                        .single();
        if (around.depth() > limits.deepest()) {
            throw UnreadableDocument.because(
                    Reason.TOO_DEEP, "inside of " + limits.deepest() + " archives or mails");
        }
        if (around.depth() > 1 && around.files() > limits.mostFiles()) {
            throw UnreadableDocument.because(
                    Reason.TOO_LARGE, "more than " + limits.mostFiles() + " files in one upload");
        }
    }

    /// Locks the document first and its version second, as everyone does.
    private void follow(Attempt attempt, List<Kept> parts) {
        if (parts.isEmpty() && !hasParts(attempt.document())) {
            return;
        }
        NewVersions.By by = lock(attempt);
        Map<String, There> there = there(attempt.document());
        parts.stream()
                .map(Kept::stored)
                .sorted(Comparator.comparing(stored -> stored.sha256().hex()))
                .forEach(versions::lockContent);
        int changed = 0;
        for (Kept kept : parts) {
            There before = there.remove(kept.part().name());
            if (before == null) {
                add(by, attempt.document(), kept);
                changed++;
            } else if (!before.sha256().equals(kept.stored().sha256().hex())) {
                changes.endWork(before.id()).ifPresent(jobs::withdraw);
                addVersion(by, before.id(), before.version() + 1, kept);
                changed++;
            }
        }
        there.values().forEach(gone -> changes.remove(gone.id()));
        if (changed > 0 || !there.isEmpty()) {
            audit.record(
                    by.label(),
                    "document.unpack",
                    DocumentChanges.object(attempt.document()),
                    Map.of("files", parts.size(), "changed", changed, "gone", there.size()));
        }
    }

    private boolean hasParts(DocumentId document) {
        return db.sql(
                        """
                        select exists (select from document
                            where parent_id = :id and deleted_at is null)
                        """)
                .param("id", document.value())
                .query(Boolean.class)
                .single();
    }

    private Map<String, There> there(DocumentId document) {
        Map<String, There> there = new HashMap<>();
        db.sql(
                        """
                        select d.part_name, d.id, v.version, v.sha256 from document d
                        join document_version v
                            on v.document_id = d.id and v.version = d.latest_version
                        where d.parent_id = :id and d.deleted_at is null
                        order by d.id for update of d
                        """)
                .param("id", document.value())
                .query(
                        (row, _) ->
                                there.put(
                                        row.getString(1),
                                        new There(
                                                new DocumentId(row.getObject(2, UUID.class)),
                                                row.getInt(3),
                                                row.getString(4))))
                .list();
        return there;
    }

    /// @return who brought the version
    private NewVersions.By lock(Attempt attempt) {
        boolean there =
                db.sql("select 1 from document where id = :id and deleted_at is null for update")
                        .param("id", attempt.document().value())
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (!there) {
            throw new AttemptLost(attempt);
        }
        return db.sql(
                        """
                        select uploaded_by, unmanaged from document_version
                        where document_id = :document and version = :version
                          and attempt = :attempt and status in ('parsing', 'embedding') for update
                        """)
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .param("attempt", attempt.number())
                .query(
                        (row, _) ->
                                new NewVersions.By(
                                        row.getString("uploaded_by"), !row.getBoolean("unmanaged")))
                .optional()
                .orElseThrow(() -> new AttemptLost(attempt));
    }

    private void add(NewVersions.By by, DocumentId parent, Kept kept) {
        DocumentId id = DocumentId.random();
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, latest_version,
                            created_by, folder_id, acl_id, tags, parent_id, part_name)
                        select :id, p.knowledge_base_id, :name, 0, :by, p.folder_id, p.acl_id,
                            p.tags, p.id, :path
                        from document p where p.id = :parent
                        """)
                .param("id", id.value())
                .param("name", FileNames.clean(kept.part().fileName()))
                .param("by", by.label())
                .param("path", kept.part().name())
                .param("parent", parent.value())
                .update();
        addVersion(by, id, 1, kept);
    }

    private void addVersion(NewVersions.By by, DocumentId document, int version, Kept kept) {
        Reason unread = kept.part().reason();
        versions.add(
                by,
                document,
                version,
                FileNames.clean(kept.part().fileName()),
                kept.stored(),
                unread == null ? NewVersions.emptiness(kept.stored()) : unread,
                Urgency.MANY);
    }
}
