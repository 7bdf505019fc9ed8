package io.zhiwen.ingest.parse;

/// A file that yields nothing to index, with the reason its uploader is told.
public final class UnreadableDocument extends Exception {

    private static final long serialVersionUID = 1L;

    /// Why; pages say it in the reader's language under the key `reason.<code>`.
    public enum Reason {
        EMPTY,
        ENCRYPTED,
        ENCRYPTED_PART,
        CORRUPT,
        NO_TEXT_LAYER,
        NO_TEXT,
        UNSUPPORTED,
        PICTURE_FORMAT,
        MEDIA,
        DRAWING,
        IWORK,
        CAJ,
        HELP_FILE,
        BINARY_SHEET,
        DATA_FILE,
        PROGRAM,
        ARCHIVE_FORMAT,
        TOO_LARGE,
        TOO_DEEP,
        SENSITIVE_DATA,
        TRANSCRIPTION_REFUSED,
        TRANSCRIPTION_UNAVAILABLE,
        VISION_UNAVAILABLE,
        TIMED_OUT,
        OUT_OF_MEMORY,
        CRASHED;

        /// Whether another try may end differently.
        public boolean isPassing() {
            return this == TRANSCRIPTION_UNAVAILABLE
                    || this == VISION_UNAVAILABLE
                    || this == TIMED_OUT
                    || this == OUT_OF_MEMORY
                    || this == CRASHED;
        }
    }

    private final Reason reason;

    private UnreadableDocument(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /// @param detail for the log and the details view, in English; may be empty
    public static UnreadableDocument because(Reason reason, String detail) {
        return new UnreadableDocument(reason, detail);
    }

    public Reason reason() {
        return reason;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
