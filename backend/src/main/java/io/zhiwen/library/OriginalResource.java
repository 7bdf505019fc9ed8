package io.zhiwen.library;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.LocalBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.springframework.core.io.AbstractResource;

/// The bytes of an original, verified each time they are read; may be read any number of times and
/// in parts.
final class OriginalResource extends AbstractResource {

    private final BlobStore blobs;
    private final Original original;

    OriginalResource(BlobStore blobs, Original original) {
        this.blobs = blobs;
        this.original = original;
    }

    @Override
    public String getDescription() {
        return "original " + original.sha256();
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return original.bytes();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        LocalBlob local = blobs.local(original.sha256());
        try {
            return new FilterInputStream(Files.newInputStream(local.path())) {
                @Override
                public void close() throws IOException {
                    try (local) {
                        super.close();
                    }
                }
            };
        } catch (IOException | RuntimeException e) {
            local.close();
            throw e;
        }
    }
}
