package io.zhiwen.library;

/// A file has no bytes.
public final class EmptyUpload extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmptyUpload(String fileName) {
        super(fileName + " is empty");
    }
}
