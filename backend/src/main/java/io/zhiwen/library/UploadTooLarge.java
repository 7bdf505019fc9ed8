package io.zhiwen.library;

/// A file is larger than an upload may be.
public final class UploadTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    public UploadTooLarge(long limit) {
        super("the file is larger than " + limit + " bytes");
        this.limit = limit;
    }

    /// In bytes.
    public long limit() {
        return limit;
    }
}
