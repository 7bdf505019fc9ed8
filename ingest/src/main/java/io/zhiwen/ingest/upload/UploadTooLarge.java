package io.zhiwen.ingest.upload;

/// More bytes than one upload may have; nothing of it was kept.
public final class UploadTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    UploadTooLarge(long limit) {
        super("the upload is larger than " + limit + " bytes");
        this.limit = limit;
    }

    /// In bytes.
    public long limit() {
        return limit;
    }
}
