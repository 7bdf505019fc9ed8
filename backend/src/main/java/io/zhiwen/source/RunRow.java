package io.zhiwen.source;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One reading of a source.
///
/// @param askedBy null when its time had come
/// @param same things that are as they were
/// @param leftOut there, and not brought
/// @param missing gone, and not taken away all the same
/// @param reason why it failed (a `Trouble`), or why nothing was taken away (a `Reason`)
public record RunRow(
        UUID id,
        SourceId source,
        Mode mode,
        @Nullable String askedBy,
        State state,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int same,
        int added,
        int changed,
        int deleted,
        int leftOut,
        int missing,
        @Nullable String reason,
        @Nullable String detail) {

    /// How far it is.
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        /// Somebody ended it.
        STOPPED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }
}
