package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question or an answer of a chat.
///
/// @param text of a question as typed, of an answer Markdown
/// @param thinking what a reasoning model thought; shown folded
/// @param note a message key for the reader, e.g. why another engine wrote it or why it failed
/// @param citations as they were shown, numbered; of a refusal the nearest passages
/// @param withheld whether it rests on a base its reader may no longer read: its text is then empty
/// (that of a refusal stays), and the citations of that base are left out
public record Message(
        UUID id,
        Role role,
        String text,
        @Nullable String thinking,
        State state,
        Answer.@Nullable Engine engine,
        boolean refused,
        @Nullable String note,
        @Nullable UUID trace,
        Instant createdAt,
        List<Citation> citations,
        boolean withheld) {

    public Message {
        citations = List.copyOf(citations);
    }

    /// Whose words they are.
    public enum Role {
        USER,
        ASSISTANT
    }

    /// How far an answer got; a question is always complete.
    public enum State {
        RUNNING,
        COMPLETE,
        STOPPED,
        FAILED
    }
}
