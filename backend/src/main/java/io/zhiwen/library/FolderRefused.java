package io.zhiwen.library;

import java.util.Locale;

/// A folder cannot become what was asked of it.
public class FolderRefused extends RuntimeException {

    /// Pages say it under the key `folder.<code>`.
    public enum Reason {
        NAMELESS,
        NAME_TAKEN,
        INTO_ITSELF,
        TOO_DEEP
    }

    private final Reason reason;

    FolderRefused(Reason reason) {
        super("a folder was refused: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
