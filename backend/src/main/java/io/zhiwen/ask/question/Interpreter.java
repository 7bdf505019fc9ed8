package io.zhiwen.ask.question;

import io.zhiwen.ingest.chunk.Language;
import java.util.Optional;

/// Says a question in another language as its speakers would ask it.
@FunctionalInterface
public interface Interpreter {

    Interpreter NONE = (_, _) -> Optional.empty();

    /// Empty when nobody can say it now.
    Optional<String> say(String question, Language in);
}
