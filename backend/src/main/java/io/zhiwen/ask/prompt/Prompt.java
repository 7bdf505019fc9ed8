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
        return Yardstick.SAFE.of(this);
    }

    /// Everything in it, for a tokenizer to count.
    String text() {
        StringBuilder text = new StringBuilder(system);
        for (Turn turn : history) {
            text.append('\n').append(turn.question()).append('\n').append(turn.answer());
        }
        return text.append('\n').append(user).toString();
    }

    /// What a chat template adds to it.
    int frame() {
        return Tokens.PER_MESSAGE * (2 + 2 * history.size());
    }
}
