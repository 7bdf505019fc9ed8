package io.zhiwen.library;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the work on one version went.
///
/// @param queuedAt since when it stands in line, while it does
/// @param finishedAt when it became ready or failed
/// @param forgotten whether there were tries before those of `tries`, no longer kept
/// @param tries oldest first; none of those from before they were kept
public record Timeline(
        int version,
        Status status,
        Instant uploadedAt,
        @Nullable Instant queuedAt,
        @Nullable Instant finishedAt,
        boolean forgotten,
        List<IngestTry> tries) {

    public Timeline {
        tries = List.copyOf(tries);
    }
}
