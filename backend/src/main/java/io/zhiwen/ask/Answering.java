package io.zhiwen.ask;

import io.zhiwen.account.Scope;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// From a question to a checked answer. Every door calls it and nothing else. Safe for concurrent
/// use.
public interface Answering {

    /// What is asked.
    ///
    /// @param history earlier turns, oldest first
    record Ask(String question, List<Turn> history, Scope scope) {}

    /// An earlier question and its answer.
    record Turn(String question, String answer) {}

    /// Runs on the caller's thread until the last event is given; never throws for a model that
    /// fails. `stop` is asked often; when it turns true the answer ends as `Stopped`.
    void answer(Ask ask, Consumer<AnswerEvent> events, BooleanSupplier stop);
}
