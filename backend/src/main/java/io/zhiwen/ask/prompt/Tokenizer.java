package io.zhiwen.ask.prompt;

import java.util.OptionalInt;

/// Counts tokens as one model makes them. Safe for concurrent use.
@FunctionalInterface
public interface Tokenizer {

    /// Nobody can say: a safe estimate is taken.
    Tokenizer NONE = _ -> OptionalInt.empty();

    /// How many tokens a text is; empty when that cannot be told now.
    OptionalInt count(String text);
}
