package io.zhiwen.ingest.upload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The store of originals cannot be used now. Nothing is lost; the same call may work later.
public final class BlobStoreUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message a sentence for the operator: what is wrong, and what to do
    public BlobStoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
