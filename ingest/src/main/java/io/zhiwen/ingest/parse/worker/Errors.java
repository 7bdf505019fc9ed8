package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import org.jspecify.annotations.Nullable;

/// Reads the parsers' exceptions.
final class Errors {

    private static final int LONGEST = 300;

    private Errors() {}

    static Reason reason(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof Refused refused) {
                return refused.reason();
            }
            String name = e.getClass().getSimpleName();
            String message = String.valueOf(e.getMessage());
            if (name.equals("InvalidPasswordException")
                    || name.equals("EncryptedDocumentException")
                    || name.equals("EncryptedPowerPointFileException")
                    || message.contains("encrypted")) {
                return Reason.ENCRYPTED;
            }
            if (message.contains("Zip bomb")) {
                return Reason.TOO_LARGE;
            }
        }
        return Reason.CORRUPT;
    }

    static String detail(Throwable error) {
        @Nullable String message = error.getMessage();
        String text = error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return text.substring(0, Math.min(LONGEST, text.length()));
    }
}
