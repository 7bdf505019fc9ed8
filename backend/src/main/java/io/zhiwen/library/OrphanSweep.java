package io.zhiwen.library;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Removes the bytes of uploads that were killed before their transaction: those that no version
/// refers to for a day.
@Component
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    private static final Duration AGE = Duration.ofHours(24);
    private static final int AT_ONCE = 500;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final BlobStore blobs;
    private final InstantSource clock;

    OrphanSweep(
            JdbcClient db,
            TransactionOperations transaction,
            BlobStore blobs,
            InstantSource clock) {
        this.db = db;
        this.transaction = transaction;
        this.blobs = blobs;
        this.clock = clock;
    }

    void run() {
        try {
            blobs.sweep();
            Instant before = clock.instant().minus(AGE);
            List<String> old = new ArrayList<>();
            blobs.list(
                    blob -> {
                        if (blob.since().isBefore(before)) {
                            old.add(blob.sha256().hex());
                        }
                        if (old.size() == AT_ONCE) {
                            removeOrphans(old);
                            old.clear();
                        }
                    });
            removeOrphans(old);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeOrphans(List<String> hashes) {
        if (hashes.isEmpty()) {
            return;
        }
        Set<String> orphans = new HashSet<>(hashes);
        db.sql(
                        """
                        select sha256 from document_version where sha256 in (:hashes)
                        union
                        select sha256 from document_figure where sha256 in (:hashes)
                        """)
                .param("hashes", hashes)
                .query(String.class)
                .list()
                .forEach(orphans::remove);
        orphans.forEach(hash -> removeOrphan(new Sha256(hash)));
    }

    /// An upload of the same bytes that has come so far as to refer to them is not overlooked.
    private void removeOrphan(Sha256 hash) {
        transaction.executeWithoutResult(
                _ -> {
                    ContentLock.take(db, hash);
                    if (BlobHold.mayRemove(db) && !isWanted(hash)) {
                        delete(hash);
                    }
                });
    }

    private boolean isWanted(Sha256 hash) {
        return db.sql(
                        """
                        select exists (select 1 from document_version where sha256 = :sha256)
                            or exists (select 1 from document_figure where sha256 = :sha256)
                        """)
                .param("sha256", hash.hex())
                .query(Boolean.class)
                .single();
    }

    private void delete(Sha256 hash) {
        try {
            if (blobs.delete(hash)) {
                LOG.info("removed {}, which no document refers to", hash);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
