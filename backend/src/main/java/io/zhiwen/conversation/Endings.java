package io.zhiwen.conversation;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import java.util.Objects;

/// The last event of an answer, from the message it was stored as.
final class Endings {

    private Endings() {}

    static AnswerEvent of(Message message) {
        return switch (message.state()) {
            case COMPLETE -> new AnswerEvent.Finished(answer(message));
            case STOPPED -> new AnswerEvent.Stopped(answer(message));
            case FAILED -> new AnswerEvent.Failed(Objects.requireNonNull(message.note()));
            case RUNNING -> throw new IllegalStateException("it has not ended: " + message.id());
        };
    }

    private static Answer answer(Message message) {
        return new Answer(
                message.text(),
                message.refused(),
                message.citations(),
                Objects.requireNonNull(message.engine()),
                message.note(),
                Objects.requireNonNull(message.trace()));
    }
}
