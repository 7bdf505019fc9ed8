package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import java.util.ArrayList;
import java.util.List;

/// Joins neighbouring pieces of text, so that a late reader catches up in a few events.
final class Batches {

    private Batches() {}

    static List<AnswerEvent> joined(List<AnswerEvent> events) {
        List<AnswerEvent> joined = new ArrayList<>();
        int i = 0;
        while (i < events.size()) {
            AnswerEvent first = events.get(i++);
            StringBuilder text = new StringBuilder(text(first));
            while (i < events.size()
                    && !text.isEmpty()
                    && events.get(i).getClass() == first.getClass()) {
                text.append(text(events.get(i++)));
            }
            joined.add(
                    switch (first) {
                        case AnswerEvent.Token _ -> new AnswerEvent.Token(text.toString());
                        case AnswerEvent.Thinking _ -> new AnswerEvent.Thinking(text.toString());
                        default -> first;
                    });
        }
        return joined;
    }

    private static String text(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Token(String text) -> text;
            case AnswerEvent.Thinking(String text) -> text;
            default -> "";
        };
    }
}
