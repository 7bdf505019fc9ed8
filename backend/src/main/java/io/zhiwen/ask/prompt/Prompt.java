package io.zhiwen.ask.prompt;

import io.zhiwen.ask.question.Turn;
import java.util.List;

/// What is sent to a chat model: what never changes, what was said before, what is asked now.
public record Prompt(String system, List<Turn> history, String user) {

    public Prompt {
        history = List.copyOf(history);
    }

    /// A safe estimate.
    public int tokens() {
        int tokens = Tokens.estimate(system) + Tokens.estimate(user) + 2 * Tokens.PER_MESSAGE;
        for (Turn turn : history) {
            tokens += Tokens.of(turn);
        }
        return tokens;
    }
}
