package io.zhiwen.ask.table;

import io.zhiwen.ask.question.Question;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Answers that are computed from tables. They come before anything is searched and before any
/// model writes.
@FunctionalInterface
public interface Computing {

    /// Nothing is computed.
    Computing NONE = (_, _) -> Optional.empty();

    /// Empty when it is not sure that a table in the question's scope answers it.
    Optional<Computed> of(Question question, BooleanSupplier stop);
}
