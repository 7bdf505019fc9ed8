package io.zhiwen.conversation.training;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a model was sent for an answer.
///
/// @param question made whole where it was asked in a chat
/// @param system empty when no model was asked
/// @param model its name; empty when no model was asked
/// @param passages in the order of their numbers
record Sent(String question, String system, String model, List<Passage> passages) {

    /// @param number as in `[1]`
    /// @param version of the document; null where it was not written down
    /// @param text as the model read it
    record Passage(
            int number, UUID document, @Nullable Integer version, String name, String text) {}

    Sent {
        passages = List.copyOf(passages);
    }
}
