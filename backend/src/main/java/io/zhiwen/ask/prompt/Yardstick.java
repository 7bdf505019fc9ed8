package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Turn;

/// Tells how many tokens a text is from how many a model makes of one estimated token.
///
/// @param ratio 1 for the safe estimate
record Yardstick(double ratio) {

    static final Yardstick SAFE = new Yardstick(1);

    int of(String text) {
        return (int) Math.ceil(Tokens.estimate(text) * ratio);
    }

    int of(Turn turn) {
        return of(turn.question()) + of(turn.answer()) + 2 * Tokens.PER_MESSAGE;
    }

    int of(Prompt prompt) {
        return of(prompt.system())
                + of(prompt.user())
                + 2 * Tokens.PER_MESSAGE
                + prompt.history().stream().mapToInt(this::of).sum();
    }
}
