package io.zhiwen.conversation.feedback;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which rated answers somebody wants. What is empty or null narrows nothing.
///
/// @param bases one of which an answer rests on
/// @param from when it was rated, inclusive
/// @param until when it was rated, exclusive
/// @param without readers whose ratings are left out, e.g. `user:lin`
/// @param ids of the ratings that were ticked
/// @param words that question or answer has, as they stand
public record FeedbackChoice(
        Set<KnowledgeBaseId> bases,
        @Nullable Instant from,
        @Nullable Instant until,
        Set<Rating> ratings,
        Set<String> without,
        Set<UUID> ids,
        String words) {

    /// Of one choice.
    public static final int MOST_TICKED = 1_000;

    public FeedbackChoice {
        bases = Set.copyOf(bases);
        ratings = Set.copyOf(ratings);
        without = Set.copyOf(without);
        ids = Set.copyOf(ids);
        words = words.replace('\0', ' ').strip();
    }

    /// Every rated answer.
    public static FeedbackChoice all() {
        return new FeedbackChoice(Set.of(), null, null, Set.of(), Set.of(), Set.of(), "");
    }
}
