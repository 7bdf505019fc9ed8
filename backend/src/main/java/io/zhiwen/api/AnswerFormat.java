package io.zhiwen.api;

import io.zhiwen.ask.AnswerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an answer is told as server-sent events; one for each answer.
interface AnswerFormat {

    /// @param name null for an event without one
    /// @param data told as JSON; a text as it is
    record Event(@Nullable String name, Object data) {}

    /// What is sent before anything happens.
    default List<Event> opening() {
        return List.of();
    }

    /// What is sent when this happens; nothing for what this door does not tell.
    List<Event> of(AnswerEvent event);

    /// What is sent last when the answer cannot go on.
    Event error(String code, String detail);
}
