package io.zhiwen.library;

import io.zhiwen.ingest.doubt.HoldReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That a version was held for review, and what came of it.
///
/// @param by the label of the person who put it into quarantine; null for the rules of its base
/// @param decision null while nobody has decided
/// @param decidedBy null while nobody has, and where a newer version took its place
/// @param note of whoever decided; empty where they said nothing
public record Hold(
        int version,
        Instant at,
        @Nullable String by,
        List<HoldReason> reasons,
        @Nullable Decision decision,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        String note) {

    /// What came of it.
    public enum Decision {
        RELEASED,
        REJECTED,
        /// A newer version took its place before anybody decided.
        SUPERSEDED
    }

    public Hold {
        reasons = List.copyOf(reasons);
    }
}
