package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A finished answer.
///
/// @param text Markdown with `[n]` where it cites
/// @param refused whether it says that the documents hold no answer; `citations` are then the
/// nearest passages
/// @param note a message key for the reader, e.g. that the model was down and the passages answer
/// themselves
/// @param trace under which the trace is stored
public record Answer(
        String text,
        boolean refused,
        List<Citation> citations,
        Engine engine,
        @Nullable String note,
        UUID trace) {

    /// What wrote it.
    public enum Engine {
        EXTRACTIVE,
        LLM
    }

    public Answer {
        citations = List.copyOf(citations);
    }
}
