package io.zhiwen.ingest.embed;

/// A model file that cannot be used, and why.
public final class UnusableModel extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableModel(String message) {
        super(message);
    }

    UnusableModel(String message, Throwable cause) {
        super(message, cause);
    }
}
