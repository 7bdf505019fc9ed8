package io.zhiwen.conversation;

import io.zhiwen.ask.question.Turn;
import java.util.ArrayList;
import java.util.List;

/// The turns a question can refer to.
final class History {

    private History() {}

    /// The answered questions, oldest first: how many of them a prompt holds is decided by their
    /// tokens, not here. Answers that failed or whose text is withheld are
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
        return turns;
    }
}
