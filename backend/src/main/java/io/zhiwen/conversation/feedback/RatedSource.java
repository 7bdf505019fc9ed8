package io.zhiwen.conversation.feedback;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A passage that a rated answer cites.
///
/// @param number as in `[1]`
/// @param name of the document
/// @param text the passage
public record RatedSource(
        int number,
        UUID base,
        UUID document,
        int version,
        String name,
        @Nullable Integer page,
        String text) {}
