package io.zhiwen.library;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Removes what nobody finds any more: chunks and tables of versions that were replaced or have
/// failed, and, some time after a document was deleted, everything of it down to its bytes. Killed
/// at any moment
/// it goes on the next time.
@Component
final class Purge {

    private static final int AT_ONCE = 100;

    /// What only the live version of a document has.
    private static final List<String> PASSING =
            List.of("chunk", "data_table", "tables_read", "document_likeness", "document_figure");

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final BlobStore blobs;
    private final Supplier<Retention> retention;

    Purge(
            JdbcClient db,
            TransactionOperations transaction,
            BlobStore blobs,
            Supplier<Retention> retention) {
        this.db = db;
        this.transaction = transaction;
        this.blobs = blobs;
        this.retention = retention;
    }

    void run() {
        PASSING.forEach(this::purgeOfOldVersions);
        deletedDocuments().forEach(this::purgeDocument);
        purgeBases();
    }

    private void purgeOfOldVersions(String table) {
        db.sql(
                        """
                        delete from %s c
                        using document_version v
                        join document d on d.id = v.document_id
                        where c.document_id = v.document_id and c.version = v.version
                          and (v.status = 'failed' or v.version < d.live_version)
                        """
                                .formatted(table))
                .update();
    }

    private List<UUID> deletedDocuments() {
        return db.sql(
                        """
                        select id from document
                        where deleted_at < now() - make_interval(secs => :seconds)
                        limit :limit
                        """)
                .param("seconds", retention.get().deleted().toSeconds())
                .param("limit", AT_ONCE)
                .query(UUID.class)
                .list();
    }

    /// The bytes go first: should the transaction fail then, the document is still there to say
    /// that they must go.
    private void purgeDocument(UUID id) {
        transaction.executeWithoutResult(
                _ -> {
                    if (!BlobHold.mayRemove(db)) {
                        return;
                    }
                    db.sql(
                                    """
                                    select sha256 from document_version where document_id = :id
                                    union
                                    select sha256 from document_figure where document_id = :id
                                    order by sha256
                                    """)
                            .param("id", id)
                            .query(String.class)
                            .list()
                            .forEach(hash -> purgeBlob(new Sha256(hash), id));
                    db.sql("delete from document where id = :id").param("id", id).update();
                });
    }

    private void purgeBlob(Sha256 hash, UUID document) {
        ContentLock.take(db, hash);
        boolean wanted =
                db.sql(
                                """
                                select exists (select 1 from document_version
                                    where sha256 = :sha256 and document_id <> :document)
                                or exists (select 1 from document_figure
                                    where sha256 = :sha256 and document_id <> :document)
                                """)
                        .param("sha256", hash.hex())
                        .param("document", document)
                        .query(Boolean.class)
                        .single();
        if (!wanted) {
            try {
                blobs.delete(hash);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void purgeBases() {
        db.sql(
                        """
                        delete from knowledge_base b
                        where b.deleted_at < now() - make_interval(secs => :seconds)
                          and not exists (select 1 from document d where d.knowledge_base_id = b.id)
                        """)
                .param("seconds", retention.get().deleted().toSeconds())
                .update();
    }
}
