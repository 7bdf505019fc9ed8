package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long a document is in force, who answers for it, and what took its place.
///
/// @param validFrom the first day it is found; null for any
/// @param validUntil the last one; null for any
/// @param supersededBy of the same base; null for none, and for one that is not for the reader
/// @param owner their name; null for nobody
/// @param state today, in the server's days
public record DocumentLife(
        boolean enabled,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable Successor supersededBy,
        @Nullable String owner,
        State state) {

    /// Another document.
    public record Successor(DocumentId id, String name) {}

    /// Only what is in force is searched and cited.
    public enum State {
        IN_FORCE,
        OFF,
        NOT_YET,
        EXPIRED;

        /// As pages and programs name it.
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Of a row `d` of `document`.
    static final String STATE =
            """
            case when not d.enabled then 'OFF' when d.valid_from > current_date then 'NOT_YET'
                when d.valid_until < current_date then 'EXPIRED' else 'IN_FORCE' end""";
}
