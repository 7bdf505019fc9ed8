package io.zhiwen.library;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the work on one version went.
///
/// @param queuedAt since when it stands in line, while it does
/// @param place where it stands in line; null while it does not
/// @param finishedAt when it became ready, failed or was held
/// @param forgotten whether there were tries before those of `tries`, no longer kept
/// @param tries oldest first; none of those from before they were kept
/// @param holds how often it was held for review, oldest first
public record Timeline(
        int version,
        Status status,
        Instant uploadedAt,
        @Nullable Instant queuedAt,
        @Nullable Place place,
        @Nullable Instant finishedAt,
        boolean forgotten,
        List<IngestTry> tries,
        List<Hold> holds) {

    /// Where a file stands in line. Those of others may still come before it: whoever sends few
    /// goes
    /// before whoever sends many.
    ///
    /// @param before how many files are taken before it, if no new ones come between; 0 until
    /// `from`
    /// @param most whether there may be more than that
    /// @param from when it may be taken, where that is later than now
    public record Place(int before, boolean most, @Nullable Instant from) {}

    public Timeline {
        tries = List.copyOf(tries);
        holds = List.copyOf(holds);
    }
}
