package io.zhiwen.ask;

import io.zhiwen.ask.stream.Meter;

/// Tokens of chat models.
///
/// @param estimated how many of them no server counted
/// @param answers that were written with them
public record Spending(long prompt, long answer, long estimated, int answers) {

    public static final Spending NOTHING = new Spending(0, 0, 0, 0);

    /// With one exchange more.
    public Spending and(Meter.Spent spent) {
        long tokens = (long) spent.prompt() + spent.answer();
        return new Spending(
                prompt + spent.prompt(),
                answer + spent.answer(),
                estimated + (spent.estimated() ? tokens : 0),
                answers);
    }

    Spending answered() {
        return new Spending(prompt, answer, estimated, answers + 1);
    }
}
