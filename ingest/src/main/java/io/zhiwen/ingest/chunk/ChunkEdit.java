package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody changed of one passage.
///
/// @param original the text the passage was cut with; of one that was added, its own
/// @param text what it says instead
/// @param near where it was added; null for a change of what was cut
public record ChunkEdit(Kind kind, String original, String text, @Nullable Near near) {

    /// What was done to it.
    public enum Kind {
        EDITED,
        DISABLED,
        ADDED
    }

    /// The place of the passage beside it.
    public record Near(
            List<String> headingPath, @Nullable Integer page, @Nullable String sheet, Span span) {
        public Near {
            headingPath = List.copyOf(headingPath);
        }
    }
}
