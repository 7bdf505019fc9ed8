package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an asker sees while an answer is made, in order: stages, then sources, then text, then
/// exactly one of `Finished`, `Stopped` and `Failed`.
public sealed interface AnswerEvent {

    /// Whether nothing follows it.
    default boolean isLast() {
        return this instanceof Finished || this instanceof Stopped || this instanceof Failed;
    }

    /// @param name `searching` (count: bases), `found` (count: passages), `waiting` (count: place
    /// in line, the next one to be served is 1), `writing`
    /// @param seconds how long the wait will probably be; null for no wait, or when nobody knows
    record Stage(String name, int count, @Nullable Integer seconds) implements AnswerEvent {
        public Stage(String name, int count) {
            this(name, count, null);
        }
    }

    /// The passages the answer is made from, numbered as it will cite them.
    record Sources(List<Citation> passages) implements AnswerEvent {
        public Sources {
            passages = List.copyOf(passages);
        }
    }

    record Token(String text) implements AnswerEvent {}

    /// What a reasoning model thinks; never part of the answer.
    record Thinking(String text) implements AnswerEvent {}

    /// The text so far is void and starts over.
    ///
    /// @param note a message key that says why
    record Restarted(String note) implements AnswerEvent {}

    record Finished(Answer answer) implements AnswerEvent {}

    /// The asker stopped it; `answer` holds what was written.
    record Stopped(Answer answer) implements AnswerEvent {}

    /// @param code a message key, e.g. `error.internal`
    record Failed(String code) implements AnswerEvent {}
}
