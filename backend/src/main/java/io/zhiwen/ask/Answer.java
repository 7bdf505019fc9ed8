package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Unsupported;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A finished answer.
///
/// @param text Markdown with `[n]` where it cites, and `[?]` behind what no passage bears out
/// @param refused whether it says that the documents hold no answer; `citations` are then the
/// nearest passages
/// @param unsupported sentences of the text that the passages do not bear out; each is marked `[?]`
/// there
/// @param note a message key for the reader, e.g. that the model was down and the passages answer
/// themselves
/// @param trace under which the trace is stored
/// @param usage what the model server counted; null when no model wrote it or it does not count
public record Answer(
        String text,
        boolean refused,
        List<Citation> citations,
        List<Unsupported> unsupported,
        Engine engine,
        @Nullable String note,
        UUID trace,
        @Nullable Usage usage) {

    /// Tokens of one exchange with a model, as its server counts them.
    public record Usage(int prompt, int answer) {}

    /// One whose tokens nobody counted and whose doubts stand in its text only.
    public Answer(
            String text,
            boolean refused,
            List<Citation> citations,
            Engine engine,
            @Nullable String note,
            UUID trace) {
        this(text, refused, citations, List.of(), engine, note, trace, null);
    }

    /// What wrote it.
    public enum Engine {
        /// People, who approved it.
        APPROVED,
        /// The database, from a table.
        COMPUTED,
        EXTRACTIVE,
        LLM
    }

    /// The same with something else told beside it.
    public Answer with(String told) {
        return new Answer(text, refused, citations, unsupported, engine, told, trace, usage);
    }

    /// The same with the sentences that its passages do not bear out.
    public Answer with(List<Unsupported> unsupported) {
        return new Answer(text, refused, citations, unsupported, engine, note, trace, usage);
    }

    /// Whether it reached its largest length.
    public boolean isCut() {
        return Notes.CUT.equals(note);
    }

    /// Whether a note says that the passages answer because a model could not.
    public static boolean isFallback(@Nullable String note) {
        return Notes.isOfModel(note);
    }

    /// Whether a refusal says that the documents hold no answer, so that other words may find one;
    /// not when its base forbids the question.
    public static boolean foundNothing(boolean refused, @Nullable String note) {
        return refused && !Notes.FORBIDDEN.equals(note);
    }

    public Answer {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
    }
}
