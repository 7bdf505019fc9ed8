package io.zhiwen.conversation;

import io.zhiwen.ask.question.Turn;
import java.util.ArrayList;
import java.util.List;

/// The turns a follow-up can refer to.
final class History {

    private static final int TURNS = 6;

    private History() {}

    /// The last answered questions, oldest first; answers that failed or whose text is withheld are
    /// left out with their questions.
    static List<Turn> turns(List<Message> messages) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 1; i < messages.size(); i++) {
            Message question = messages.get(i - 1);
            Message answer = messages.get(i);
            if (question.role() == Message.Role.USER
                    && answer.role() == Message.Role.ASSISTANT
                    && !answer.text().isBlank()
                    && (answer.state() == Message.State.COMPLETE
                            || answer.state() == Message.State.STOPPED)) {
                turns.add(new Turn(question.text(), answer.text()));
            }
        }
        return turns.subList(Math.max(0, turns.size() - TURNS), turns.size());
    }
}
