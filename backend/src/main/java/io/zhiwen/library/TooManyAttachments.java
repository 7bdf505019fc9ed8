package io.zhiwen.library;

/// A chat that has as many files as it may.
public final class TooManyAttachments extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyAttachments() {
        super("a chat has at most " + Attachments.MOST + " files");
    }
}
