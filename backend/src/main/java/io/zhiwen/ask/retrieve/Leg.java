package io.zhiwen.ask.retrieve;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One way of searching and what it found.
///
/// @param speaksQuestion whether it reads the language of what it was asked, the question or its
/// translation: words always, of the encoders the one for it
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

    /// Before the name of a leg that searches what a translation says.
    static final String TRANSLATED = "translated:";

    /// Whether it searched what a translation of the question says.
    public boolean isTranslated() {
        return ranking.leg().startsWith(TRANSLATED);
    }

    /// What it compares.
    public enum Kind {
        KEYWORD,
        VECTOR
    }
}
