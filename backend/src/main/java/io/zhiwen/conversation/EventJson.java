package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import tools.jackson.databind.json.JsonMapper;

/// Events of a running answer as they lie in the database.
final class EventJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventJson() {}

    private enum Kind {
        STAGE(AnswerEvent.Stage.class),
        SOURCES(AnswerEvent.Sources.class),
        TOKEN(AnswerEvent.Token.class),
        THINKING(AnswerEvent.Thinking.class),
        RESTARTED(AnswerEvent.Restarted.class);

        private final Class<? extends AnswerEvent> type;

        Kind(Class<? extends AnswerEvent> type) {
            this.type = type;
        }

        static Kind of(AnswerEvent event) {
            for (var kind : values()) {
                if (kind.type.isInstance(event)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("the last event is the stored answer: " + event);
        }
    }

    static String write(AnswerEvent event) {
        return Kind.of(event) + " " + JSON.writeValueAsString(event);
    }

    static AnswerEvent read(String written) {
        int space = written.indexOf(' ');
        var kind = Kind.valueOf(written.substring(0, space));
        return JSON.readValue(written.substring(space + 1), kind.type);
    }
}
