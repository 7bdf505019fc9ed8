package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.cite.Citation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer has said so far. For one thread.
final class Said {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private List<Citation> sources = List.of();

    static Said of(List<AnswerEvent> events) {
        var said = new Said();
        events.forEach(said::add);
        return said;
    }

    void add(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Token(String piece) -> text.append(piece);
            case AnswerEvent.Thinking(String piece) -> thinking.append(piece);
            case AnswerEvent.Restarted _ -> text.setLength(0);
            case AnswerEvent.Sources(List<Citation> passages) -> sources = passages;
            default -> {}
        }
    }

    String text() {
        return text.toString();
    }

    @Nullable String thinking() {
        return thinking.isEmpty() ? null : thinking.toString();
    }

    /// What the text rests on: whoever loses one of these bases loses the text. None for no text.
    List<Citation> sources() {
        return text.isEmpty() ? List.of() : sources;
    }
}
