package io.zhiwen.ask.stream;

import org.jspecify.annotations.Nullable;

/// What a chat model gives, piece by piece; ends with exactly one of `Finished`, `Failed` and
/// `Cancelled`.
public sealed interface Part {

    /// All slots are taken.
    ///
    /// @param place in line, the next one to be served is 1
    /// @param seconds how long it will probably be; null before anybody was served
    record Waiting(int place, @Nullable Integer seconds) implements Part {}

    /// A slot is taken and the model is asked.
    record Started() implements Part {}

    record Token(String text) implements Part {}

    record Thinking(String text) implements Part {}

    /// All tokens so far were thinking; the answer begins now.
    record TokensWereThinking() implements Part {}

    /// @param cut whether the answer reached its largest length
    /// @param promptTokens as the server counts, if it does
    /// @param answerTokens as the server counts, if it does
    record Finished(boolean cut, @Nullable Integer promptTokens, @Nullable Integer answerTokens)
            implements Part {}

    record Failed(LlmFailure failure) implements Part {}

    record Cancelled() implements Part {}
}
