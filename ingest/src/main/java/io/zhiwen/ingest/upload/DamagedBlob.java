package io.zhiwen.ingest.upload;

import java.io.IOException;

/// An original that is no longer what was uploaded. Uploading the same file again mends it.
public final class DamagedBlob extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sha256 hash;

    private DamagedBlob(Sha256 hash, String message) {
        super(message);
        this.hash = hash;
    }

    static DamagedBlob missing(Sha256 hash) {
        return new DamagedBlob(hash, "the original " + hash + " is not in the store any more");
    }

    static DamagedBlob changed(Sha256 hash, Sha256 found) {
        return new DamagedBlob(
                hash, "the original " + hash + " was changed in the store: it hashes to " + found);
    }

    /// Of the bytes that should be there.
    public Sha256 hash() {
        return hash;
    }
}
