package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/// Hands out files as they were uploaded, and no file that is not.
@Component
final class Originals {

    /// Why a version failed whose bytes the store no longer has as they came.
    static final String DAMAGED = "ORIGINAL_DAMAGED";

    private static final Logger LOG = LoggerFactory.getLogger(Originals.class);

    private final Documents documents;
    private final BlobStore blobs;

    Originals(Documents documents, BlobStore blobs) {
        this.documents = documents;
        this.blobs = blobs;
    }

    Optional<Original> of(Scope scope, DocumentId id, int version) {
        return documents.original(scope, id, version);
    }

    /// @throws DamagedBlob before a byte is read, when the bytes are not what was uploaded
    Resource bytesOf(Original original) throws IOException {
        try {
            blobs.local(original.sha256()).close();
        } catch (DamagedBlob e) {
            LOG.error("{} cannot be handed out: {}", original.fileName(), e.getMessage());
            throw e;
        }
        return new OriginalResource(blobs, original);
    }
}
