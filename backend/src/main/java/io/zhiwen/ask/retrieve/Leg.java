package io.zhiwen.ask.retrieve;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One way of searching and what it found.
///
/// @param speaksQuestion whether it reads the question's language: words always, of the encoders
/// the one for it
/// @param ceiling of words: what a chunk could score at most; 1 for vectors, whose scores are
/// cosines
/// @param missing why it found nothing: it took too long or failed; null when it ran
public record Leg(
        Kind kind,
        boolean speaksQuestion,
        Ranking ranking,
        double ceiling,
        Duration took,
        @Nullable String missing) {

    /// What it compares.
    public enum Kind {
        KEYWORD,
        VECTOR
    }
}
