package io.zhiwen.source.place;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The place as a whole cannot be read, so that nothing is known of what is in it.
public final class SourceUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    /// What is wrong. Pages say it under the key `source.trouble.<code>`.
    public enum Trouble {
        /// No setting allows it.
        FORBIDDEN,
        NOT_FOUND,
        UNREACHABLE,
        /// It wants another name or password.
        REFUSED,
        /// It speaks another language than was expected.
        ODD,
        /// More than a setting lets it bring.
        TOO_LARGE,
        /// The settings of the source make no sense.
        UNUSABLE,
        /// The secret was closed with another secret of the installation.
        SEALED,
        /// The fault is Zhiwen's, or its disk's or database's.
        INTERNAL;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Trouble trouble;

    /// @param detail in English, for the details of a report; never a secret
    public SourceUnavailable(Trouble trouble, String detail) {
        this(trouble, detail, null);
    }

    public SourceUnavailable(Trouble trouble, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
